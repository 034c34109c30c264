import { expect } from 'vitest';
import { untaped } from '../../kernels/untaped';
import * as tf from '../../tf';
import { probe } from '../gradients';
import type { Entry, Inputs, Numbers } from './entry';
import { inFloat64 } from './float64';
import { callEntry, drawTrial } from './trial';

const DEFAULT_TOLERANCE = 1e-4;
const DEFAULT_GRADIENT_TOLERANCE = 1e-5;
const STEEPEST = 1e6;
/** Central differences of float64 values: rounding and curvature both stay near 1e-9. */
const STEP = 1e-6;
/** Derivatives looked at in each argument. */
const COORDINATES = 24;
/** Times this, inputs near 1 are rounded to a few different whole numbers. */
const WHOLE = 3;
/** Elements of a batch looked at one by one. */
const ELEMENTS = 4;

/** Fails where two tensors of one shape differ by more than a tolerance, relative to the larger of 1 and the largest value. */
export function expectEqual(actual: tf.Tensor, expected: tf.Tensor, tolerance: number, what: string): void {
  expect(actual.shape, `${what}: shape`).toEqual(expected.shape);
  const [a, b] = [actual, expected].map((t) => Array.from(t.dataSync()));
  const scale = b.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  const worst = a.reduce((at, value, i) => (Math.abs(value - b[i]) <= Math.abs(a[at] - b[at]) ? at : i), 0);
  if (a.length > 0) expect(Math.abs(a[worst] - b[worst]), `${what}: ${a[worst]} instead of ${b[worst]} at ${worst}`).toBeLessThanOrEqual(tolerance * scale);
}

/** The law, for inputs of random batch shapes, and that nothing but the results is left in memory. */
export function checkLaw(path: string, entry: Entry, seed: number): void {
  tf.engine().startScope();
  const { inputs, random } = drawTrial(entry, seed);
  // Some keep what they upload once.
  tf.tidy(() => { callEntry(path, entry, inputs); });
  const before = tf.memory().numTensors;
  const outputs = callEntry(path, entry, inputs);
  expect(tf.memory().numTensors - before, 'tensors left behind').toBeLessThanOrEqual(outputs.length);
  const pairs = entry.holds(inputs, outputs, random);
  expect(pairs.length).toBeGreaterThan(0);
  pairs.forEach(([actual, expected], i) => expectEqual(actual, expected, entry.tolerance ?? DEFAULT_TOLERANCE, `${entry.law} (${i})`));
  tf.engine().endScope();
}

/** The element of a batch at an index (row-major), where the tensor's own batch may be a broadcast one. */
function elementOf(tensor: tf.Tensor, own: number, batch: readonly number[], index: readonly number[]): tf.Tensor {
  const rank = tensor.rank - own;
  if (rank === 0) return tensor;
  const begin = tensor.shape.map((size, axis) => (axis < rank && size > 1 ? index[axis + batch.length - rank] : 0));
  const size = tensor.shape.map((s, axis) => (axis < rank ? 1 : s));
  return tf.reshape(tf.slice(tensor, begin, size), tensor.shape.slice(rank));
}

/** A batch is its elements one by one, and smaller batches broadcast. */
export function checkBatch(path: string, entry: Entry, seed: number, batch?: readonly number[]): void {
  tf.engine().startScope();
  const trial = drawTrial(entry, seed, batch);
  const outputs = callEntry(path, entry, trial.inputs);
  const count = trial.batch.reduce((product, size) => product * size, 1);
  for (let k = 0; k < Math.min(count, ELEMENTS); k++) {
    let rest = Math.floor((k * count) / Math.min(count, ELEMENTS));
    const index = [...trial.batch].reverse().map((size) => { const at = rest % size; rest = Math.floor(rest / size); return at; }).reverse();
    const alone = Object.fromEntries(Object.entries(trial.inputs).map(([name, t]) => [name, elementOf(t, entry.args[name].axes.length, trial.batch, index)]));
    const expected = callEntry(path, entry, alone);
    outputs.forEach((output, i) => {
      expect(output.shape.slice(0, trial.batch.length), `batch shape of result ${i}`).toEqual(trial.batch);
      const part = elementOf(output, output.rank - trial.batch.length, trial.batch, index);
      expectEqual(part, expected[i], entry.tolerance ?? DEFAULT_TOLERANCE, `result ${i}, element [${index.join(', ')}]`);
    });
  }
  tf.engine().endScope();
}

/** Whole numbers give what they give as floats. */
export function checkWholeNumbers(path: string, entry: Entry): void {
  tf.tidy(() => {
    const drawn = drawTrial(entry, 5).inputs;
    const rounded = (dtype: 'int32' | 'float32'): Inputs => Object.fromEntries(Object.entries(drawn).map(([name, t]) =>
      [name, entry.args[name].constant === undefined ? tf.cast(tf.round(tf.mul(t, WHOLE)), dtype) : t]));
    const expected = callEntry(path, entry, rounded('float32'));
    callEntry(path, entry, rounded('int32')).forEach((output, i) => {
      expectEqual(output, expected[i], entry.tolerance ?? DEFAULT_TOLERANCE, `result ${i}`);
    });
  });
}

const differentiable = ({ args }: Entry): string[] => Object.keys(args).filter((name) => args[name].constant === undefined);

/** Σ probe(outputs): a scalar that treats no output like another. */
const loss = (path: string, entry: Entry, inputs: Inputs): tf.Tensor =>
  tf.addN(callEntry(path, entry, inputs).filter(({ dtype }, i) => dtype === 'float32' && (entry.differentiated?.includes(i) ?? true)).map(probe));

/** Derivatives of the loss by every differentiable argument, in order. */
export function gradientsOf(path: string, entry: Entry, inputs: Inputs): tf.Tensor[] {
  const names = differentiable(entry);
  return tf.grads((...xs: tf.Tensor[]) => loss(path, entry, { ...inputs, ...Object.fromEntries(names.map((name, i) => [name, xs[i]])) }))(names.map((name) => inputs[name]));
}

/** Gradients against central differences, in float64. */
export function checkGradients(path: string, entry: Entry, seed: number, batch: readonly number[]): void {
  inFloat64(() => tf.tidy(() => {
    const { inputs } = drawTrial(entry, seed, batch);
    const analytic = gradientsOf(path, entry, inputs).map((gradient) => Array.from(gradient.dataSync()));
    const valueWith = (name: string, values: ArrayLike<number>): number => untaped(() => tf.tidy(() =>
      loss(path, entry, { ...inputs, [name]: tf.tensor(Float32Array.from(values), inputs[name].shape) }).dataSync()[0]));
    const scale = analytic.reduce((largest, gradient) => gradient.reduce((m, g) => Math.max(m, Math.abs(g)), largest), 1e-3);
    differentiable(entry).forEach((name, at) => {
      const values = Float64Array.from(inputs[name].dataSync());
      const stride = Math.max(1, Math.ceil(values.length / COORDINATES));
      for (let i = 0; i < values.length; i += stride) {
        const moved = (step: number) => valueWith(name, values.map((value, k) => (k === i ? value + step : value)));
        const numeric = (moved(STEP) - moved(-STEP)) / (2 * STEP);
        const message = `d/d ${name}[${i}]: ${analytic[at][i]} instead of ${numeric}`;
        expect(Math.abs(analytic[at][i] - numeric), message).toBeLessThanOrEqual((entry.gradientTolerance ?? DEFAULT_GRADIENT_TOLERANCE) * scale);
      }
    });
  }));
}

const tensorOf = (value: Numbers, dtype: tf.DataType): tf.Tensor => tf.tensor(value as tf.TensorLike, undefined, dtype as 'float32');

/** At a singular point, value and gradients are finite and no derivative is steep: above `limit`. */
export async function checkSingular(
  path: string, entry: Entry, point: Readonly<Record<string, Numbers>>, limit = entry.steepest?.limit ?? STEEPEST,
): Promise<void> {
  tf.engine().startScope();
  try {
    const drawn = drawTrial(entry, 1, []).inputs;
    const inputs = Object.fromEntries(Object.entries(drawn).map(([name, t]) => [name, name in point ? tensorOf(point[name], t.dtype) : t]));
    expect(Object.keys(point).filter((name) => !(name in drawn)), 'unknown arguments').toEqual([]);
    for (const [i, output] of callEntry(path, entry, inputs).entries()) expect((await output.data()).every(Number.isFinite), `result ${i} is finite`).toBe(true);
    if (entry.noGradients !== undefined) return;
    for (const [i, gradient] of gradientsOf(path, entry, inputs).entries()) {
      const values = await gradient.data();
      const steep = values.findIndex((value: number) => !(Math.abs(value) <= limit));
      expect(steep < 0 ? 0 : values[steep], `d/d ${differentiable(entry)[i]}[${steep}] is at most ${limit}`).toBe(0);
    }
  } finally {
    tf.engine().endScope();
  }
}
