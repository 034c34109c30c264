import { asFloat } from '../../asFloat';
import { checkMinimumRank } from '../../shape';
import * as tf from '../../tf';

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** The axis of `rays` along which the light goes. */
export const ALONG = 1;

/** Voxels as rays. At rank 4: WebGL lacks several operations, and gradients of others, at higher ranks. */
export interface VoxelRays {
  /** [before, N, after, C]: N voxels along the axis of projection. */
  readonly rays: tf.Tensor4D;
  /** Gives an image [before, after, C'] its shape: that of the voxels without the axis. */
  readonly toImage: (pixels: tf.Tensor) => tf.Tensor;
}

/**
 * @param voxels [*, X, Y, Z, C]
 * @param axis of projection: 0, 1 or 2.
 * @throws Error that names the argument and shape.
 */
export function voxelRays(voxels: tf.Tensor, axis: number): VoxelRays {
  checkMinimumRank('voxels', voxels, 4);
  if (![0, 1, 2].includes(axis)) throw new Error(`'axis' needs to be 0, 1 or 2, but it is ${axis}`);
  const place = voxels.rank - 4 + axis;
  const [before, after] = [voxels.shape.slice(0, place), voxels.shape.slice(place + 1, -1)];
  return {
    rays: tf.reshape(asFloat(voxels), [sizeOf(before), voxels.shape[place], sizeOf(after), voxels.shape[voxels.rank - 1]]),
    toImage: (pixels) => tf.reshape(pixels, [...before, ...after, pixels.shape[2]!]),
  };
}
