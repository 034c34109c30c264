import { registerWebglKernel } from '../webgl/registerWebglKernel';
import { runPass } from '../webgl/pass';
import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { packedOutput } from '../webgl/tensorTextures';
import { INTERPOLATE } from './interpolate';

// Written straight into TensorFlow.js's packed layout: a fragment makes two channels of two neighbouring pixels.

const FRAGMENT = `
out vec4 values;
${PACKED_PLACE}${TEXEL_INDEX}
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
  packedPlace(texelIndex(outWidth), width, channels, m, x, k);
  values = vec4(pixel(m, x, k), pixel(m, x + 1, k));
}`;

registerWebglKernel(INTERPOLATE, ['attributes', 'faces', 'raster'], ({ backend, resources, shapes, open, openQuads, draw }) => {
  const [attributeBatch, , channels] = shapes.attributes;
  const [batch, height, width] = shapes.raster;
  const inputs = { attributes: channels <= 4 ? openQuads('attributes') : open('attributes'), faces: openQuads('faces'), raster: open('raster') };
  const output = packedOutput(backend, [batch, height, width, channels]);
  const uniforms = { oneForAll: attributeBatch === 1 ? 1 : 0, width, height, channels, outWidth: output.target.width };
  draw(() => runPass(resources, { key: 'interpolate', inputs, uniforms, fragment: () => FRAGMENT }, [output.target]));
  return output;
});
