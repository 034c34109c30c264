import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel } from '../webgl/registerWebglKernel';
import { packedOutput } from '../webgl/tensorTextures';
import { GATHER_FACES } from './names';

/** Rows are a face's three corners, `m` counts faces over the batch. */
const FRAGMENT = `
out vec4 gathered;
${PACKED_PLACE}${TEXEL_INDEX}
vec2 corner(int m, int c, int k) {
  ivec2 faceAndPose = divide(m, faceCount);
  if (c > 2 || faceAndPose.y >= batch) return vec2(0);
  vec2 pair = values_pair(faceAndPose.y, int(faces_at(0, faceAndPose.x, c)), k);
  return 2 * k + 1 < channels ? pair : vec2(pair.x, 0);
}
void main() {
  int m, c, k;
  packedPlace(texelIndex(outWidth), 3, channels, m, c, k);
  gathered = vec4(corner(m, c, k), corner(m, c + 1, k));
}`;

registerWebglKernel(GATHER_FACES, ['values', 'faces'], ({ backend, resources, shapes, open, draw }) => {
  const [batch, , channels] = shapes.values;
  const faceCount = shapes.faces[0];
  const inputs = { values: open('values'), faces: open('faces') };
  const output = packedOutput(backend, [batch, faceCount, 3, channels]);
  const uniforms = { batch, faceCount, channels, outWidth: output.target.width };
  draw(() => runPass(resources, { key: 'gather faces', inputs, uniforms, fragment: () => FRAGMENT }, [output.target]));
  return output;
});
