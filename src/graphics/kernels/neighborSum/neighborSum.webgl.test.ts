import { beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { listSegments } from '../../../scene/segments';
import '../index';
import * as tf from '../../tf';
import { compareBackends, keepOnGPU } from '../testing/backends';
import { randomValues } from '../testing/views';
import { NEIGHBOR_SUM, NEIGHBOR_SUM_VALUES, NEIGHBOR_SUM_WEIGHTS } from './neighborSum';

beforeAll(keepOnGPU);

const [batch, entries, rowCount, columnCount] = [2, 503, 61, 44];
const random = createRandom(4);
const numbers = (count: number) => Int32Array.from({ length: entries }, () => random.integer(count + 1) - 1);
const [rowOf, columnOf] = [numbers(rowCount), numbers(columnCount)];
const [byRow, byColumn] = [listSegments(rowOf, rowCount), listSegments(columnOf, columnCount)];
const list = (values: Int32Array) => ({ values, shape: [values.length] });
const real = (shape: number[], seed: number) => ({ values: randomValues(shape.reduce((a, b) => a * b, 1), seed), shape });
const packed = (x: tf.Tensor): tf.Tensor => (x.dtype === 'float32' ? tf.mul(x, 1) : x);

it.each([[1, 1], [3, 1], [3, 4], [8, 3]])('%i channels, %i weights an entry: as the cpu does', async (channels, heads) => {
  const [values, weights, dy] = [real([batch, columnCount, channels], 1), real([batch, entries, heads], 2), real([batch, rowCount, heads * channels], 3)];
  const [rows, columns] = [list(rowOf), list(columnOf)];
  const rowLists = { rowOffsets: list(byRow.offsets), rowOrder: list(byRow.order) };
  const columnLists = { columnOffsets: list(byColumn.offsets), columnOrder: list(byColumn.order) };
  for (const prepare of [undefined, packed]) {
    expect((await compareBackends(NEIGHBOR_SUM, { values, weights, ...rowLists, columns }, {}, prepare)).error).toBeLessThan(1e-6);
    expect((await compareBackends(NEIGHBOR_SUM_VALUES, { dy, weights, ...columnLists, ...rowLists, rows, columns }, {}, prepare)).error).toBeLessThan(1e-6);
    expect((await compareBackends(NEIGHBOR_SUM_WEIGHTS, { dy, values, rows, columns }, {}, prepare)).error).toBeLessThan(1e-6);
  }
});
