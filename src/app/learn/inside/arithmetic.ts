import type { ArithmeticView, LearnInspection, StageView } from '../../../experiments/learn/protocol';
import { pointAt, positionsBefore } from './layers';

// The sums of one output of a layer, gone through once more: what each neighbour brings to a channel, and who wins it where a maximum is taken.

/** What somebody brings to a channel's sum. */
export interface Term {
  /** An output of the layer's first source; of a sum over channels the number of the one that comes in. */
  readonly column: number;
  readonly value: number;
}

/** One channel of one output. Σ terms = sum, or the winner's term is the sum; scale · sum + shift (+ shortcut) = z; φ(z) = y. */
export interface WorkedChannel {
  /** Of neighbours, or of the channels that come in. */
  readonly over: 'neighbors' | 'channels';
  /** In the neighbourhood's order. */
  readonly terms: readonly Term[];
  /** The neighbour whose term is the largest once normalised; of a maximum alone. */
  readonly winner?: number;
  readonly sum: number;
  readonly scale: number;
  readonly shift: number;
  /** Added before the activation. */
  readonly shortcut?: number;
  readonly z: number;
  readonly slope: number;
  readonly y: number;
}

const activate = (z: number, slope: number): number => (z > 0 ? z : slope * z);

/** One product, Σ_c x_c K[c, d]. */
function product(x: ArrayLike<number>, { kernel, outputs }: StageView, d: number): number {
  let sum = 0;
  for (let c = 0; c < x.length; c++) sum += x[c] * kernel[c * outputs + d];
  return sum;
}

/** All channels of a whole stage. */
function through(x: ArrayLike<number>, stage: StageView): Float64Array {
  const y = new Float64Array(stage.outputs);
  for (let c = 0; c < x.length; c++) if (x[c] !== 0) for (let d = 0; d < stage.outputs; d++) y[d] += x[c] * stage.kernel[c * stage.outputs + d];
  return y.map((sum, d) => activate(sum * (stage.scale?.[d] ?? 1) + (stage.shift?.[d] ?? 0), stage.slope));
}

const rowOf = (data: Float32Array | undefined, width: number, row: number): Float32Array => data?.subarray(row * width, (row + 1) * width) ?? new Float32Array(0);

/** An output's sums, ready to be gone through channel by channel. */
export interface Work {
  readonly arithmetic: ArithmeticView;
  /** The neighbours, in the neighbourhood's order, with what goes into the last stage for each; one for all without a maximum. */
  readonly columns: readonly number[];
  /** Where a maximum is taken one for each neighbour, else a single one. */
  readonly inputs: readonly ArrayLike<number>[];
  /** Where a weighted sum is taken: what goes into the product for each neighbour alone. */
  readonly shares?: readonly ArrayLike<number>[];
  readonly last?: StageView;
  readonly shortcut?: Float32Array;
  readonly beside?: Float32Array;
}

/** @returns undefined where the layer's record does not say how its outputs come about. */
export function workOf(inspection: LearnInspection, layer: number, output: number): Work | undefined {
  const { arithmetic, neighborhood, entryWeights, positions } = inspection.layers[layer];
  if (!arithmetic) return undefined;
  const { form, inputs, width, stages, residual } = arithmetic;
  const last = stages.at(-1);
  const before = (x: ArrayLike<number>) => stages.slice(0, -1).reduce<ArrayLike<number>>(through, x);
  const [from, to] = neighborhood && form !== 'own' ? [neighborhood.offsets[output], neighborhood.offsets[output + 1]] : [0, 0];
  const entries = Array.from({ length: to - from }, (_, k) => from + k);
  const columns = entries.map((entry) => (neighborhood as NonNullable<typeof neighborhood>).columns[entry]);
  const x = (row: number) => rowOf(inputs, width, row);
  const besideWidth = arithmetic.beside ? arithmetic.beside.length / (positions.length / 3) : 0;
  const beside = arithmetic.beside && rowOf(arithmetic.beside, besideWidth, output);
  const shared = { arithmetic, columns, last, ...(residual && { shortcut: x(output) }), ...(beside && { beside }) };
  const share = (entry: number) => arithmetic.shares?.[entry] ?? 1;
  switch (form) {
    case 'own': return { ...shared, inputs: [before([...x(output), ...beside ?? []])] };
    case 'max': return { ...shared, inputs: columns.map((j) => before(x(j))) };
    case 'edge': return { ...shared, inputs: columns.map((j) => before([...x(output), ...x(j).map((value, c) => value - x(output)[c])])) };
    case 'offset': {
      const places = positionsBefore(inspection, layer);
      const centre = pointAt(positions, output);
      return { ...shared, inputs: columns.map((j) => before([...pointAt(places, j).map((place, k) => place - centre[k]), ...x(j)])) };
    }
    case 'mean': case 'sum': {
      const numbers = entryWeights && form === 'sum' ? entryWeights.length / Math.max(entryWeights.length && (neighborhood?.columns.length ?? 1), 1) : 1;
      const shares = entries.map((entry, k) => Float64Array.from({ length: numbers * width }, (_, i) =>
        share(entry) * (form === 'sum' && entryWeights ? entryWeights[entry * numbers + Math.floor(i / width)] : 1) * x(columns[k])[i % width]));
      const sum = new Float64Array(numbers * width);
      for (const one of shares) one.forEach((value, i) => { sum[i] += value; });
      return { ...shared, inputs: [before([...sum, ...beside ?? []])], ...(stages.length < 2 && !beside && { shares }) };
    }
  }
}

/** One channel of the output. */
export function workChannel(work: Work, channel: number): WorkedChannel {
  const { arithmetic: { form }, columns, inputs, shares, last, shortcut, beside } = work;
  const [scale, shift, slope] = [last?.scale?.[channel] ?? 1, last?.shift?.[channel] ?? 0, last?.slope ?? 1];
  const term = (x: ArrayLike<number>) => (last ? product(x, last, channel) : x[channel]);
  const added = shortcut?.[channel];
  const finish = (sum: number) => {
    const z = scale * sum + shift + (added ?? 0);
    return { sum, scale, shift, slope, z, y: activate(z, slope), ...(added !== undefined && { shortcut: added }) };
  };
  if (form === 'max' || form === 'edge' || form === 'offset') {
    const width = last?.outputs ?? work.arithmetic.width;
    // Beside a maximum without stages an output has what is its own.
    if (channel >= width) return { over: 'channels', terms: [{ column: channel - width, value: beside?.[channel - width] ?? NaN }], ...finish(beside?.[channel - width] ?? NaN) };
    const terms = inputs.map((x, k) => ({ column: columns[k], value: term(x) }));
    const winner = bestOf(terms.map(({ value }) => scale * value));
    if (winner === undefined) return { over: 'neighbors', terms, ...finish(0), z: 0, y: 0 };
    return { over: 'neighbors', terms, winner: columns[winner], ...finish(terms[winner].value) };
  }
  if (shares) {
    const terms = shares.map((x, k) => ({ column: columns[k], value: term(x) }));
    return { over: 'neighbors', terms, ...finish(terms.reduce((sum, { value }) => sum + value, 0)) };
  }
  const [x] = inputs;
  const terms = last
    ? Array.from({ length: x.length }, (_, c) => ({ column: c, value: x[c] * last.kernel[c * last.outputs + channel] })) : [{ column: channel, value: x[channel] }];
  return { over: 'channels', terms, ...finish(terms.reduce((sum, { value }) => sum + value, 0)) };
}

function bestOf(values: readonly number[]): number | undefined {
  let best: number | undefined;
  values.forEach((value, k) => { if (best === undefined || value > values[best]) best = k; });
  return best;
}

/** Of the layer's channels that a maximum decides, the share that each neighbour won, in the neighbourhood's order; undefined where none is taken. */
export function sharesWon(work: Work, channels: number): readonly number[] | undefined {
  const { arithmetic: { form, width }, columns, last } = work;
  if (form !== 'max' && form !== 'edge' && form !== 'offset') return undefined;
  const count = Math.min(channels, last?.outputs ?? width);
  const won = new Array<number>(columns.length).fill(0);
  const numberOf = new Map(columns.map((column, k) => [column, k]));
  for (let c = 0; c < count; c++) {
    const { winner } = workChannel(work, c);
    if (winner !== undefined) won[numberOf.get(winner) as number] += 1 / count;
  }
  return won;
}
