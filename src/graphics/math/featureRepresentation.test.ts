import { beforeAll, expect, it } from 'vitest';
import { checkGradient, probe } from '../testing/gradients';
import { largestDifference, randomTensors } from '../testing/randomTensors';
import * as tf from '../tf';
import { positionalEncoding } from './featureRepresentation';

beforeAll(async () => { await tf.setBackend('cpu'); });

it('positional encoding refuses a scalar by name', () => {
  expect(() => positionalEncoding(tf.scalar(1), 2)).toThrow(/features must have a rank of greater than 0/);
});

it.each([1, 2, 3])('positional encoding keeps sin² + cos² = 1 on random batches (seed %i)', (seed) => {
  const random = randomTensors(seed);
  const batch = random.batch();
  const features = random.uniform([...batch, 3], -2, 2);
  const [x, ...waves] = tf.split(positionalEncoding(features, 4), 9, -1);
  expect(largestDifference(x, features)).toBe(0);
  for (let k = 0; k < 4; k++) {
    const [sine, cosine] = waves.slice(2 * k);
    expect(largestDifference(tf.add(tf.square(sine), tf.square(cosine)), tf.onesLike(x))).toBeLessThan(1e-6);
    expect(largestDifference(sine, tf.sin(tf.mul(features, 2 ** k)))).toBe(0);
  }
});

it('positional encoding with no frequency is the feature', () => {
  expect(Array.from(positionalEncoding(tf.tensor1d([3, 4]), 0).dataSync())).toEqual([3, 4]);
});

it('positional encoding has the gradient of central differences', () => {
  expect(checkGradient((x) => probe(positionalEncoding(x, 3)), [2, 2], [0.1, -0.5, 0.9, 0.3], 1e-3).relativeError).toBeLessThan(3e-3);
});
