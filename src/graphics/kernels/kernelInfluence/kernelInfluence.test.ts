import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, numericGradient, probe, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { kernelInfluence } from '..';
import { dotProduct, randomValues64 } from '../testing/float64';
import { kernelInfluenceGradLoops, kernelInfluenceLoops } from './kernelInfluence.cpu';

beforeAll(async () => { await tf.setBackend('cpu'); });

const [offsets, points] = [randomValues64(3 * 6, 1), randomValues64(3 * 5, 2)];
const tensor = (values: Float64Array): tf.Tensor2D => tf.tensor2d(Float32Array.from(values), [values.length / 3, 3]);

describe('kernelInfluence', () => {
  it('falls from 1 at a kernel point to 0 at sigma', () => {
    const h = kernelInfluence(tf.tensor2d([[0, 0, 0], [1, 0, 0], [3, 4, 0]]), tf.tensor2d([[0, 0, 0], [0, 0, 1]]), 2);
    expect(relativeError(h.dataSync(), [1, 0.5, 0.5, 1 - Math.SQRT1_2, 0, 0])).toBeLessThan(1e-6);
  });

  it('has the gradient that central differences say in float64', () => {
    const dy = randomValues64(30, 3);
    const numeric = numericGradient((x) => dotProduct(dy, kernelInfluenceLoops(x, points, 1.3)), offsets);
    expect(relativeError(kernelInfluenceGradLoops(dy, offsets, points, 1.3), numeric)).toBeLessThan(1e-7);
  });

  it('is differentiable twice', () => {
    const cubes = (x: tf.Tensor) => probe(tf.pow(kernelInfluence(x, tensor(points), 1.3), 3));
    expect(checkGradient(cubes, [6, 3], Array.from(offsets), 1e-3).relativeError).toBeLessThan(1e-2);
    expect(checkGradient((x) => probe(tf.grad(cubes)(x)), [6, 3], Array.from(offsets), 1e-3).relativeError).toBeLessThan(1e-2);
  });

  it('has a gradient of 0 at a kernel point, and refuses wrong shapes by name', () => {
    const gradient = tf.grad((x) => tf.sum(kernelInfluence(x, tf.zeros([1, 3]), 1)))(tf.zeros([2, 3]));
    expect(Array.from(gradient.dataSync())).toEqual([0, 0, 0, 0, 0, 0]);
    expect(() => kernelInfluence(tf.zeros([2, 2]), tf.zeros([1, 3]), 1)).toThrow(/offsets must have exactly 3 dimensions in axis 1/);
    expect(() => kernelInfluence(tf.zeros([2, 3]), tf.zeros([3]), 1)).toThrow(/points must have a rank of 2/);
  });
});
