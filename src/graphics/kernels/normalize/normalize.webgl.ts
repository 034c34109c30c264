import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel, type KernelCall } from '../webgl/registerWebglKernel';
import { drawColumnSums } from '../webgl/columnSums';
import { packedOutput, type Output, type View } from '../webgl/tensorTextures';
import { COLUMN_MOMENTS, SCALE_SHIFT, SCALE_SHIFT_BACK, SCALE_SHIFT_SUMS, type SlopeAttrs } from './names';

// In TensorFlow.js's packed layout: a fragment makes two channels of two rows. A result [2, C] holds both its sums in one texel.

type Drawing = Pick<KernelCall<string>, 'backend' | 'resources' | 'draw'>;

/** The shader around `vec2 row(int r, int k)`: channels 2k and 2k + 1 of a row. */
const byRows = (row: string): string => `
out vec4 result;
${PACKED_PLACE}${TEXEL_INDEX}
${row}
vec2 cut(vec2 pair, int k) { return 2 * k + 1 < channels ? pair : vec2(pair.x, 0); }
void main() {
  int m, r, k;
  packedPlace(texelIndex(outWidth), rows, channels, m, r, k);
  result = m == 0 ? vec4(cut(row(r, k), k), r + 1 < rows ? cut(row(r + 1, k), k) : vec2(0)) : vec4(0);
}`;

function drawRows({ backend, resources, draw }: Drawing, key: string, row: string, inputs: Record<string, View>, [rows, channels]: number[]): Output {
  const output = packedOutput(backend, [rows, channels]);
  const uniforms = { rows, channels, outWidth: output.target.width };
  draw(() => runPass(resources, { key, inputs, uniforms, fragment: () => byRows(row) }, [output.target]));
  return output;
}

/** Whether a row counts: `segments` is empty where all do. */
const countsRow = (masked: boolean): string => (masked ? 'segments_at(0, 0, r) >= 0.0' : 'true');
const isMasked = (shape: number[]): boolean => shape[0] > 0;

registerWebglKernel(COLUMN_MOMENTS, ['x', 'segments'], (call) => {
  const { x: shape, segments } = call.shapes;
  const masked = isMasked(segments);
  const inputs = { x: call.open('x'), segments: call.open('segments') };
  // Deviations from the first row, so that the square of a mean far from 0 is not subtracted from that of its like.
  const term = `vec4 term(int r, int k) {
  vec2 d = x_pair(0, r, k) - x_pair(0, 0, k);
  return ${countsRow(masked)} ? vec4(d, d * d) : vec4(0);
}`;
  const finish = `float n = ${masked ? '0.0; for (int r = 0; r < rows; r++) n += segments_at(0, 0, r) >= 0.0 ? 1.0 : 0.0' : 'float(rows)'};
  total = n > 0.0 ? vec4(total.xy + x_pair(0, 0, k) * n, total.zw - total.xy * total.xy / n) / n : vec4(0);`;
  return drawColumnSums(call, { key: `moments ${masked}`, term, finish, inputs }, shape);
});

const sign = (slope: number): string => `vec2 g(int r, int k) {
  vec2 value = vec2(scale_at(0, 0, 2 * k), scale_at(0, 0, 2 * k + 1)) * x_pair(0, r, k) + vec2(shift_at(0, 0, 2 * k), shift_at(0, 0, 2 * k + 1));
  vec2 dz = dy_pair(0, r, k);
  return vec2(value.x > 0.0 ? dz.x : ${slope.toExponential()} * dz.x, value.y > 0.0 ? dz.y : ${slope.toExponential()} * dz.y);
}`;
const both = (name: string): string => `vec2(${name}_at(0, 0, 2 * k), ${name}_at(0, 0, 2 * k + 1))`;

registerWebglKernel(SCALE_SHIFT, ['x', 'scale', 'shift'], (call, { slope }: SlopeAttrs) => {
  const inputs = { x: call.open('x'), scale: call.open('scale'), shift: call.open('shift') };
  return drawRows(call, `scale shift ${slope}`, `vec2 row(int r, int k) {
  vec2 value = ${both('scale')} * x_pair(0, r, k) + ${both('shift')};
  return max(value, 0.0) + ${slope.toExponential()} * min(value, 0.0);
}`, inputs, call.shapes.x);
});

registerWebglKernel(SCALE_SHIFT_SUMS, ['dy', 'x', 'scale', 'shift', 'centre', 'segments'], (call, { slope }: SlopeAttrs) => {
  const masked = isMasked(call.shapes.segments);
  const inputs = Object.fromEntries((['dy', 'x', 'scale', 'shift', 'centre', 'segments'] as const).map((name) => [name, call.open(name)]));
  const term = `${sign(slope)}
vec4 term(int r, int k) {
  vec2 change = g(r, k);
  return ${countsRow(masked)} ? vec4(change, change * (x_pair(0, r, k) - ${both('centre')})) : vec4(0);
}`;
  return drawColumnSums(call, { key: `scale shift sums ${slope} ${masked}`, term, inputs }, call.shapes.x);
});

registerWebglKernel(SCALE_SHIFT_BACK, ['dy', 'x', 'scale', 'shift', 'linear', 'constant', 'segments'], (call, { slope }: SlopeAttrs) => {
  const masked = isMasked(call.shapes.segments);
  const inputs = Object.fromEntries((['dy', 'x', 'scale', 'shift', 'linear', 'constant', 'segments'] as const).map((name) => [name, call.open(name)]));
  return drawRows(call, `scale shift back ${slope} ${masked}`, `${sign(slope)}
vec2 row(int r, int k) {
  return ${countsRow(masked)} ? ${both('scale')} * g(r, k) + ${both('linear')} * x_pair(0, r, k) + ${both('constant')} : vec2(0);
}`, inputs, call.shapes.x);
});
