import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel } from '../webgl/registerWebglKernel';
import { packedOutput } from '../webgl/tensorTextures';
import { SUM_CORNERS } from './names';

const FRAGMENT = `
out vec4 sums;
${PACKED_PLACE}${TEXEL_INDEX}
vec2 vertex(int b, int v, int k) {
  vec2 total = vec2(0);
  if (v >= vertexCount || b >= batch) return total;
  int end = int(offsets_at(0, 0, v + 1));
  for (int i = int(offsets_at(0, 0, v)); i < end; i++) {
    ivec2 corner = divide(int(corners_at(0, 0, i)), 3);
    total += values_pair(b * faceCount + corner.y, corner.x, k);
  }
  return 2 * k + 1 < channels ? total : vec2(total.x, 0);
}
void main() {
  int b, v, k;
  packedPlace(texelIndex(outWidth), vertexCount, channels, b, v, k);
  sums = vec4(vertex(b, v, k), vertex(b, v + 1, k));
}`;

registerWebglKernel(SUM_CORNERS, ['values', 'cornerOffsets', 'corners'], ({ backend, resources, shapes, open, draw }) => {
  const [batch, faceCount, , channels] = shapes.values;
  const vertexCount = shapes.cornerOffsets[0] - 1;
  const inputs = { values: open('values'), offsets: open('cornerOffsets'), corners: open('corners') };
  const output = packedOutput(backend, [batch, vertexCount, channels]);
  const uniforms = { batch, faceCount, vertexCount, channels, outWidth: output.target.width };
  draw(() => runPass(resources, { key: 'sum corners', inputs, uniforms, fragment: () => FRAGMENT }, [output.target]));
  return output;
});
