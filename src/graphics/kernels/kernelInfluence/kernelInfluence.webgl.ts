import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel, type KernelCall } from '../webgl/registerWebglKernel';
import { packedOutput, type Output, type View } from '../webgl/tensorTextures';
import { KERNEL_INFLUENCE, KERNEL_INFLUENCE_GRAD, LEAST_SQUARED_DISTANCE, type InfluenceAttrs } from './names';

/** The shader around `vec2 pair(int r, int k)`: columns 2k and 2k + 1 of row r. */
const fragment = (pair: string): string => `
out vec4 result;
#define sigma intBitsToFloat(sigmaBits)
${PACKED_PLACE}${TEXEL_INDEX}
vec3 offsetOf(int r) { return vec3(offsets_at(0, r, 0), offsets_at(0, r, 1), offsets_at(0, r, 2)); }
vec3 pointOf(int k) { return vec3(points_at(0, k, 0), points_at(0, k, 1), points_at(0, k, 2)); }
${pair}
vec2 row(int r, int k) {
  vec2 both = pair(r, k);
  return 2 * k + 1 < columns ? both : vec2(both.x, 0);
}
void main() {
  int m, r, k;
  packedPlace(texelIndex(outWidth), rows, columns, m, r, k);
  result = m == 0 ? vec4(row(r, k), r + 1 < rows ? row(r + 1, k) : vec2(0)) : vec4(0);
}`;

const INFLUENCE = `
vec2 pair(int r, int k) {
  vec3 y = offsetOf(r);
  return max(vec2(0), 1.0 - vec2(distance(y, pointOf(2 * k)), distance(y, pointOf(min(2 * k + 1, columns - 1)))) / sigma);
}`;

const GRADIENT = `
vec2 pair(int r, int k) {
  vec3 y = offsetOf(r);
  vec3 total = vec3(0);
  for (int p = 0; p < count; p++) {
    vec3 d = y - pointOf(p);
    float squared = dot(d, d);
    if (squared >= ${LEAST_SQUARED_DISTANCE.toExponential()} && squared < sigma * sigma) total -= dy_at(0, r, p) / (sigma * sqrt(squared)) * d;
  }
  return k == 0 ? total.xy : vec2(total.z, 0);
}`;

interface Draw { readonly key: string; readonly pair: string; readonly shape: number[]; readonly count: number; readonly sigma: number }

function drawRows({ backend, resources, draw }: Pick<KernelCall<string>, 'backend' | 'resources' | 'draw'>, inputs: Record<string, View>, { key, pair, shape, count, sigma }: Draw): Output {
  const output = packedOutput(backend, shape);
  // Uniforms are whole numbers: the bits of the width. In the program itself, every width would have a program of its own.
  const sigmaBits = new Int32Array(Float32Array.of(sigma).buffer)[0];
  const uniforms = { rows: shape[0], columns: shape[1], count, sigmaBits, outWidth: output.target.width };
  draw(() => runPass(resources, { key, inputs, uniforms, fragment: () => fragment(pair) }, [output.target]));
  return output;
}

registerWebglKernel(KERNEL_INFLUENCE, ['offsets', 'points'], (call, { sigma }: InfluenceAttrs) => {
  const { offsets: [rows], points: [count] } = call.shapes;
  return drawRows(call, { offsets: call.open('offsets'), points: call.open('points') }, { key: 'kernel influence', pair: INFLUENCE, shape: [rows, count], count, sigma });
});

registerWebglKernel(KERNEL_INFLUENCE_GRAD, ['dy', 'offsets', 'points'], (call, { sigma }: InfluenceAttrs) => {
  const { offsets: [rows], points: [count] } = call.shapes;
  const inputs = { dy: call.open('dy'), offsets: call.open('offsets'), points: call.open('points') };
  return drawRows(call, inputs, { key: 'kernel influence gradient', pair: GRADIENT, shape: [rows, 3], count, sigma });
});
