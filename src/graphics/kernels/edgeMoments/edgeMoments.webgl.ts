import { drawColumnSums } from '../webgl/columnSums';
import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel } from '../webgl/registerWebglKernel';
import { packedOutput } from '../webgl/tensorTextures';
import { EDGE_LINE, EDGE_MOMENTS } from './names';

registerWebglKernel(EDGE_MOMENTS, ['own', 'other', 'rowOffsets', 'rowOrder', 'columns'], (call) => {
  const [batch, rowCount, channels] = call.shapes.own;
  const inputs = Object.fromEntries((['own', 'other', 'rowOffsets', 'rowOrder', 'columns'] as const).map((name) => [name, call.open(name)]));
  // Deviations from the sum of the first row and the first column, so that squares of a mean far from 0 are not subtracted.
  const term = `
vec4 term(int r, int k) {
  ivec2 at = divide(r, rowCount);
  vec2 first = own_pair(0, 0, k) + other_pair(0, 0, k);
  vec2 here = own_pair(at.y, at.x, k) - first;
  vec4 total = vec4(0);
  int end = int(rowOffsets_at(0, 0, at.x + 1));
  for (int i = int(rowOffsets_at(0, 0, at.x)); i < end; i++) {
    vec2 d = here + other_pair(at.y, int(columns_at(0, 0, int(rowOrder_at(0, 0, i)))), k);
    total += vec4(d, d * d);
  }
  return total;
}`;
  // Behind the last row's entries there may be some that only fill up.
  const finish = `int count = batch * int(rowOffsets_at(0, 0, rowCount));
  float n = float(max(count, 1));
  total = count > 0 ? vec4(total.xy + (own_pair(0, 0, k) + other_pair(0, 0, k)) * n, total.zw - total.xy * total.xy / n) / n : vec4(0);`;
  return drawColumnSums(call, { key: 'edge moments', term, finish, inputs, uniforms: { rowCount, batch } }, [batch * rowCount, channels]);
});

const LINE = `
out vec4 result;
${PACKED_PLACE}${TEXEL_INDEX}
vec2 row(int m, int r, int k) {
  vec2 total = vec2(0);
  int start = int(rowOffsets_at(0, 0, r));
  int end = int(rowOffsets_at(0, 0, r + 1));
  for (int i = start; i < end; i++) total += other_pair(m, int(columns_at(0, 0, int(rowOrder_at(0, 0, i)))), k);
  float degree = float(end - start);
  bool whole = 2 * k + 1 < channels;
  vec2 slope = vec2(linear_at(0, 0, 2 * k), whole ? linear_at(0, 0, 2 * k + 1) : 0.0);
  vec2 offset = vec2(constant_at(0, 0, 2 * k), whole ? constant_at(0, 0, 2 * k + 1) : 0.0);
  vec2 sum = degree * offset + slope * (degree * own_pair(m, r, k) + total);
  return whole ? sum : vec2(sum.x, 0);
}
void main() {
  int m, r, k;
  packedPlace(texelIndex(outWidth), rows, channels, m, r, k);
  result = m < batch ? vec4(row(m, r, k), r + 1 < rows ? row(m, r + 1, k) : vec2(0)) : vec4(0);
}`;

registerWebglKernel(EDGE_LINE, ['own', 'other', 'linear', 'constant', 'rowOffsets', 'rowOrder', 'columns'], (call) => {
  const [batch, rows, channels] = call.shapes.own;
  const names = ['own', 'other', 'linear', 'constant', 'rowOffsets', 'rowOrder', 'columns'] as const;
  const inputs = Object.fromEntries(names.map((name) => [name, call.open(name)]));
  const output = packedOutput(call.backend, call.shapes.own);
  const uniforms = { batch, rows, channels, outWidth: output.target.width };
  call.draw(() => runPass(call.resources, { key: 'edge line', inputs, uniforms, fragment: () => LINE }, [output.target]));
  return output;
});
