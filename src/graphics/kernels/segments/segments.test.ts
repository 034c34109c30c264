import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { checkGradient, numericGradient, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { createSegmentTable, disposeSegmentTable, gatherRows, segmentMax, segmentSum, segmentWinners } from '..';
import { dotProduct, randomValues64 } from '../testing/float64';
import { gatherRowsLoops, segmentArgMaxLoops, segmentPlaceLoops, segmentSelectLoops, segmentSumLoops } from './segments.cpu';
import { listSegments } from '../../../scene/segments';

beforeAll(async () => { await tf.setBackend('cpu'); });

const [batch, count, rows, channels] = [2, 23, 6, 3];
const random = createRandom(5);
// Segment 5 stays empty, and some entries belong to none.
const segments = Int32Array.from({ length: count }, () => random.integer(rows) - 1);

describe('segment kernels', () => {
  it('gather and sum are each the gradient of the other, as central differences say in float64', () => {
    const { offsets, order } = listSegments(segments, rows);
    const values = randomValues64(batch * rows * channels, 1);
    const weights = randomValues64(batch * count * channels, 2);
    const gather = (x: Float64Array) => dotProduct(weights, gatherRowsLoops(x, segments, [batch, rows, channels]));
    expect(relativeError(segmentSumLoops(weights, offsets, order, [batch, count, channels]), numericGradient(gather, values))).toBeLessThan(1e-8);
    const sum = (x: Float64Array) => dotProduct(values, segmentSumLoops(x, offsets, order, [batch, count, channels]));
    expect(relativeError(gatherRowsLoops(values, segments, [batch, rows, channels]), numericGradient(sum, weights))).toBeLessThan(1e-8);
  });

  it('place is the gradient of the maximum', () => {
    const { offsets, order } = listSegments(segments, rows);
    const values = randomValues64(batch * count * channels, 3);
    const weights = randomValues64(batch * rows * channels, 4);
    const choices = segmentArgMaxLoops(values, offsets, order, [batch, count, channels]);
    const max = (x: Float64Array) =>
      dotProduct(weights, segmentSelectLoops(x, segmentArgMaxLoops(x, offsets, order, [batch, count, channels]), [batch, count, channels]));
    expect(relativeError(segmentPlaceLoops(weights, choices, segments, [batch, rows, channels]), numericGradient(max, values))).toBeLessThan(1e-8);
  });

  it('give what stock ops give, with first and second gradients, for any batch shape', () => {
    const table = createSegmentTable(Int32Array.of(1, 0, 1, 3, 3, 3), 4);
    const ids = tf.tensor1d([1, 0, 1, 3, 3, 3], 'int32');
    const values = tf.tensor(Float32Array.from(randomValues64(6 * 2, 6)), [6, 2]);
    const cubes = (sum: (x: tf.Tensor) => tf.Tensor) => (x: tf.Tensor) => tf.sum(tf.pow(sum(x), 3));
    const second = (sum: (x: tf.Tensor) => tf.Tensor) => tf.grad((x) => tf.sum(tf.square(tf.grad(cubes(sum))(x))))(values).dataSync();
    const ours = (x: tf.Tensor) => segmentSum(x, table);
    const theirs = (x: tf.Tensor) => tf.unsortedSegmentSum(x, ids, 4);
    expect(relativeError(ours(values).dataSync(), theirs(values).dataSync())).toBeLessThan(1e-6);
    expect(relativeError(second(ours), second(theirs))).toBeLessThan(1e-5);
    const batched = tf.stack([tf.stack([values]), tf.stack([tf.neg(values)])]);
    expect(segmentSum(batched, table).shape).toEqual([2, 1, 4, 2]);
    expect(gatherRows(segmentMax(batched, table), table).shape).toEqual([2, 1, 6, 2]);
    disposeSegmentTable(table);
  });

  it('the maximum of a segment of equal entries goes to the first, of an empty one is 0 with gradient 0', () => {
    const table = createSegmentTable(Int32Array.of(1, 1, -1, 1), 3);
    const { analytic } = checkGradient((x) => tf.sum(segmentMax(x, table)), [4, 1], [-2, -2, 7, -2]);
    expect(Array.from(analytic)).toEqual([1, 0, 0, 0]);
    expect(Array.from(segmentMax(tf.tensor2d([-2, -2, 7, -2], [4, 1]), table).dataSync())).toEqual([0, -2, 0]);
    expect(Array.from(segmentWinners(tf.tensor2d([-2, -2, 7, -2], [4, 1]), table).dataSync())).toEqual([-1, 0, -1]);
    disposeSegmentTable(table);
  });

  it('work without entries and without segments', () => {
    const none = createSegmentTable(new Int32Array(0), 3);
    expect(Array.from(segmentSum(tf.zeros([0, 2]), none).dataSync())).toEqual([0, 0, 0, 0, 0, 0]);
    expect(gatherRows(tf.zeros([3, 2]), none).shape).toEqual([0, 2]);
    disposeSegmentTable(none);
  });

  it('refuse wrong shapes and numbers by name, and leave no tensors behind', () => {
    const before = tf.memory().numTensors;
    const table = createSegmentTable(Int32Array.of(0, 1), 2);
    expect(() => createSegmentTable(Int32Array.of(0, 2), 2)).toThrow(/entry 1 names number 2, but there are only 2/);
    tf.tidy(() => {
      expect(() => gatherRows(tf.zeros([5, 3]), table)).toThrow(/values must have exactly 2 dimensions in axis -2/);
      expect(() => segmentMax(tf.zeros([2]), table)).toThrow(/values must have a rank of greater than 1/);
      tf.grad((x) => segmentMax(segmentSum(gatherRows(x, table), table), table))(tf.ones([2, 1]));
    });
    disposeSegmentTable(table);
    expect(tf.memory().numTensors).toBe(before);
  });
});
