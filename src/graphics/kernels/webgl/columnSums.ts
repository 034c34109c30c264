import { TEXEL_INDEX } from './glsl';
import { runPass } from './pass';
import type { KernelCall } from './registerWebglKernel';
import { packedOutput, type Output, type View } from './tensorTextures';

type Drawing = Pick<KernelCall<string>, 'backend' | 'resources' | 'draw'>;

/** Rows that one fragment adds up, before a second pass adds what these leave. */
const ROWS_A_PART = 128;

/** What is added up, and what becomes of it. */
export interface ColumnSums {
  readonly key: string;
  /** `vec4 term(int r, int k)`: both sums' terms of row r, channels 2k and 2k + 1. */
  readonly term: string;
  /** GLSL that changes `vec4 total` of channels 2k and 2k + 1. */
  readonly finish?: string;
  readonly inputs: Readonly<Record<string, View>>;
  readonly uniforms?: Readonly<Record<string, number>>;
}

/** A pair of sums over rows, in two passes: [2, C], packed, so that a texel holds both sums of two channels. */
export function drawColumnSums({ backend, resources, draw }: Drawing, { key, term, finish = '', inputs, uniforms = {} }: ColumnSums, [rows, channels]: number[]): Output {
  const parts = Math.ceil(rows / ROWS_A_PART);
  const perRow = Math.ceil(channels / 2);
  const partial = packedOutput(backend, [parts, 2, channels]);
  const first = { ...uniforms, rows, perRow, parts, part: ROWS_A_PART, outWidth: partial.target.width };
  const output = packedOutput(backend, [2, channels]);
  const second = { ...uniforms, rows, parts, perRow, channels, outWidth: output.target.width };
  draw(() => {
    runPass(resources, {
      key: `${key} parts`, inputs, uniforms: first, fragment: () => `
out vec4 result;
${TEXEL_INDEX}
${term}
void main() {
  ivec2 at = divide(texelIndex(outWidth), perRow);
  vec4 total = vec4(0);
  if (at.y < parts) for (int r = at.y * part; r < min(rows, (at.y + 1) * part); r++) total += term(r, at.x);
  result = total;
}` }, [partial.target]);
    runPass(resources, {
      key: `${key} whole`, inputs: { ...inputs, partial: partial.view }, uniforms: second, fragment: () => `
out vec4 result;
${TEXEL_INDEX}
void main() {
  int k = texelIndex(outWidth);
  vec4 total = vec4(0);
  if (k < perRow) for (int p = 0; p < parts; p++) total += vec4(partial_pair(p, 0, k), partial_pair(p, 1, k));
  ${finish}
  result = 2 * k + 1 < channels ? total : vec4(total.x, 0, total.z, 0);
}` }, [output.target]);
  });
  backend.disposeIntermediateTensorInfo(partial.info);
  return output;
}
