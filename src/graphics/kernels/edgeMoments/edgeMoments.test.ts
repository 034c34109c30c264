import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { createSegmentTable, disposeSegmentTable, edgeMoments, gatherRows, type NeighborTables } from '..';
import { randomValues64 } from '../testing/float64';

beforeAll(async () => { await tf.setBackend('cpu'); });

// Row 1 is empty, and row 0 sees column 1 twice.
const [rowOf, columnOf] = [Int32Array.of(2, 0, 0, 3, 2, 3, 0), Int32Array.of(1, 1, 0, 4, 3, 2, 1)];
const withTables = (run: (tables: NeighborTables) => void) => {
  const tables = { rows: createSegmentTable(rowOf, 4), columns: createSegmentTable(columnOf, 5) };
  run(tables);
  disposeSegmentTable(tables.rows);
  disposeSegmentTable(tables.columns);
};
const random = (shape: number[], seed: number): tf.Tensor => tf.tensor(Float32Array.from(randomValues64(tf.util.sizeFromShape(shape), seed)), shape);

describe('edgeMoments', () => {
  it('are those of the gathered sums, with their gradients', () => withTables((tables) => {
    const [own, other] = [random([2, 4, 3], 1), random([2, 5, 3], 2)];
    const stock = (a: tf.Tensor, b: tf.Tensor) => {
      const { mean, variance } = tf.moments(tf.reshape(tf.add(gatherRows(a, tables.rows), gatherRows(b, tables.columns)), [14, 3]), 0);
      return tf.stack([mean, variance]);
    };
    const ours = (a: tf.Tensor, b: tf.Tensor) => {
      const { mean, variance } = edgeMoments(a as tf.Tensor3D, b as tf.Tensor3D, tables);
      return tf.stack([mean, variance]);
    };
    expect(relativeError(ours(own, other).dataSync(), stock(own, other).dataSync())).toBeLessThan(1e-6);
    const [mine, theirs] = [ours, stock].map((f) => tf.grads((a, b) => probe(tf.square(f(a, b))))([own, other]));
    mine.forEach((gradient, i) => expect(relativeError(gradient.dataSync(), theirs[i].dataSync())).toBeLessThan(1e-5));
    expect(checkGradient((x) => probe(ours(x, other)), [2, 4, 3], Array.from(own.dataSync())).relativeError).toBeLessThan(1e-2);
  }));

  it('do not count entries that only fill up', () => withTables((tables) => {
    const fill = (list: Int32Array, count: number) => createSegmentTable(Int32Array.of(...list, -1, -1), count);
    const filled = { rows: fill(rowOf, 4), columns: fill(columnOf, 5) };
    const [own, other] = [random([2, 4, 3], 1), random([2, 5, 3], 2)] as [tf.Tensor3D, tf.Tensor3D];
    const all = (given: NeighborTables): number[] => {
      const moments = (a: tf.Tensor3D, b: tf.Tensor3D) => tf.stack(Object.values(edgeMoments(a, b, given)) as tf.Tensor[]);
      const gradients = tf.grads((a, b) => probe(moments(a as tf.Tensor3D, b as tf.Tensor3D)))([own, other]);
      return [moments(own, other), ...gradients].flatMap((t) => [...t.dataSync()]);
    };
    expect(all(filled)).toEqual(all(tables));
    disposeSegmentTable(filled.rows);
    disposeSegmentTable(filled.columns);
  }));

  it('of equal edges are they and 0, with finite gradients', () => withTables((tables) => {
    const f = (x: tf.Tensor) => edgeMoments(x as tf.Tensor3D, tf.fill([1, 5, 1], 7), tables);
    expect(f(tf.fill([1, 4, 1], 3)).mean.dataSync()[0]).toBe(10);
    expect(f(tf.fill([1, 4, 1], 3)).variance.dataSync()[0]).toBe(0);
    expect(tf.grad((x) => tf.sum(f(x).variance))(tf.ones([1, 4, 1])).dataSync().every(Number.isFinite)).toBe(true);
  }));

  it('refuse wrong shapes by name, and leave no tensors behind', () => withTables((tables) => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      expect(() => edgeMoments(tf.zeros([1, 3, 2]), tf.zeros([1, 5, 2]), tables)).toThrow(/own must have exactly 4 dimensions in axis 1/);
      expect(() => edgeMoments(tf.zeros([1, 4, 2]), tf.zeros([1, 5, 3]), tables)).toThrow(/other must have exactly 2 dimensions in axis 2/);
      const partial = { ...tables, rows: createSegmentTable(Int32Array.of(0, -1, 0, 0, 0, 0, 0), 4) };
      expect(() => edgeMoments(tf.zeros([1, 4, 2]), tf.zeros([1, 5, 2]), partial)).toThrow(/every entry of tables must have a row and a column/);
      disposeSegmentTable(partial.rows);
      tf.grad((x) => tf.sum(edgeMoments(x as tf.Tensor3D, tf.ones([1, 5, 2]), tables).variance))(tf.ones([1, 4, 2]));
    });
    expect(tf.memory().numTensors).toBe(before);
  }));
});
