import { beforeAll, describe, expect, it } from 'vitest';
import { listSegments } from '../../../scene/segments';
import { checkGradient, numericGradient, probe, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { createSegmentTable, disposeSegmentTable, gatherRows, neighborMax, segmentMax, type NeighborTables } from '..';
import { dotProduct, randomValues64 } from '../testing/float64';
import { neighborArgMaxLoops, neighborPlaceLoops, neighborSelectLoops } from './neighborMax.cpu';

beforeAll(async () => { await tf.setBackend('cpu'); });

// Row 1 is empty, one entry has no column, one no row, and row 0 sees column 1 twice.
const rowOf = Int32Array.of(2, 0, 0, 3, 2, 3, -1, 0);
const columnOf = Int32Array.of(1, 1, 0, 4, -1, 2, 0, 1);
const size = { batch: 2, channels: 3, rows: 4, columns: 5 };
const signs = Float64Array.of(1, -1, 1);

const withTables = (run: (tables: NeighborTables) => void) => {
  const tables = { rows: createSegmentTable(rowOf, size.rows), columns: createSegmentTable(columnOf, size.columns) };
  run(tables);
  disposeSegmentTable(tables.rows);
  disposeSegmentTable(tables.columns);
};

describe('neighborMax', () => {
  it('has the gradient that central differences say in float64', () => {
    const [values, dy] = [randomValues64(2 * 5 * 3, 1), randomValues64(2 * 4 * 3, 2)];
    const choose = (x: Float64Array) => neighborArgMaxLoops(x, signs, listSegments(rowOf, 4), columnOf, size);
    const loss = (x: Float64Array) => dotProduct(dy, neighborSelectLoops(x, choose(x), columnOf, size));
    expect(relativeError(neighborPlaceLoops(dy, choose(values), columnOf, size), numericGradient(loss, values))).toBeLessThan(1e-8);
  });

  it('is the maximum of gathered rows, or their minimum, for any batch', () => withTables((tables) => {
    const values = tf.tensor(Float32Array.from(randomValues64(2 * 5 * 3, 3)), [2, 1, 5, 3]);
    const whole = { rows: createSegmentTable(rowOf.map((row, e) => (columnOf[e] < 0 ? -1 : row)), 4), columns: tables.columns };
    const gathered = (x: tf.Tensor) => segmentMax(gatherRows(x, whole.columns), whole.rows);
    expect(Array.from(neighborMax(values, tables).dataSync())).toEqual(Array.from(gathered(values).dataSync()));
    const negative = tf.tensor1d([-1, -1, -1]);
    expect(relativeError(neighborMax(values, tables, negative).dataSync(), tf.neg(gathered(tf.neg(values))).dataSync())).toBe(0);
    disposeSegmentTable(whole.rows);
  }));

  it('is differentiable twice, and gives the first of equal ones the gradient', () => withTables((tables) => {
    const squares = (x: tf.Tensor) => probe(tf.square(neighborMax(x, tables)));
    const start = Array.from(randomValues64(15, 4));
    expect(checkGradient(squares, [5, 3], start, 1e-3).relativeError).toBeLessThan(1e-2);
    expect(checkGradient((x) => probe(tf.grad(squares)(x)), [5, 3], start, 1e-3).relativeError).toBeLessThan(1e-2);
    const gradient = tf.grad((x) => tf.sum(neighborMax(x, tables)))(tf.ones([5, 1]));
    expect(Array.from(gradient.dataSync())).toEqual([0, 2, 0, 0, 1]);
  }));

  it('refuses wrong shapes by name, and leaves no tensors behind', () => withTables((tables) => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      expect(() => neighborMax(tf.zeros([4, 3]), tables)).toThrow(/values must have exactly 5 dimensions in axis 0/);
      expect(() => neighborMax(tf.zeros([5, 3]), tables, tf.ones([2]))).toThrow(/signs must have exactly 3 dimensions in axis 0/);
      tf.grad((x) => tf.sum(neighborMax(x, tables)))(tf.ones([5, 3]));
    });
    expect(tf.memory().numTensors).toBe(before);
  }));
});
