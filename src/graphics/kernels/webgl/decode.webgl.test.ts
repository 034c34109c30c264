import { beforeAll, expect, it } from 'vitest';
import * as tf from '../../tf';
import '../index';
import { keepOnGPU } from '../testing/backends';

beforeAll(async () => {
  keepOnGPU();
  await tf.setBackend('webgl');
});

/** The numbers 2, 4, 6 … as an op leaves them on the GPU. */
const evens = (shape: number[]): tf.Tensor => tf.mul(tf.reshape(tf.range(1, tf.util.sizeFromShape(shape) + 1), shape), 2);
const expected = (size: number) => Array.from({ length: size }, (_, i) => 2 * (i + 1));

it.each([[[4]], [[1, 8]], [[3, 8]], [[5, 4]], [[2, 3, 12]], [[3, 2, 2]], [[2, 5, 2, 2]], [[2, 3, 5, 4]], [[7]], [[3, 3]], [[2, 3, 6]], [[0, 4]]])('a tensor of shape %j is read back in order', (shape) => {
  const tensor = evens(shape);
  expect(Array.from(tensor.dataSync())).toEqual(expected(tensor.size));
});

it('what an op left in another shape, sliced or as whole numbers is read back in order', () => {
  expect(Array.from(tf.reshape(evens([3, 8]), [4, 6]).dataSync())).toEqual(expected(24));
  expect(Array.from(tf.reshape(evens([4, 6]), [3, 8]).dataSync())).toEqual(expected(24));
  expect(Array.from(tf.slice(evens([4, 8]), [1, 0], [2, 8]).dataSync())).toEqual(expected(24).slice(8));
  expect(Array.from(tf.cast(evens([3, 8]), 'int32').dataSync())).toEqual(expected(24));
});

it('a tensor that is handed out on the GPU keeps its shape, and nothing is left behind', () => {
  const backend = tf.backend() as tf.MathBackendWebGL;
  const tensor = evens([3, 8]);
  const before = [tf.memory().numTensors, backend.numDataIds()];
  const { tensorRef, texShape } = tensor.dataToGPU({ customTexShape: [1, 6] });
  expect([tensorRef.shape, texShape]).toEqual([[3, 8], [1, 6]]);
  tensorRef.dispose();
  tensor.dataSync();
  expect([tf.memory().numTensors, backend.numDataIds()]).toEqual(before);
});
