import type { LayerView } from '../../../experiments/learn/protocol';

/** A learnt matrix of a layer, or a piece of one. */
export interface Matrix {
  readonly label: string;
  /** Channels that come in, by row. */
  readonly rows: number;
  /** Channels that go out, by column. */
  readonly columns: number;
  /** [rows, columns] */
  readonly values: Float32Array;
}

const ORDINALS = ['First', 'Second', 'Third', 'Fourth'];

/** What a layer has learnt: one matrix for each kernel point or number that a kernel gives, one for points and one for differences, or one for each of its stages. */
export function matricesOf({ arithmetic, kernelPoints, kind }: LayerView): readonly Matrix[] {
  if (!arithmetic?.stages.length) return [];
  const { form, width, stages } = arithmetic;
  const piece = (label: string, { kernel, outputs }: (typeof stages)[number], from: number, to: number): Matrix =>
    ({ label, rows: to - from, columns: outputs, values: kernel.subarray(from * outputs, to * outputs) });
  const [first] = stages;
  const rowsOf = ({ kernel, outputs }: (typeof stages)[number]) => kernel.length / outputs;
  if (form === 'sum') {
    const what = kernelPoints ? 'Kernel point' : kind === 'mesh convolution' ? 'Matrix' : 'Weight';
    return Array.from({ length: rowsOf(first) / width }, (_, k) => piece(`${what} ${k}`, first, k * width, (k + 1) * width));
  }
  if (form === 'edge' && stages.length === 1) return [piece('Of the point itself', first, 0, width), piece('Of the difference to a neighbour', first, width, 2 * width)];
  return stages.map((stage, i) => piece(stages.length > 1 ? `${ORDINALS[i] ?? i + 1} matrix` : 'Matrix', stage, 0, rowsOf(stage)));
}
