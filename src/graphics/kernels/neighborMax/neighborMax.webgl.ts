import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel, type KernelCall } from '../webgl/registerWebglKernel';
import { packedOutput, type Output, type View } from '../webgl/tensorTextures';
import { NEIGHBOR_ARG_MAX, NEIGHBOR_PLACE, NEIGHBOR_SELECT } from './names';

// In TensorFlow.js's packed layout: a fragment makes two channels of two rows of one batch element m.

/** The shader around `vec2 row(int m, int r, int k)`. */
const fragment = (row: string): string => `
out vec4 result;
${PACKED_PLACE}${TEXEL_INDEX}
${row}
vec2 cut(vec2 pair, int k) { return 2 * k + 1 < channels ? pair : vec2(pair.x, 0); }
void main() {
  int m, r, k;
  packedPlace(texelIndex(outWidth), rows, channels, m, r, k);
  result = m < batch ? vec4(cut(row(m, r, k), k), r + 1 < rows ? cut(row(m, r + 1, k), k) : vec2(0)) : vec4(0);
}`;

const ARG_MAX = `
vec2 row(int m, int r, int k) {
  vec2 signs = vec2(signs_at(0, 0, 2 * k), 2 * k + 1 < channels ? signs_at(0, 0, 2 * k + 1) : 0.0);
  vec2 chosen = vec2(-1);
  vec2 best = vec2(0);
  int end = int(rowOffsets_at(0, 0, r + 1));
  for (int i = int(rowOffsets_at(0, 0, r)); i < end; i++) {
    int entry = int(rowOrder_at(0, 0, i));
    int v = int(columns_at(0, 0, entry));
    if (v < 0) continue;
    vec2 pair = signs * source_pair(m, v, k);
    if (chosen.x < 0.0 || pair.x > best.x) { chosen.x = float(entry); best.x = pair.x; }
    if (chosen.y < 0.0 || pair.y > best.y) { chosen.y = float(entry); best.y = pair.y; }
  }
  return chosen;
}`;

const SELECT = `
float one(int m, float choice, int c) { return choice < 0.0 || c >= channels ? 0.0 : source_at(m, int(columns_at(0, 0, int(choice))), c); }
vec2 row(int m, int r, int k) {
  vec2 chosen = choices_pair(m, r, k);
  return vec2(one(m, chosen.x, 2 * k), one(m, chosen.y, 2 * k + 1));
}`;

const PLACE = `
vec2 row(int m, int v, int k) {
  vec2 total = vec2(0);
  int end = int(columnOffsets_at(0, 0, v + 1));
  for (int i = int(columnOffsets_at(0, 0, v)); i < end; i++) {
    int entry = int(columnOrder_at(0, 0, i));
    int r = int(rowOf_at(0, 0, entry));
    if (r >= 0) total += source_pair(m, r, k) * vec2(equal(choices_pair(m, r, k), vec2(entry)));
  }
  return total;
}`;

function drawRows({ backend, resources, draw }: Pick<KernelCall<string>, 'backend' | 'resources' | 'draw'>, key: string, row: string, inputs: Record<string, View>, shape: number[]): Output {
  const [batch, rows, channels] = shape;
  const output = packedOutput(backend, shape);
  const uniforms = { batch, rows, channels, outWidth: output.target.width };
  draw(() => runPass(resources, { key, inputs, uniforms, fragment: () => fragment(row) }, [output.target]));
  return output;
}

registerWebglKernel(NEIGHBOR_ARG_MAX, ['values', 'signs', 'rowOffsets', 'rowOrder', 'columns'], (call) => {
  const { values: [batch, , channels], rowOffsets: [ends] } = call.shapes;
  const lists = { rowOffsets: call.open('rowOffsets'), rowOrder: call.open('rowOrder'), columns: call.open('columns') };
  return drawRows(call, 'neighbor argmax', ARG_MAX, { source: call.open('values'), signs: call.open('signs'), ...lists }, [batch, ends - 1, channels]);
});

registerWebglKernel(NEIGHBOR_SELECT, ['values', 'choices', 'columns'], (call) => {
  const inputs = { source: call.open('values'), choices: call.open('choices'), columns: call.open('columns') };
  return drawRows(call, 'neighbor select', SELECT, inputs, call.shapes.choices);
});

registerWebglKernel(NEIGHBOR_PLACE, ['dy', 'choices', 'rows', 'columnOffsets', 'columnOrder'], (call) => {
  const { choices: [batch, , channels], columnOffsets: [ends] } = call.shapes;
  const lists = { rowOf: call.open('rows'), columnOffsets: call.open('columnOffsets'), columnOrder: call.open('columnOrder') };
  return drawRows(call, 'neighbor place', PLACE, { source: call.open('dy'), choices: call.open('choices'), ...lists }, [batch, ends - 1, channels]);
});
