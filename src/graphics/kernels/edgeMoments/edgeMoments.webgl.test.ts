import { beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { listSegments } from '../../../scene/segments';
import '../index';
import * as tf from '../../tf';
import { compareBackends, keepOnGPU } from '../testing/backends';
import { randomValues } from '../testing/views';
import { EDGE_LINE, EDGE_MOMENTS } from './names';

beforeAll(keepOnGPU);

const [batch, entries, rowCount, columnCount] = [2, 503, 61, 44];
const random = createRandom(4);
const [rowOf, columnOf] = [rowCount, columnCount].map((count) => Int32Array.from({ length: entries }, () => random.integer(count)));
const byRow = listSegments(rowOf, rowCount);
const list = (values: Int32Array) => ({ values, shape: [values.length] });
const real = (shape: number[], seed: number) => ({ values: randomValues(shape.reduce((a, b) => a * b, 1), seed), shape });
const packed = (x: tf.Tensor): tf.Tensor => (x.dtype === 'float32' ? tf.mul(x, 1) : x);

it.each([1, 3, 8])('%i channels: as the cpu does', async (channels) => {
  const [own, other, linear, constant] = [real([batch, rowCount, channels], 1), real([batch, columnCount, channels], 2), real([channels], 3), real([channels], 4)];
  const lists = { rowOffsets: list(byRow.offsets), rowOrder: list(byRow.order), columns: list(columnOf) };
  // The last entries only fill up: they are in no row.
  const fill = (values: Int32Array) => list(Int32Array.of(...values, -1, -1, -1));
  const filled = { ...lists, rowOrder: fill(byRow.order), columns: fill(columnOf) };
  for (const prepare of [undefined, packed]) {
    expect((await compareBackends(EDGE_MOMENTS, { own, other, ...lists }, {}, prepare)).error).toBeLessThan(1e-5);
    expect((await compareBackends(EDGE_MOMENTS, { own, other, ...filled }, {}, prepare)).error).toBeLessThan(1e-5);
    expect((await compareBackends(EDGE_LINE, { own, other, linear, constant, ...lists }, {}, prepare)).error).toBeLessThan(1e-5);
  }
});
