import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel } from '../webgl/registerWebglKernel';
import { packedOutput } from '../webgl/tensorTextures';
import { NOISE, type Distribution } from './noise';

const fragment = (distribution: Distribution) => `
out vec4 values;
${PACKED_PLACE}${TEXEL_INDEX}
float hashUniform(uint i) {
  uint state = i * 747796405u + uint(seed) * 2891336453u + 1u;
  uint word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return float(((word >> 22u) ^ word) >> 8u) / 16777216.0;
}
float draw(uint i) {
${distribution === 'uniform' ? '  return hashUniform(i);' : `
  return sqrt(-2.0 * log(max(hashUniform(2u * i), exp2(-25.0)))) * cos(6.283185307179586 * hashUniform(2u * i + 1u));`}
}
float at(int m, int r, int c) { return r < rows && c < columns ? draw(uint((m * rows + r) * columns + c)) : 0.0; }
void main() {
  int m, r, k;
  packedPlace(texelIndex(outWidth), rows, columns, m, r, k);
  values = vec4(at(m, r, 2 * k), at(m, r, 2 * k + 1), at(m, r + 1, 2 * k), at(m, r + 1, 2 * k + 1));
}`;

interface NoiseAttrs { readonly shape: number[]; readonly seed: number; readonly distribution: Distribution }

registerWebglKernel(NOISE, [], ({ backend, resources, draw }, { shape, seed, distribution }: NoiseAttrs) => {
  const [rows, columns] = [1, 1, ...shape].slice(-2);
  const output = packedOutput(backend, shape);
  const uniforms = { rows, columns, seed: seed | 0, outWidth: output.target.width };
  draw(() => runPass(resources, { key: `noise ${distribution}`, inputs: {}, uniforms, fragment: () => fragment(distribution) }, [output.target]));
  return output;
});
