import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel } from '../webgl/registerWebglKernel';
import { packedOutput } from '../webgl/tensorTextures';
import type { Distribution } from './noise';
import { NOISE } from './names';

/**
 * Logarithm and cosine to float32 precision: GLSL's own may be off by 2⁻¹¹, which would make noise differ from device to device.
 * log from exponent and mantissa, by the series of 2·artanh((m − 1)/(m + 1)); cos(2πt) as the sine series of a quarter turn.
 */
const PRECISE = `
float preciseLog(float x) {
  int bits = floatBitsToInt(x);
  int exponent = (bits >> 23) - 127;
  float m = intBitsToFloat((bits & 0x7fffff) | 0x3f800000);
  if (m > 1.41421356) { m *= 0.5; exponent++; }
  float s = (m - 1.0) / (m + 1.0);
  float q = s * s;
  return float(exponent) * 0.69314718056 + 2.0 * s * (1.0 + q * (1.0 / 3.0 + q * (0.2 + q * (1.0 / 7.0 + q / 9.0))));
}
float cosTurns(float t) {
  float a = 6.283185307179586 * (0.25 - abs(t - floor(t + 0.5)));
  float q = a * a;
  return a * (1.0 - q / 6.0 * (1.0 - q / 20.0 * (1.0 - q / 42.0 * (1.0 - q / 72.0 * (1.0 - q / 110.0)))));
}`;

const fragment = (distribution: Distribution) => `
out vec4 values;
${PACKED_PLACE}${TEXEL_INDEX}${PRECISE}
float hashUniform(uint i) {
  uint state = i * 747796405u + uint(seed) * 2891336453u + 1u;
  uint word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return float(((word >> 22u) ^ word) >> 8u) / 16777216.0;
}
float draw(uint i) {
${distribution === 'uniform' ? '  return hashUniform(i);' : `
  return sqrt(-2.0 * preciseLog(max(hashUniform(2u * i), 2.98023223876953125e-8))) * cosTurns(hashUniform(2u * i + 1u));`}
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
