import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel, type KernelCall } from '../webgl/registerWebglKernel';
import { packedOutput, type Output, type View } from '../webgl/tensorTextures';
import { NEIGHBOR_SUM, NEIGHBOR_SUM_VALUES, NEIGHBOR_SUM_WEIGHTS } from './names';

/** The shader around `vec2 pair(int m, int r, ivec2 c)`: two columns of a row of batch element m. Columns beyond the last repeat it. */
const fragment = (pair: string): string => `
out vec4 result;
${PACKED_PLACE}${TEXEL_INDEX}
${pair}
vec2 row(int m, int r, int k) {
  bool whole = 2 * k + 1 < width;
  vec2 both = pair(m, r, ivec2(2 * k, whole ? 2 * k + 1 : 2 * k));
  return whole ? both : vec2(both.x, 0);
}
void main() {
  int m, r, k;
  packedPlace(texelIndex(outWidth), height, width, m, r, k);
  result = m < batch ? vec4(row(m, r, k), r + 1 < height ? row(m, r + 1, k) : vec2(0)) : vec4(0);
}`;

const SUM = `
vec2 pair(int m, int r, ivec2 column) {
  ivec2 a = divide(column.x, channels);
  ivec2 b = divide(column.y, channels);
  vec2 total = vec2(0);
  int end = int(rowOffsets_at(0, 0, r + 1));
  for (int i = int(rowOffsets_at(0, 0, r)); i < end; i++) {
    int entry = int(rowOrder_at(0, 0, i));
    int v = int(columns_at(0, 0, entry));
    if (v >= 0) total += vec2(weights_at(m, entry, a.y) * values_at(m, v, a.x), weights_at(m, entry, b.y) * values_at(m, v, b.x));
  }
  return total;
}`;

const BY_VALUES = `
vec2 pair(int m, int v, ivec2 c) {
  vec2 total = vec2(0);
  int end = int(columnOffsets_at(0, 0, v + 1));
  for (int i = int(columnOffsets_at(0, 0, v)); i < end; i++) {
    int entry = int(columnOrder_at(0, 0, i));
    int r = int(rows_at(0, 0, entry));
    if (r < 0) continue;
    for (int w = 0; w < heads; w++) {
      total += weights_at(m, entry, w) * vec2(dy_at(m, r, w * channels + c.x), dy_at(m, r, w * channels + c.y));
    }
  }
  return total;
}`;

const BY_WEIGHTS = `
vec2 pair(int m, int entry, ivec2 w) {
  int r = int(rows_at(0, 0, entry));
  int v = int(columns_at(0, 0, entry));
  vec2 total = vec2(0);
  if (r < 0 || v < 0) return total;
  for (int c = 0; c < channels; c++) {
    total += values_at(m, v, c) * vec2(dy_at(m, r, w.x * channels + c), dy_at(m, r, w.y * channels + c));
  }
  return total;
}`;

interface Draw { readonly key: string; readonly pair: string; readonly shape: number[]; readonly channels: number; readonly heads: number }

function drawPairs<Name extends string>({ backend, resources, open, draw }: KernelCall<Name>, names: readonly Name[], { key, pair, shape, channels, heads }: Draw): Output {
  const [batch, height, width] = shape;
  const inputs = Object.fromEntries(names.map((name): [string, View] => [name, open(name)]));
  const output = packedOutput(backend, shape);
  const uniforms = { batch, height, width, channels, heads, outWidth: output.target.width };
  draw(() => runPass(resources, { key, inputs, uniforms, fragment: () => fragment(pair) }, [output.target]));
  return output;
}

const SUM_INPUTS = ['values', 'weights', 'rowOffsets', 'rowOrder', 'columns'] as const;
registerWebglKernel(NEIGHBOR_SUM, SUM_INPUTS, (call) => {
  const { values: [batch, , channels], weights: [, , heads], rowOffsets: [ends] } = call.shapes;
  return drawPairs(call, SUM_INPUTS, { key: 'neighbor sum', pair: SUM, shape: [batch, ends - 1, heads * channels], channels, heads });
});

const VALUES_INPUTS = ['dy', 'weights', 'columnOffsets', 'columnOrder', 'rows'] as const;
registerWebglKernel(NEIGHBOR_SUM_VALUES, VALUES_INPUTS, (call) => {
  const { dy: [batch, , width], weights: [, , heads], columnOffsets: [ends] } = call.shapes;
  const channels = width / heads;
  return drawPairs(call, VALUES_INPUTS, { key: 'neighbor sum by values', pair: BY_VALUES, shape: [batch, ends - 1, channels], channels, heads });
});

const WEIGHTS_INPUTS = ['dy', 'values', 'rows', 'columns'] as const;
registerWebglKernel(NEIGHBOR_SUM_WEIGHTS, WEIGHTS_INPUTS, (call) => {
  const { dy: [batch, , width], values: [, , channels], rows: [entries] } = call.shapes;
  const heads = width / channels;
  return drawPairs(call, WEIGHTS_INPUTS, { key: 'neighbor sum by weights', pair: BY_WEIGHTS, shape: [batch, entries, heads], channels, heads });
});
