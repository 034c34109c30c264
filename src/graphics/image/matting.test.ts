import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../testing/randomTensors';
import * as tf from '../tf';
import { buildMatrices, linearCoefficients, loss, reconstruct } from './matting';

beforeAll(async () => { await tf.setBackend('cpu'); });

const imageOf = (seed: number, shape: readonly number[]) => randomTensors(seed).uniform(shape, 0, 1) as tf.Tensor4D;

describe('closed-form matting', () => {
  it('refuses wrong shapes and sizes by name', () => {
    const image = tf.zeros<tf.Rank.R4>([1, 5, 5, 3]);
    const { laplacian, pseudoInverse } = buildMatrices(imageOf(1, [1, 5, 5, 3]));
    expect(() => buildMatrices(tf.zeros([5, 5, 3]) as unknown as tf.Tensor4D)).toThrow(/image must have a rank of 4/);
    expect(() => buildMatrices(image, { size: 4 })).toThrow(/The patch size is expected to be an odd value/);
    expect(() => loss(image, laplacian)).toThrow(/matte must have exactly 1 dimensions in axis 3/);
    expect(() => loss(tf.zeros([1, 6, 5, 1]), laplacian)).toThrow(/laplacian must have exactly 4 dimensions in axis 1/);
    expect(() => linearCoefficients(tf.zeros([1, 6, 5, 1]), pseudoInverse)).toThrow(/pseudoInverse must have exactly 4 dimensions in axis 1/);
    expect(() => reconstruct(image, tf.zeros([1, 5, 5, 2]), tf.zeros([1, 5, 5, 1]))).toThrow(/coeffMul must have exactly 3 dimensions in axis 3/);
  });

  it.each([[1, 3, 3], [2, 5, 3], [3, 3, 1]])('gives back an affine function of the colours, without loss (seed %i, windows %i, channels %i)', (seed, size, channels) => {
    const image = imageOf(seed, [2, 7, 8, channels]);
    const weights = randomTensors(seed + 9).uniform([channels], 0.1, 0.3);
    const matte = tf.add(tf.sum(tf.mul(image, weights), -1, true), 0.2) as tf.Tensor4D;
    const { laplacian, pseudoInverse } = buildMatrices(image, { size });
    const { coeffMul, coeffAdd } = linearCoefficients(matte, pseudoInverse);
    expect(loss(matte, laplacian).dataSync()[0]).toBeLessThan(1e-5);
    expect(largestDifference(reconstruct(image, coeffMul, coeffAdd), matte)).toBeLessThan(2e-3);
    expect(largestDifference(coeffMul, tf.broadcastTo(weights, coeffMul.shape))).toBeLessThan(1e-2);
  });

  it('costs nothing for a constant matte, whatever the image (seed 4)', () => {
    const { laplacian } = buildMatrices(imageOf(4, [1, 6, 6, 3]));
    expect(Math.abs(loss(tf.ones([1, 6, 6, 1]), laplacian).dataSync()[0])).toBeLessThan(1e-5);
  });

  it('has the gradients of central differences, to the matte and to the image', () => {
    const image = imageOf(5, [1, 4, 4, 3]);
    const matte = imageOf(6, [1, 4, 4, 1]);
    const { laplacian, pseudoInverse } = buildMatrices(image);
    expect(checkGradient((x) => loss(x as tf.Tensor4D, laplacian), [1, 4, 4, 1], [...matte.dataSync()]).relativeError).toBeLessThan(3e-3);
    const fitted = (x: tf.Tensor) => probe(linearCoefficients(x as tf.Tensor4D, pseudoInverse).coeffAdd);
    expect(checkGradient(fitted, [1, 4, 4, 1], [...matte.dataSync()]).relativeError).toBeLessThan(3e-3);
    const viaImage = (x: tf.Tensor) => loss(matte, buildMatrices(x as tf.Tensor4D, { eps: 0.1 }).laplacian);
    expect(checkGradient(viaImage, [1, 4, 4, 3], [...image.dataSync()]).relativeError).toBeLessThan(5e-3);
  });

  it('stays finite with its gradient on an image of one colour, and leaves no tensors behind', () => {
    const [image, matte] = [tf.fill([1, 5, 5, 3], 0.4) as tf.Tensor4D, imageOf(7, [1, 5, 5, 1])];
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const { laplacian, pseudoInverse } = buildMatrices(image);
      const { coeffMul, coeffAdd } = linearCoefficients(matte, pseudoInverse);
      const gradient = tf.grad((x) => loss(matte, buildMatrices(x as tf.Tensor4D).laplacian))(image);
      expect(allFinite(laplacian, coeffMul, coeffAdd, gradient)).toBe(true);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
