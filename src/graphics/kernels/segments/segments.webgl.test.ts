import { beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { listSegments } from '../../../scene/segments';
import '../index';
import * as tf from '../../tf';
import { compareBackends, keepOnGPU } from '../testing/backends';
import { randomValues } from '../testing/views';
import { segmentArgMaxLoops } from './segments.cpu';
import { GATHER_ROWS, SEGMENT_ARG_MAX, SEGMENT_PLACE, SEGMENT_SELECT, SEGMENT_SUM } from './segments';

beforeAll(keepOnGPU);

const [batch, count, rows] = [3, 1001, 77];
const random = createRandom(2);
const segments = Int32Array.from({ length: count }, () => random.integer(rows - 3) - 1);
const { offsets, order } = listSegments(segments, rows);
const lists = {
  segments: { values: segments, shape: [count] }, offsets: { values: offsets, shape: [rows + 1] }, order: { values: order, shape: [order.length] },
};
const named = (values: Float32Array, shape: number[]) => ({ values, shape });
/** As one of TensorFlow.js's own ops leaves a result: packed. */
const packed = (x: tf.Tensor): tf.Tensor => (x.dtype === 'float32' ? tf.mul(x, 1) : x);

it.each([1, 2, 3, 8])('%i channels: as the cpu does, from flat and packed inputs', async (channels) => {
  const entries = named(randomValues(batch * count * channels, 1), [batch, count, channels]);
  const perRow = named(randomValues(batch * rows * channels, 2), [batch, rows, channels]);
  const choices = named(segmentArgMaxLoops(entries.values, offsets, order, entries.shape) as Float32Array, [batch, rows, channels]);
  for (const prepare of [undefined, packed]) {
    const compare = async (kernel: string, inputs: Parameters<typeof compareBackends>[1]) => (await compareBackends(kernel, inputs, {}, prepare)).error;
    expect(await compare(GATHER_ROWS, { values: perRow, segments: lists.segments })).toBe(0);
    expect(await compare(SEGMENT_SUM, { values: entries, offsets: lists.offsets, order: lists.order })).toBeLessThan(1e-6);
    expect(await compare(SEGMENT_ARG_MAX, { values: entries, offsets: lists.offsets, order: lists.order })).toBe(0);
    expect(await compare(SEGMENT_SELECT, { values: entries, choices, segments: lists.segments })).toBe(0);
    expect(await compare(SEGMENT_PLACE, { values: perRow, choices, segments: lists.segments })).toBe(0);
  }
});
