import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { createPointRows, disposePointRows } from '../../geometry/pointHierarchy';
import { segmentMax } from '../../kernels';
import type { LayerVariable } from '../../layers';
import { checkGradient, probe, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { normalizedDenseMax, normalizeRows, type NormalizationWeights } from './normalizedDense';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = createRandom(23);
const normals = (...shape: number[]): tf.Tensor => tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()), shape);

const [batch, count, depth, channels] = [3, 6, 4, 5];
const rows = createPointRows(batch, count, Int32Array.of(6, 4, 0));
const settings = { training: true, momentum: 0.5, slope: 0.2 };

/** Weights that hold tensors, as a layer's do. γ has both signs. */
function makeWeights(gamma: tf.Tensor = tf.tensor1d([1, -2, 0.5, -1, 0.1])): NormalizationWeights & { values: tf.Tensor[] } {
  const values = [gamma, normals(channels), normals(channels), tf.add(tf.square(normals(channels)), 0.5), normals(channels)];
  const variable = (i: number) => ({ read: () => values[i], write: (value: tf.Tensor) => { values[i] = tf.keep(value); } }) as unknown as LayerVariable;
  return { gamma: variable(0), beta: variable(1), mean: variable(2), variance: variable(3), bias: variable(4), values };
}

/** The one after the other: product, normalisation, activation, maximum. */
const plain = (x: tf.Tensor, kernel: tf.Tensor, weights: NormalizationWeights, training: boolean) =>
  segmentMax(normalizeRows(tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D), weights, { ...settings, training }, rows), rows.groups);
const atOnce = (x: tf.Tensor, kernel: tf.Tensor, weights: NormalizationWeights, training: boolean) =>
  normalizedDenseMax(x as tf.Tensor2D, kernel as tf.Tensor2D, weights, { ...settings, training }, rows);

describe('normalizedDenseMax', () => {
  it.each([true, false])('is product, normalisation, activation and maximum, with their gradients; training: %s', (training) => {
    const [x, kernel, weights] = [normals(batch * count, depth), normals(depth, channels), makeWeights()];
    const start = [...weights.values];
    const results = [plain, atOnce].map((form) => {
      weights.values.splice(0, 5, ...start);
      const value = form(x, kernel, weights, training);
      const averages = tf.concat(weights.values.slice(2, 4));
      weights.values.splice(0, 5, ...start);
      const gradients = tf.grads((a, b, gamma, beta) => {
        weights.values.splice(0, 2, gamma, beta);
        return probe(form(a, b, weights, training));
      })([x, kernel, start[0], start[1]]);
      return [value, averages, ...gradients].map((t) => t.dataSync());
    });
    results[1].forEach((result, i) => expect(relativeError(result, results[0][i])).toBeLessThan(2e-4));
    // The cloud without points.
    expect(results[1][0].slice(-channels).every((y) => y === 0)).toBe(true);
  });

  it('has the gradients of finite differences, finite where all points coincide', () => {
    const [kernel, weights] = [normals(depth, channels), makeWeights()];
    const f = (x: tf.Tensor) => probe(atOnce(x, kernel, weights, true));
    expect(checkGradient(f, [batch * count, depth], Array.from(normals(batch * count, depth).dataSync()), 3e-3).relativeError).toBeLessThan(2e-2);
    expect(tf.grad(f)(tf.ones([batch * count, depth])).dataSync().every(Number.isFinite)).toBe(true);
  });
});

describe('normalizeRows', () => {
  it('takes the dense layer\'s bias into the averages alone, and from them', () => {
    const [x, weights] = [normals(batch * count, channels) as tf.Tensor2D, makeWeights(tf.ones([channels]))];
    const bias = weights.values[4];
    const [gamma, beta, mean, variance] = weights.values;
    const scale = tf.div(gamma, tf.sqrt(tf.add(variance, 1e-3)));
    const expected = tf.leakyRelu(tf.add(tf.mul(tf.sub(tf.add(x, bias), mean), scale), beta), 0.2);
    expect(relativeError(normalizeRows(x, weights, { ...settings, training: false }).dataSync(), expected.dataSync())).toBeLessThan(1e-5);
    normalizeRows(x, weights, settings);
    const moved = tf.mul(tf.add(mean, tf.add(tf.mean(x, 0), bias)), 0.5);
    expect(relativeError(weights.values[2].dataSync(), moved.dataSync())).toBeLessThan(1e-5);
    const gradient = tf.grad((b) => {
      weights.values[4] = b;
      return probe(normalizeRows(x, weights, settings));
    })(bias);
    expect(Array.from(gradient.dataSync(), Math.abs)).toEqual(new Array<number>(channels).fill(0));
  });
});

it('leaves no tensors behind', () => {
  const weights = makeWeights();
  const before = tf.memory().numTensors;
  tf.tidy(() => void tf.grad((x) => probe(atOnce(x, tf.ones([depth, channels]), weights, false)))(tf.ones([batch * count, depth])));
  expect(tf.memory().numTensors).toBe(before);
  disposePointRows(rows);
});
