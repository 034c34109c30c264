import { beforeAll, describe, expect, it } from 'vitest';
import { listSegments } from '../../../scene/segments';
import { checkGradient, numericGradient, probe, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { createSegmentTable, disposeSegmentTable, neighborProducts, neighborSum, type NeighborTables } from '..';
import { dotProduct, randomValues64 } from '../testing/float64';
import { neighborSumLoops, neighborSumProducts, neighborSumValuesLoops, neighborSumValuesProducts, neighborSumWeightsLoops } from './neighborSum.cpu';

beforeAll(async () => { await tf.setBackend('cpu'); });

const rowOf = Int32Array.of(2, 0, 0, 3, 2, 3, -1);
const columnOf = Int32Array.of(1, 1, 0, 4, -1, 2, 0);
const size = { batch: 2, channels: 3, entries: 7, heads: 2, rows: 4, columns: 5 };

const withTables = (run: (tables: NeighborTables) => void) => {
  const tables = { rows: createSegmentTable(rowOf, size.rows), columns: createSegmentTable(columnOf, size.columns) };
  run(tables);
  disposeSegmentTable(tables.rows);
  disposeSegmentTable(tables.columns);
};

describe('neighborSum', () => {
  it('has the gradients that central differences say in float64', () => {
    const [values, weights] = [randomValues64(2 * 5 * 3, 1), randomValues64(2 * 7 * 2, 2)];
    const dy = randomValues64(2 * 4 * 6, 3);
    const [rows, columns] = [listSegments(rowOf, 4), listSegments(columnOf, 5)];
    const loss = (x: Float64Array, q: Float64Array) => dotProduct(dy, neighborSumLoops(x, q, rows, columnOf, size));
    expect(relativeError(neighborSumValuesLoops(dy, weights, columns, rowOf, size), numericGradient((x) => loss(x, weights), values))).toBeLessThan(1e-8);
    expect(relativeError(neighborSumWeightsLoops(dy, values, rowOf, columnOf, size), numericGradient((q) => loss(values, q), weights))).toBeLessThan(1e-8);
  });

  it.each([[4, 8], [6, 11], [15, 64]])('by vector instructions is what the loops say, for %i weights and %i channels', (heads, channels) => {
    const wide = { ...size, heads, channels };
    const [values, weights] = [randomValues64(2 * 5 * channels, 1), randomValues64(2 * 7 * heads, 2)];
    const rows = listSegments(rowOf, 4);
    const sums = neighborSumProducts(Float32Array.from(values), Float32Array.from(weights), rows, columnOf, wide)!;
    expect(relativeError(sums, neighborSumLoops(values, weights, rows, columnOf, wide))).toBeLessThan(1e-6);
    expect(neighborSumProducts(Float32Array.from(values), Float32Array.from(weights), rows, columnOf, { ...wide, heads: 2 })).toBeUndefined();
    const dy = randomValues64(2 * 4 * heads * channels, 3);
    const gradient = neighborSumValuesProducts(Float32Array.from(dy), Float32Array.from(weights), rows, columnOf, wide)!;
    expect(relativeError(gradient, neighborSumValuesLoops(dy, weights, listSegments(columnOf, 5), rowOf, wide))).toBeLessThan(1e-6);
  });

  it('is a sparse matrix times a dense one, for any batch', () => withTables((tables) => {
    const dense = tf.tensor2d([3, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 6, 0, 4], [4, 5]);
    const values = tf.tensor(Float32Array.from(randomValues64(2 * 5 * 3, 1)), [2, 1, 5, 3]);
    const sums = neighborSum(values, tf.tensor2d([1, 2, 3, 4, 5, 6, 7], [7, 1]), tables);
    expect(sums.shape).toEqual([2, 1, 4, 3]);
    expect(relativeError(sums.dataSync(), tf.matMul(tf.tile(tf.reshape(dense, [1, 1, 4, 5]), [2, 1, 1, 1]), values).dataSync())).toBeLessThan(1e-6);
  }));

  it('its entries\' products are those of the gathered rows', () => withTables((tables) => {
    const [a, b] = [randomValues64(2 * 4 * 3, 5), randomValues64(2 * 5 * 3, 6)].map((values) => Float32Array.from(values));
    const products = neighborProducts(tf.tensor3d(a, [2, 4, 3]), tf.tensor3d(b, [2, 5, 3]), tables);
    const expected = [0, 1].flatMap((m) => Array.from(rowOf, (row, e) => (row < 0 || columnOf[e] < 0 ? 0
      : [0, 1, 2].reduce((sum, c) => sum + a[(m * 4 + row) * 3 + c] * b[(m * 5 + columnOf[e]) * 3 + c], 0))));
    expect(products.shape).toEqual([2, 7]);
    expect(relativeError(products.dataSync(), expected)).toBeLessThan(1e-6);
    expect(() => neighborProducts(tf.zeros([4, 3]), tf.zeros([5, 2]), tables)).toThrow(/columnValues must have exactly 3 dimensions in axis 1/);
  }));

  it('is differentiable twice in both', () => withTables((tables) => {
    const start = Array.from(randomValues64(5 * 3 + 7 * 2, 8));
    const cubes = (x: tf.Tensor) => {
      const [values, weights] = tf.split(x, [15, 14]);
      return probe(tf.pow(neighborSum(tf.reshape(values, [5, 3]), tf.reshape(weights, [7, 2]), tables), 3));
    };
    expect(checkGradient(cubes, [29], start).relativeError).toBeLessThan(1e-2);
    expect(checkGradient((x) => probe(tf.grad(cubes)(x)), [29], start).relativeError).toBeLessThan(1e-2);
  }));

  it('refuses wrong shapes by name', () => withTables((tables) => {
    expect(() => neighborSum(tf.zeros([4, 3]), tf.zeros([7, 2]), tables)).toThrow(/values must have exactly 5 dimensions in axis 0/);
    expect(() => neighborSum(tf.zeros([5, 3]), tf.zeros([6, 2]), tables)).toThrow(/weights must have exactly 7 dimensions in axis 0/);
  }));
});
