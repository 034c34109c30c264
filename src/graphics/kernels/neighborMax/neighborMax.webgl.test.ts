import { beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { listSegments } from '../../../scene/segments';
import '../index';
import * as tf from '../../tf';
import { compareBackends, keepOnGPU } from '../testing/backends';
import { randomValues } from '../testing/views';
import { NEIGHBOR_ARG_MAX, NEIGHBOR_PLACE, NEIGHBOR_SELECT } from './names';
import { neighborArgMaxLoops } from './neighborMax.cpu';

beforeAll(keepOnGPU);

const [batch, entries, rowCount, columnCount] = [2, 503, 61, 44];
const random = createRandom(4);
const numbers = (count: number) => Int32Array.from({ length: entries }, () => random.integer(count + 1) - 1);
const [rowOf, columnOf] = [numbers(rowCount), numbers(columnCount)];
const [byRow, byColumn] = [listSegments(rowOf, rowCount), listSegments(columnOf, columnCount)];
const list = (values: Int32Array) => ({ values, shape: [values.length] });
const real = (shape: number[], seed: number) => ({ values: randomValues(shape.reduce((a, b) => a * b, 1), seed), shape });
const packed = (x: tf.Tensor): tf.Tensor => (x.dtype === 'float32' ? tf.mul(x, 1) : x);

it.each([1, 3, 8])('%i channels: as the cpu does', async (channels) => {
  const values = real([batch, columnCount, channels], 1);
  const signs = { values: Float32Array.from({ length: channels }, (_, c) => (c % 2 === 0 ? 1 : -1)), shape: [channels] };
  const size = { batch, channels, rows: rowCount, columns: columnCount };
  const choices = { values: neighborArgMaxLoops(values.values, signs.values, byRow, columnOf, size) as Float32Array, shape: [batch, rowCount, channels] };
  const lists = {
    rows: list(rowOf), columns: list(columnOf), rowOffsets: list(byRow.offsets), rowOrder: list(byRow.order),
    columnOffsets: list(byColumn.offsets), columnOrder: list(byColumn.order),
  };
  for (const prepare of [undefined, packed]) {
    expect((await compareBackends(NEIGHBOR_ARG_MAX, { values, signs, ...lists }, {}, prepare)).error).toBe(0);
    expect((await compareBackends(NEIGHBOR_SELECT, { values, choices, ...lists }, {}, prepare)).error).toBe(0);
    expect((await compareBackends(NEIGHBOR_PLACE, { dy: real([batch, rowCount, channels], 2), choices, ...lists }, {}, prepare)).error).toBeLessThan(1e-6);
  }
});
