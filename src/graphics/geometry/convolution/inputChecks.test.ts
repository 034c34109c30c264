import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../tf';
import { fromDense, transpose } from '.';
import { checkValidGraphConvolutionInput, checkValidGraphPoolingInput, checkValidGraphUnpoolingInput } from './utils';

beforeAll(() => tf.setBackend('cpu'));

const square = () => fromDense(tf.eye(3));
/** From three vertices to two. */
const wide = () => fromDense(tf.tensor2d([[1, 1, 0], [0, 0, 1]]));

describe('the checks of graph inputs', () => {
  it('let right ones pass, in batches too', () => {
    expect(() => {
      checkValidGraphConvolutionInput(tf.ones([3, 2]), square(), null);
      checkValidGraphConvolutionInput(tf.ones([5, 3, 2]), square(), tf.ones([5], 'int32'));
      checkValidGraphPoolingInput(tf.ones([5, 3, 2]), wide(), tf.ones([5, 2], 'int32'));
      checkValidGraphUnpoolingInput(tf.ones([2, 4]), wide(), null);
    }).not.toThrow();
  });

  it.each([
    ['checkValidGraphConvolutionInput', checkValidGraphConvolutionInput, 3, square], ['checkValidGraphPoolingInput', checkValidGraphPoolingInput, 3, wide],
    ['checkValidGraphUnpoolingInput', checkValidGraphUnpoolingInput, 2, wide],
  ] as const)('%s refuses types, ranks, counts and sizes by name', (_, check, count, graph) => {
    expect(() => check(tf.ones([count, 2], 'int32'), graph(), null)).toThrow(/data must have a float type/);
    expect(() => check(tf.ones([count]), graph(), null)).toThrow(/data must have a rank of greater than 1/);
    expect(() => check(tf.ones([count + 2, 2]), graph(), null)).toThrow(/data must have exactly/);
    expect(() => check(tf.ones([2, count, 2]), graph(), tf.ones([2]))).toThrow(/sizes must have an integer type/);
    expect(() => check(tf.ones([2, count, 2]), graph(), tf.ones([5, 2], 'int32'))).toThrow(/sizes/);
  });

  it('refuse neighbours that are not square', () => {
    expect(() => checkValidGraphConvolutionInput(tf.ones([3, 2]), wide(), null)).toThrow(/neighbors must be square/);
  });
});

it('transpose turns a map over, and twice is as it was', () => {
  const map = wide();
  const turned = transpose(map);
  expect([turned.rowCount, turned.columnCount]).toEqual([3, 2]);
  const again = transpose(turned);
  expect([again.rowCount, again.columnCount]).toEqual([2, 3]);
  expect(Array.from(again.rows.segments.dataSync())).toEqual(Array.from(map.rows.segments.dataSync()));
  expect(Array.from(again.columns.segments.dataSync())).toEqual(Array.from(map.columns.segments.dataSync()));
});
