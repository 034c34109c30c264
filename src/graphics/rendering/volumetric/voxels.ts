import { checkMinimumRank } from '../../shape';
import type * as tf from '../../tf';

/** Checks voxels [*, X, Y, Z, C] and tells which axis of the tensor the projection runs along. */
export function projectionAxis(voxels: tf.Tensor, axis: number): number {
  checkMinimumRank('voxels', voxels, 4);
  if (![0, 1, 2].includes(axis)) throw new Error(`'axis' needs to be 0, 1 or 2, but it is ${axis}`);
  return voxels.rank - 4 + axis;
}
