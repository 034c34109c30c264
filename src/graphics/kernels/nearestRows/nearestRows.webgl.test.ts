import { beforeAll, expect, it } from 'vitest';
import { nearestRows } from '..';
import * as tf from '../../tf';
import { keepOnGPU } from '../testing/backends';
import { randomValues } from '../testing/views';

beforeAll(keepOnGPU);

it.each([[37, 12, 5], [64, 5, 8], [90, 64, 20], [90, 64, 40]])('of %i points in %i dimensions: those of the cpu (k = %i)', async (count, dimension, k) => {
  const found: number[][] = [];
  for (const backend of ['cpu', 'webgl']) {
    await tf.setBackend(backend);
    const points = tf.tensor3d(randomValues(2 * count * dimension, 1), [2, count, dimension]);
    const sizes = tf.tensor1d([count, count - 3], 'int32');
    const rows = tf.slice(nearestRows(points, k, { sizes }), [0, 0, 0], [-1, count - 3, -1]);
    found.push(Array.from(await rows.data()));
  }
  expect(found[1]).toEqual(found[0]);
});
