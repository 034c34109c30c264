import { registerWebglKernel } from '../webgl/registerWebglKernel';
import { runPass } from '../webgl/pass';
import { imagePlace, TEXEL_INDEX } from '../webgl/glsl';
import { denseOutput, packedOutput } from '../webgl/tensorTextures';
import type { InterpolateAttrs } from './interpolate';
import { INTERPOLATE } from './names';

// Written straight into TensorFlow.js's packed layout: a fragment makes two channels of two neighbouring pixels.

const fragment = (place: string) => `
out vec4 values;
${place}
vec2 pixel(int m, int x, int k) {
  vec4 seen = x < width ? raster_row4(m, x) : vec4(0);
  vec2 a = vec2(0);
  if (seen.w != 0.0) {
    ivec3 index = ivec3(faces_row3(0, int(seen.w) - 1));
    int pose = oneForAll == 1 ? 0 : divide(m, height).y;
    a = seen.x * attributes_pair(pose, index.x, k) + seen.y * attributes_pair(pose, index.y, k)
      + (1.0 - seen.x - seen.y) * attributes_pair(pose, index.z, k);
  }
  return 2 * k + 1 < channels ? a : vec2(a.x, 0);
}
void main() {
  int m, x, k;
  imagePlace(m, x, k);
  values = vec4(pixel(m, x, k), pixel(m, x + 1, k));
}`;

/** One pixel of up to four channels a texel: half the lookups. */
const DENSE = `
out vec4 values;
${TEXEL_INDEX}
void main() {
  ivec2 xAndM = divide(texelIndex(outWidth), width);
  vec4 seen = raster_row4(xAndM.y, xAndM.x);
  values = vec4(0);
  if (seen.w != 0.0) {
    ivec3 index = ivec3(faces_row3(0, int(seen.w) - 1));
    int pose = oneForAll == 1 ? 0 : divide(xAndM.y, height).y;
    values = seen.x * attributes_row4(pose, index.x) + seen.y * attributes_row4(pose, index.y) + (1.0 - seen.x - seen.y) * attributes_row4(pose, index.z);
  }
}`;

registerWebglKernel(INTERPOLATE, ['attributes', 'faces', 'raster'], ({ backend, resources, shapes, open, openQuads, draw }, { dense }: InterpolateAttrs) => {
  const [attributeBatch, , channels] = shapes.attributes;
  const [batch, height, width] = shapes.raster;
  const raster = open('raster');
  const inputs = { attributes: channels <= 4 ? openQuads('attributes') : open('attributes'), faces: openQuads('faces'), raster };
  if (dense && channels === 4) {
    const output = denseOutput(backend, [batch, height, width, 4], width);
    const uniforms = { oneForAll: attributeBatch === 1 ? 1 : 0, width, height, outWidth: output.target.width };
    draw(() => runPass(resources, { key: 'interpolate dense', inputs, uniforms, fragment: () => DENSE }, [output.target]));
    return output;
  }
  const output = packedOutput(backend, [batch, height, width, channels]);
  const { key, glsl } = imagePlace(output.target.width, width, channels);
  const uniforms = { oneForAll: attributeBatch === 1 ? 1 : 0, width, height, channels, outWidth: output.target.width };
  draw(() => runPass(resources, { key: `interpolate ${key}`, inputs, uniforms, fragment: () => fragment(glsl) }, [output.target]));
  return output;
});
