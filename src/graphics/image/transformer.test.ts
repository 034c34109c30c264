import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../testing/randomTensors';
import * as tf from '../tf';
import { perspectiveTransform, sample } from './transformer';

beforeAll(async () => { await tf.setBackend('cpu'); });

const imageOf = (seed: number, shape: readonly number[]) => randomTensors(seed).uniform(shape, 0, 1) as tf.Tensor4D;
const identity = (batch: number) => tf.tile(tf.expandDims(tf.eye(3), 0), [batch, 1, 1]);

describe('sample', () => {
  it('refuses wrong shapes and types by name', () => {
    const image = tf.zeros<tf.Rank.R4>([2, 4, 4, 1]);
    expect(() => sample(tf.zeros([4, 4, 1]) as unknown as tf.Tensor4D, tf.zeros([2, 2]))).toThrow(/image must have a rank of 4/);
    expect(() => sample(image, tf.zeros([2, 3]))).toThrow(/warp must have exactly 2 dimensions in axis -1/);
    expect(() => sample(image, tf.zeros([3, 5, 2]))).toThrow(/warp must have exactly 2 dimensions in axis 0/);
    expect(() => sample(image, tf.zeros([2, 2]), { borderType: 'WRAP' as 'ZERO' })).toThrow(/borderType must be one of ZERO, DUPLICATE, but it is WRAP/);
  });

  it('takes pixels, blends between them, and treats the border as asked', () => {
    const image = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    const at = (x: number, y: number, options: Parameters<typeof sample>[2]) => sample(image, tf.tensor2d([[x, y]]), options).dataSync()[0];
    expect(at(0.5, 0.5, {})).toBeCloseTo(1, 6);
    expect(at(1, 1, {})).toBeCloseTo(2.5, 6);
    expect(at(1, 0, { pixelType: 'INTEGER' })).toBeCloseTo(2, 6);
    expect(at(0, 0.5, {})).toBeCloseTo(0.5, 6);
    expect(at(-7, 0.5, {})).toBe(0);
    expect(at(-7, 0.5, { borderType: 'DUPLICATE' })).toBe(1);
    expect(at(0.4, 0.9, { pixelType: 'INTEGER', resamplingType: 'NEAREST' })).toBe(3);
    expect(at(-0.6, 0, { pixelType: 'INTEGER', resamplingType: 'NEAREST' })).toBe(0);
    expect(at(-0.6, 0, { pixelType: 'INTEGER', resamplingType: 'NEAREST', borderType: 'DUPLICATE' })).toBe(1);
  });

  it.each([1, 2, 3])('reproduces linear images, on random shapes of warps (seed %i)', (seed) => {
    const random = randomTensors(seed);
    const places = [2, ...random.batch(), 2];
    const [height, width] = [4, 6];
    const x = tf.broadcastTo(tf.range(0, width), [2, height, width]);
    const y = tf.broadcastTo(tf.reshape(tf.range(0, height), [height, 1]), [2, height, width]);
    const warp = tf.mul(random.uniform(places, 0, 1), tf.tensor1d([width - 1, height - 1]));
    expect(largestDifference(sample(tf.stack([x, y], -1) as tf.Tensor4D, warp, { pixelType: 'INTEGER' }), warp)).toBeLessThan(2e-6);
  });

  it('has the gradients of central differences, finite on pixels, and none to places for the nearest pixel', () => {
    const image = imageOf(4, [1, 3, 4, 2]);
    const warp = [1.2, 0.8, 2.9, 1.6, 0.2, 2.7];
    const at = (x: tf.Tensor) => tf.reshape(x, [1, 3, 2]);
    for (const borderType of ['ZERO', 'DUPLICATE'] as const) {
      expect(checkGradient((x) => probe(sample(image, at(x), { borderType })), [6], warp).relativeError).toBeLessThan(3e-3);
      expect(checkGradient((x) => probe(sample(x as tf.Tensor4D, at(tf.tensor1d(warp)), { borderType })), [1, 3, 4, 2], [...image.dataSync()], 0.1).relativeError)
        .toBeLessThan(3e-3);
    }
    expect(allFinite(tf.grad((x) => probe(sample(image, x)))(tf.tensor2d([[0.5, 0.5]])))).toBe(true);
    const nearest = tf.grad((x) => probe(sample(x as tf.Tensor4D, tf.tensor2d([[1.6, 0.4]]), { resamplingType: 'NEAREST' })))(image);
    expect(tf.sum(tf.cast(tf.notEqual(nearest, 0), 'float32')).dataSync()[0]).toBe(2);
  });
});

describe('perspectiveTransform', () => {
  it('refuses wrong shapes by name', () => {
    expect(() => perspectiveTransform(tf.zeros([2, 4, 4, 1]), tf.zeros([1, 3, 3]))).toThrow(/transformMatrix must have exactly 2 dimensions in axis 0/);
  });

  it.each(['INTEGER', 'HALF_INTEGER'] as const)('by the identity is the image, with %s pixels', (pixelType) => {
    const image = imageOf(5, [2, 4, 5, 3]);
    expect(largestDifference(perspectiveTransform(image, identity(2), { pixelType }), image)).toBeLessThan(1e-5);
  });

  it('moves, and sizes the result as asked', () => {
    const image = imageOf(6, [1, 4, 5, 1]);
    const right = tf.tensor3d([1, 0, 1, 0, 1, 0, 0, 0, 1], [1, 3, 3]);
    const moved = perspectiveTransform(image, right, { outputShape: { height: 4, width: 4 } });
    expect(largestDifference(moved, tf.slice(image, [0, 0, 1, 0], [1, 4, 4, 1]))).toBeLessThan(1e-5);
  });

  it('is undone by the inverse homography inside of a smooth image', () => {
    const ramp = tf.expandDims(tf.stack([tf.broadcastTo(tf.range(0, 16), [16, 16]), tf.broadcastTo(tf.reshape(tf.range(0, 16), [16, 1]), [16, 16])], -1), 0) as tf.Tensor4D;
    const [c, s] = [Math.cos(0.1), Math.sin(0.1)];
    const turn = tf.tensor3d([c, -s, 0.4, s, c, -0.3, 0, 0, 1], [1, 3, 3]);
    const back = tf.tensor3d([c, s, -c * 0.4 + s * 0.3, -s, c, s * 0.4 + c * 0.3, 0, 0, 1], [1, 3, 3]);
    const round = perspectiveTransform(perspectiveTransform(ramp, turn), back);
    const middle = (t: tf.Tensor4D) => tf.slice(t, [0, 5, 5, 0], [1, 6, 6, 2]);
    expect(largestDifference(middle(round), middle(ramp))).toBeLessThan(1e-4);
  });

  it('has the gradients of central differences to the matrix, finite on the line at infinity, and leaves no tensors behind', () => {
    const image = imageOf(7, [1, 4, 4, 1]);
    const matrix = [1.03, 0.11, 0.07, -0.06, 0.95, 0.13, 0.013, -0.021, 1];
    // Few places, none of them within a step of a pixel's centre, where the bilinear image has a kink.
    const options = { borderType: 'DUPLICATE', outputShape: { height: 2, width: 2 } } as const;
    const f = (x: tf.Tensor) => probe(perspectiveTransform(image, tf.reshape(x, [1, 3, 3]), options));
    const before = tf.memory().numTensors;
    expect(checkGradient(f, [9], matrix, 1e-3).relativeError).toBeLessThan(5e-3);
    tf.tidy(() => { expect(allFinite(tf.grad(f)(tf.zeros([9])))).toBe(true); });
    expect(tf.memory().numTensors).toBe(before);
  });
});
