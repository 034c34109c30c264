import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { icosphereMesh } from '../../../scene/primitives';
import { createRandom } from '../../../scene/random';
import { checkGradient, probe, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { createNeighborhood, disposeNeighborhood, fromDense, graphConvolution, meshNeighborhood, type SparseNeighborhood } from '.';

const { edgeConvolutionTemplate, featureSteeredConvolution } = graphConvolution;
const random = createRandom(11);
const normals = (...shape: number[]): tf.Tensor => tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()), shape);

let sphere: SparseNeighborhood;
beforeAll(async () => {
  await tf.setBackend('cpu');
  sphere = createNeighborhood(meshNeighborhood(icosphereMesh(1, 1)));
});
afterAll(() => disposeNeighborhood(sphere));

const [C, W, D] = [3, 4, 5];
const weightsOf = (scale = 1) => ({ u: tf.mul(normals(C, W), scale), v: tf.mul(normals(C, W), scale), c: normals(W), w: normals(W, C, D), b: normals(D) });
const steered = (data: tf.Tensor, neighbors: SparseNeighborhood, { u, v, c, w, b }: ReturnType<typeof weightsOf>, sizes: tf.Tensor | null = null) =>
  featureSteeredConvolution(data, neighbors, sizes, u, v, c, w, b);
const smooth = (data: tf.Tensor, neighbors: SparseNeighborhood, sizes: tf.Tensor | null = null) =>
  edgeConvolutionTemplate(data, neighbors, sizes, (_x, y) => y, 'weighted', undefined);

describe('featureSteeredConvolution', () => {
  it('refuses wrong shapes by name', () => {
    const { u, v, c, w, b } = weightsOf();
    const data = tf.zeros([42, C]);
    const call = (...args: Partial<Parameters<typeof featureSteeredConvolution>>) => () =>
      featureSteeredConvolution(args[0] ?? data, args[1] ?? sphere, args[2] ?? null, args[3] ?? u, args[4] ?? v, args[5] ?? c, args[6] ?? w, args[7] ?? b);
    expect(call(tf.zeros([41, C]))).toThrow(/data must have exactly 42 dimensions in axis -2, as many as neighbors has columns/);
    expect(call(tf.zeros([42, C], 'int32'))).toThrow(/data must have a float type/);
    expect(call(data, sphere, tf.zeros([2], 'int32'))).toThrow(/Not all batch dimensions are identical/);
    expect(call(data, sphere, null, tf.zeros([2, W]))).toThrow(/varU must have exactly 3 dimensions in axis 0/);
    expect(call(data, sphere, null, u, tf.zeros([C, 2]))).toThrow(/varV must have exactly 4 dimensions in axis 1/);
    expect(call(data, sphere, null, u, v, c, w, tf.zeros([2]))).toThrow(/varB must have exactly 5 dimensions in axis 0/);
  });

  it('with one matrix is a dense layer on the neighbours\' mean, whatever u and v', () => {
    const x = normals(42, C);
    const w = normals(1, C, D);
    const y = featureSteeredConvolution(x, sphere, null, normals(C, 1), normals(C, 1), normals(1), w, tf.zeros([D]));
    expect(relativeError(y.dataSync(), tf.matMul(smooth(x, sphere), tf.reshape(w, [C, D])).dataSync())).toBeLessThan(1e-5);
  });

  it('chooses matrices alike for translated features where v = −u, and treats a batch as its elements', () => {
    const weights = weightsOf();
    const invariant = { ...weights, v: tf.neg(weights.u), w: tf.mul(tf.ones([W, C, D]), tf.reshape(normals(W), [W, 1, 1])) };
    const x = normals(42, C);
    const shift = tf.tensor1d([5, -3, -2]);
    // With Σ_c shift = 0 and W_m constant over c, Wₘᵀ(x + shift) = Wₘᵀ x: only the choice of matrices could differ.
    expect(relativeError(steered(tf.add(x, shift), sphere, invariant).dataSync(), steered(x, sphere, invariant).dataSync())).toBeLessThan(1e-4);
    const batch = normals(2, 1, 42, C);
    const together = steered(batch, sphere, weights);
    expect(together.shape).toEqual([2, 1, 42, D]);
    const alone = tf.stack(tf.unstack(tf.reshape(batch, [2, 42, C])).map((one) => steered(one, sphere, weights)));
    expect(relativeError(together.dataSync(), alone.dataSync())).toBeLessThan(1e-6);
  });

  it('has the gradients of finite differences', () => {
    const weights = weightsOf();
    const few = fromDense(tf.tensor2d([[0.5, 0.5, 0], [0, 0, 1], [0.2, 0.3, 0.5]]));
    const x = normals(3, C);
    const start = (t: tf.Tensor) => Array.from(t.dataSync());
    expect(checkGradient((t) => probe(steered(t, few, weights)), [3, C], start(x)).relativeError).toBeLessThan(1e-2);
    for (const name of ['u', 'v', 'c', 'w', 'b'] as const) {
      const { relativeError: error } = checkGradient((t) => probe(steered(x, few, { ...weights, [name]: t })), weights[name].shape, start(weights[name]));
      expect(error, name).toBeLessThan(1e-2);
    }
    const byEdge = checkGradient((t) => probe(steered(x, { ...few, weights: t as tf.Tensor1D }, weights)), [6], start(few.weights));
    expect(byEdge.relativeError).toBeLessThan(1e-2);
    disposeNeighborhood(few);
  });

  it('neither overflows nor loses its gradient with large features', () => {
    const weights = weightsOf(1e4);
    const x = tf.mul(normals(42, C), 100);
    const gradient = tf.grad((t) => tf.sum(steered(t, sphere, weights)))(x);
    expect(steered(x, sphere, weights).dataSync().every(Number.isFinite)).toBe(true);
    expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
  });
});

describe('edgeConvolutionTemplate', () => {
  it('smooths: a constant stays, and the weights are the mean\'s', () => {
    const constant = tf.fill([2, 42, 1], 3);
    expect(relativeError(smooth(constant, sphere).dataSync(), constant.dataSync())).toBeLessThan(1e-6);
    const pair = fromDense(tf.tensor2d([[0, 2], [0, 0]]));
    expect(Array.from(smooth(tf.tensor2d([[1], [5]]), pair).dataSync())).toEqual([10, 0]);
    disposeNeighborhood(pair);
  });

  it('keeps padding at 0', () => {
    const padded = fromDense(tf.tensor3d([[[1, 0], [0, 0]], [[0, 1], [1, 0]]]));
    const y = edgeConvolutionTemplate(tf.ones([2, 2, 1]), padded, tf.tensor1d([1, 2], 'int32'), (x) => tf.add(x, 1), 'max', undefined);
    expect(Array.from(y.dataSync())).toEqual([2, 0, 2, 2]);
    disposeNeighborhood(padded);
  });

  it('has the gradients of finite differences, and finite ones where all features coincide', () => {
    const x = normals(42, 2);
    const edge = (a: tf.Tensor2D, b: tf.Tensor2D, { factor }: { factor: number }) => tf.mul(tf.square(tf.sub(b, a)), factor);
    for (const reduction of ['weighted', 'max'] as const) {
      const f = (t: tf.Tensor) => probe(edgeConvolutionTemplate(t, sphere, null, edge, reduction, { factor: 2 }));
      expect(checkGradient(f, [42, 2], Array.from(x.dataSync()), 1e-3).relativeError, reduction).toBeLessThan(1e-2);
      expect(tf.grad(f)(tf.ones([42, 2])).dataSync().every(Number.isFinite)).toBe(true);
    }
  });

  it('refuses another reduction and results of the wrong size', () => {
    const data = tf.ones([42, 1]);
    expect(() => edgeConvolutionTemplate(data, sphere, null, (x) => x, 'mean' as 'max', undefined)).toThrow(/reduction must be 'weighted' or 'max', not 'mean'/);
    expect(() => edgeConvolutionTemplate(data, sphere, null, () => tf.ones([3, 1]), 'max', undefined)).toThrow(/the result of edgeFunction/);
  });
});

it('leaves no tensors behind', () => {
  const before = tf.memory().numTensors;
  const data = normals(42, C);
  const weights = tf.tidy(() => weightsOf());
  tf.dispose([steered(data, sphere, weights), smooth(data, sphere), data, ...Object.values(weights)]);
  expect(tf.memory().numTensors).toBe(before);
});
