import { asFloat } from '../../asFloat';
import { untaped } from '../../kernels/untaped';
import { checkMinimumRank, checkLastAxis, checkSameBatches } from '../../shape';
import * as tf from '../../tf';
import { besideOnAxis, blendRows } from '../lookUpRows';

/**
 * Trilinear interpolation in a grid of voxels, whose centres lie at whole numbers. Differentiable in the grid and the points; beyond the
 * grid its border continues. The gradient to the grid reads back where the points lie, which waits for the device.
 * @param grid3d [A1, …, An, H, W, D, C], up to 2²⁴ voxels.
 * @param samplingPoints [A1, …, An, M, 3]: coordinates along H, W and D, in voxels.
 * @returns [A1, …, An, M, C]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // Two voxels along H, with the values 0 and 10.
 * const grid = tf.tensor([0, 10], [2, 1, 1, 1]);
 * math.interpolation.trilinear.interpolate(grid, tf.tensor2d([[0.25, 0, 0], [7, 0, 0]])); // → [[2.5], [10]]
 * ```
 */
export function interpolate(grid3d: tf.Tensor, samplingPoints: tf.Tensor): tf.Tensor {
  checkMinimumRank('grid3d', grid3d, 4);
  checkMinimumRank('samplingPoints', samplingPoints, 2);
  checkLastAxis('samplingPoints', samplingPoints, 3);
  const batch = checkSameBatches(['grid3d', grid3d, 4], ['samplingPoints', samplingPoints, 2]);
  const [height, width, depth, channels] = grid3d.shape.slice(-4);
  const points = samplingPoints.shape[samplingPoints.rank - 2];
  return tf.tidy(() => {
    const grids = tf.util.sizeFromShape(batch);
    const voxels = tf.reshape(asFloat(grid3d), [-1, channels]) as tf.Tensor2D;
    const [x, y, z] = tf.unstack(tf.reshape(asFloat(samplingPoints), [-1, 3]), 1);
    const [rows, columns, layers] = [besideOnAxis(x, height), besideOnAxis(y, width), besideOnAxis(z, depth)];
    const gridStart = untaped(() => tf.tidy(() => tf.reshape(tf.mul(tf.expandDims(tf.range(0, grids), 1), tf.fill([1, points], height * width * depth)), [-1])));
    const corners = rows.flatMap((row) => columns.flatMap((column) => layers.map((layer) => ({
      index: untaped(() => tf.tidy(() => tf.add(gridStart, tf.add(tf.mul(tf.add(tf.mul(row.index, width), column.index), depth), layer.index)))),
      weight: tf.mul(tf.mul(row.weight, column.weight), layer.weight),
    }))));
    const indices = untaped(() => tf.cast(tf.stack(corners.map(({ index }) => index)), 'int32')) as tf.Tensor2D;
    const weights = tf.stack(corners.map(({ weight }) => weight)) as tf.Tensor2D;
    return tf.reshape(blendRows(voxels, indices, weights), [...batch, points, channels]);
  });
}
