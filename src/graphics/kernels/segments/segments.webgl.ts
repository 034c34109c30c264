import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel, type KernelCall } from '../webgl/registerWebglKernel';
import { packedOutput, type Output, type View } from '../webgl/tensorTextures';
import { GATHER_ROWS, SEGMENT_ARG_MAX, SEGMENT_PLACE, SEGMENT_SELECT, SEGMENT_SUM } from './names';

// Written in TensorFlow.js's packed layout: a fragment makes two channels (2k, 2k + 1) of two neighbouring rows (r, r + 1) of one batch element m.

type Drawing = Pick<KernelCall<string>, 'backend' | 'resources' | 'draw'>;

/** The shader around `vec2 row(int m, int r, int k)`. */
const fragment = (row: string): string => `
out vec4 values;
${PACKED_PLACE}${TEXEL_INDEX}
${row}
vec2 cut(vec2 pair, int k) { return 2 * k + 1 < channels ? pair : vec2(pair.x, 0); }
void main() {
  int m, r, k;
  packedPlace(texelIndex(outWidth), rows, channels, m, r, k);
  values = m < batch ? vec4(cut(row(m, r, k), k), r + 1 < rows ? cut(row(m, r + 1, k), k) : vec2(0)) : vec4(0);
}`;

const GATHER = `
vec2 row(int m, int r, int k) {
  int segment = int(segments_at(0, 0, r));
  return segment < 0 ? vec2(0) : source_pair(m, segment, k);
}`;

const SUM = `
vec2 row(int m, int r, int k) {
  vec2 total = vec2(0);
  int end = int(offsets_at(0, 0, r + 1));
  for (int i = int(offsets_at(0, 0, r)); i < end; i++) total += source_pair(m, int(order_at(0, 0, i)), k);
  return total;
}`;

const ARG_MAX = `
vec2 row(int m, int r, int k) {
  vec2 chosen = vec2(-1);
  vec2 best = vec2(0);
  int end = int(offsets_at(0, 0, r + 1));
  for (int i = int(offsets_at(0, 0, r)); i < end; i++) {
    int entry = int(order_at(0, 0, i));
    vec2 pair = source_pair(m, entry, k);
    if (chosen.x < 0.0 || pair.x > best.x) { chosen.x = float(entry); best.x = pair.x; }
    if (chosen.y < 0.0 || pair.y > best.y) { chosen.y = float(entry); best.y = pair.y; }
  }
  return chosen;
}`;

const SELECT = `
vec2 row(int m, int r, int k) {
  vec2 chosen = choices_pair(m, r, k);
  return vec2(
    chosen.x < 0.0 ? 0.0 : source_at(m, int(chosen.x), 2 * k),
    chosen.y < 0.0 || 2 * k + 1 >= channels ? 0.0 : source_at(m, int(chosen.y), 2 * k + 1));
}`;

const PLACE = `
vec2 row(int m, int r, int k) {
  int segment = int(segments_at(0, 0, r));
  if (segment < 0) return vec2(0);
  return source_pair(m, segment, k) * vec2(equal(choices_pair(m, segment, k), vec2(r)));
}`;

function drawRows({ backend, resources, draw }: Drawing, key: string, row: string, inputs: Record<string, View>, shape: number[]): Output {
  const [batch, rows, channels] = shape;
  const output = packedOutput(backend, shape);
  const uniforms = { batch, rows, channels, outWidth: output.target.width };
  draw(() => runPass(resources, { key, inputs, uniforms, fragment: () => fragment(row) }, [output.target]));
  return output;
}

registerWebglKernel(GATHER_ROWS, ['values', 'segments'], (call) => {
  const [batch, , channels] = call.shapes.values;
  const inputs = { source: call.open('values'), segments: call.open('segments') };
  return drawRows(call, 'gather rows', GATHER, inputs, [batch, call.shapes.segments[0], channels]);
});

for (const [kernel, key, row] of [[SEGMENT_SUM, 'segment sum', SUM], [SEGMENT_ARG_MAX, 'segment argmax', ARG_MAX]] as const) {
  registerWebglKernel(kernel, ['values', 'offsets', 'order'], (call) => {
    const [batch, , channels] = call.shapes.values;
    const inputs = { source: call.open('values'), offsets: call.open('offsets'), order: call.open('order') };
    return drawRows(call, key, row, inputs, [batch, call.shapes.offsets[0] - 1, channels]);
  });
}

registerWebglKernel(SEGMENT_SELECT, ['values', 'choices'], (call) =>
  drawRows(call, 'segment select', SELECT, { source: call.open('values'), choices: call.open('choices') }, call.shapes.choices));

registerWebglKernel(SEGMENT_PLACE, ['values', 'choices', 'segments'], (call) => {
  const [batch, , channels] = call.shapes.values;
  const inputs = { source: call.open('values'), choices: call.open('choices'), segments: call.open('segments') };
  return drawRows(call, 'segment place', PLACE, inputs, [batch, call.shapes.segments[0], channels]);
});
