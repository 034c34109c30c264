import { beforeAll, expect, it } from 'vitest';
import * as tf from '../../tf';
import { createSegmentTable, occupiedSegments } from './segmentTable';

beforeAll(() => tf.setBackend('cpu'));

it('occupiedSegments tells segments with entries from those without, if there are any', () => {
  const some = occupiedSegments(createSegmentTable(Int32Array.from([2, 2, -1, 0]), 4));
  expect(some?.shape).toEqual([4, 1]);
  expect(Array.from(some!.dataSync())).toEqual([1, 0, 1, 0]);
  expect(occupiedSegments(createSegmentTable(Int32Array.from([1, 0, 1]), 2))).toBeNull();
});
