import { beforeAll, expect, it } from 'vitest';
import { pyramid } from '../image';
import { so3 } from '../geometry/transformation';
import { largestDifference } from '../testing/randomTensors';
import * as tf from '../tf';
import { featureRepresentation, mathHelpers, safeOps, sampling, vector } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

const functions: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  positionalEncoding: (x) => featureRepresentation.positionalEncoding(x, 2),
  cartesianToSphericalCoordinates: mathHelpers.cartesianToSphericalCoordinates,
  sphericalToCartesianCoordinates: mathHelpers.sphericalToCartesianCoordinates,
  squareToSphericalCoordinates: (x) => mathHelpers.squareToSphericalCoordinates(tf.slice(x, [0, 0], [-1, 2])),
  normalize: vector.normalize,
  safeSignedDiv: (x) => safeOps.safeSignedDiv(tf.onesLike(x), x),
  safeUnsignedDiv: (x) => safeOps.safeUnsignedDiv(tf.onesLike(x), x),
  safeSinpxDivSinx: (x) => safeOps.safeSinpxDivSinx(x, tf.scalar(0.5)),
  safeCospxDivCosx: (x) => safeOps.safeCospxDivCosx(x, tf.scalar(0.5)),
  regularInverse1d: (x) => sampling.regularInverse1d(tf.add(x, tf.scalar(2, x.dtype)), tf.scalar(7, x.dtype), 4),
  geomspace1d: (x) => sampling.geomspace1d(tf.add(x, tf.scalar(2, x.dtype)), tf.scalar(7, x.dtype), 4),
  'so3.exp': so3.exp,
  'so3.expQuaternion': so3.expQuaternion,
  'pyramid.downsample': (x) => pyramid.downsample(tf.reshape(x, [1, 2, 3, 1]), 1)[1],
  'pyramid.upsample': (x) => pyramid.upsample(tf.reshape(x, [1, 2, 3, 1]), 1)[1],
};

// TensorFlow.js refuses whole numbers in some operations and cuts off the fractions of others' results.
it.each(Object.entries(functions))('%s takes whole numbers as it takes reals', (_name, f) => {
  const values = [[1, 0, 1], [0, 1, 0]];
  expect(largestDifference(f(tf.tensor2d(values, [2, 3], 'int32')), f(tf.tensor2d(values)))).toBe(0);
});
