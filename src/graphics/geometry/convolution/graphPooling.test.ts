import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { checkGradient, probe, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { createNeighborhood, disposeNeighborhood, fromDense, graphPooling, neighborhoodFromTable, utils, type SparseNeighborhood } from '.';

const { pool, unpool, upsampleTransposedConvolution } = graphPooling;
beforeAll(async () => { await tf.setBackend('cpu'); });

const random = createRandom(3);
const normals = (...shape: number[]): tf.Tensor => tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()), shape);
const withMap = (matrix: tf.Tensor, run: (map: SparseNeighborhood) => void) => {
  const map = fromDense(matrix);
  run(map);
  disposeNeighborhood(map);
};
/** Three clusters of two. */
const pairs = () => tf.tensor2d([[0.5, 0.5, 0, 0, 0, 0], [0, 0, 0.25, 0, 0.75, 0], [0, 0, 0, 0.5, 0, 0.5]]);

describe('pool and unpool', () => {
  it('pooling undoes unpooling where each fine vertex has one cluster, for any batch', () => withMap(pairs(), (map) => {
    const coarse = normals(2, 1, 3, 4);
    for (const algorithm of ['max', 'weighted'] as const) {
      const back = pool(unpool(coarse, map, null, { algorithm }), map, null, { algorithm });
      expect(back.shape).toEqual([2, 1, 3, 4]);
      expect(relativeError(back.dataSync(), coarse.dataSync())).toBeLessThan(1e-6);
    }
  }));

  it('weighted unpooling is the mean by the map\'s weights, of none 0', () => withMap(tf.tensor2d([[1, 3, 0], [1, 1, 0]]), (map) => {
    expect(Array.from(unpool(tf.tensor2d([[4], [8]]), map, null, { algorithm: 'weighted' }).dataSync())).toEqual([6, 5, 0]);
    expect(Array.from(unpool(tf.tensor2d([[4], [8]]), map, null).dataSync())).toEqual([8, 8, 0]);
  }));

  it('have the gradients of finite differences, finite where all vertices are equal', () => withMap(pairs(), (map) => {
    for (const algorithm of ['max', 'weighted'] as const) {
      const down = (x: tf.Tensor) => probe(pool(x, map, null, { algorithm }));
      const up = (x: tf.Tensor) => probe(unpool(x, map, null, { algorithm }));
      expect(checkGradient(down, [6, 2], Array.from(normals(6, 2).dataSync()), 1e-3).relativeError).toBeLessThan(1e-2);
      expect(checkGradient(up, [3, 2], Array.from(normals(3, 2).dataSync()), 1e-3).relativeError).toBeLessThan(1e-2);
      expect(tf.grad(down)(tf.ones([6, 2])).dataSync().every(Number.isFinite)).toBe(true);
    }
  }));

  it('refuse wrong input by name', () => withMap(pairs(), (map) => {
    expect(() => pool(tf.zeros([3, 1]), map, null)).toThrow(/data must have exactly 6 dimensions in axis -2, as many as poolMap has columns/);
    expect(() => unpool(tf.zeros([6, 1]), map, null)).toThrow(/data must have exactly 3 dimensions in axis -2, as many as poolMap has rows/);
    expect(() => pool(tf.zeros([2, 6, 1]), map, tf.zeros([3, 2], 'int32'))).toThrow(/Not all batch dimensions are identical/);
    expect(() => pool(tf.zeros([6, 1]), map, null, { algorithm: 'mean' as 'max' })).toThrow(/algorithm must be 'max' or 'weighted'/);
  }));
});

describe('upsampleTransposedConvolution', () => {
  const repeat = (k: number) => (x: tf.Tensor4D) => tf.reshape(tf.stack(Array.from({ length: k }, (_, i) => tf.add(x, 100 * i)), 3), [1, 1, k * x.shape[2], x.shape[3]]);

  it('deals the rows out in order, cuts long rows and averages what is left over', () => withMap(tf.tensor2d([[1, 1, 1, 0, 0], [0, 0, 0, 1, 0]]), (map) => {
    const fine = upsampleTransposedConvolution(tf.tensor2d([[1], [2]]), map, null, 2, repeat(2));
    expect(Array.from(fine.dataSync())).toEqual([1, 101, 0, (2 + 102) / 2, 0]);
    const batch = upsampleTransposedConvolution(tf.tensor3d([[[1], [2]], [[3], [4]]]), map, null, 2, repeat(2));
    expect(Array.from(batch.dataSync())).toEqual([1, 101, 0, 52, 0, 3, 103, 0, 54, 0]);
  }));

  it('has the gradient of finite differences', () => withMap(pairs(), (map) => {
    const f = (x: tf.Tensor) => probe(tf.square(upsampleTransposedConvolution(x, map, null, 2, repeat(2))));
    expect(checkGradient(f, [3, 2], [1, 2, 3, 4, 5, 6], 1e-1).relativeError).toBeLessThan(1e-2);
    expect(() => upsampleTransposedConvolution(tf.ones([3, 1]), map, null, 2, (x) => x)).toThrow(/the result of transposedConvolutionOp/);
  }));
});

describe('batches', () => {
  it('flatten and unflatten are each other\'s inverse, with gradients', () => {
    const data = normals(2, 2, 3, 2);
    const sizes = tf.tensor2d([[1, 3], [0, 2]], [2, 2], 'int32');
    const { flat, unflatten } = utils.flattenBatchTo2d(data, { sizes });
    expect(flat.shape).toEqual([6, 2]);
    const back = unflatten(flat);
    expect(back.shape).toEqual([2, 2, 3, 2]);
    expect(Array.from(utils.flattenBatchTo2d(back, { sizes }).flat.dataSync())).toEqual(Array.from(flat.dataSync()));
    expect(Array.from(utils.unflatten2dToBatch(flat, sizes).dataSync())).toEqual(Array.from(back.dataSync()));
    const gradient = tf.grad((x) => tf.sum(utils.flattenBatchTo2d(x, { sizes }).flat))(data);
    expect(Array.from(tf.sum(gradient, -1).dataSync())).toEqual([2, 0, 0, 2, 2, 2, 0, 0, 0, 2, 2, 0]);
  });

  it('become block diagonals, which convolve alike', () => withMap(tf.tensor3d([[[0.5, 0.5], [0, 0]], [[0, 1], [1, 2]]]), (map) => {
    const sizes = tf.tensor2d([[1, 2], [2, 2]], [2, 2], 'int32');
    const block = utils.convertToBlockDiag2d(map, { sizes });
    expect([block.rowCount, block.columnCount]).toEqual([3, 4]);
    const data = normals(2, 2, 3);
    const apart = utils.flattenBatchTo2d(pool(data, map, null, { algorithm: 'weighted' }), { sizes: tf.tensor1d([1, 2], 'int32') }).flat;
    expect(relativeError(pool(utils.flattenBatchTo2d(data).flat, block, null, { algorithm: 'weighted' }).dataSync(), apart.dataSync())).toBeLessThan(1e-6);
    disposeNeighborhood(block);
    const narrow = tf.tensor2d([[1, 1], [2, 2]], [2, 2], 'int32');
    expect(() => utils.convertToBlockDiag2d(map, { sizes: narrow })).toThrow(/data must have no entries in the padding/);
    disposeNeighborhood(utils.convertToBlockDiag2d(map, { sizes: narrow, validateIndices: true }));
  }));

  it('leave out entries that only fill up', () => {
    const filled = createNeighborhood(neighborhoodFromTable(Int32Array.of(1, 0, 1, 1), 2, { rowCount: 1, columnCount: 2, batch: [2] }), { entryCount: 7 });
    const { rows, columns } = utils.convertToBlockDiag2d(filled);
    expect([...rows.segments.dataSync(), ...columns.segments.dataSync()]).toEqual([0, 0, 1, 1, 1, 0, 3, 3]);
  });

  it('refuse wrong sizes by name', () => {
    expect(() => utils.flattenBatchTo2d(tf.zeros([3, 2]))).toThrow(/data must have a rank of greater than 2/);
    expect(() => utils.flattenBatchTo2d(tf.zeros([2, 3, 2]), { sizes: tf.tensor1d([1, 4], 'int32') })).toThrow(/sizes must lie between 0 and the number of rows, 3/);
    expect(() => utils.unflatten2dToBatch(tf.zeros([3, 2]), tf.tensor1d([1, 1], 'int32'))).toThrow(/data must have exactly 2 dimensions in axis 0/);
  });
});
