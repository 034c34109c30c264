import { asFloat } from '../../asFloat';
import { assertInRange } from '../../assertions';
import { untaped } from '../../kernels/untaped';
import { broadcastBatches, checkAxis, checkMinimumRank, checkSameBatches } from '../../shape';
import * as tf from '../../tf';
import { indicator, minDenominator } from '../safe';
import { safeSignedDiv } from '../safeOps';
import { blendRows } from '../lookUpRows';

/**
 * Weighted sums of points that are picked by their indices: Σ_p w_p · points[index_p]. Differentiable in the points and the weights. The
 * gradient to the points reads the indices back, which waits for the device.
 * @param points [B1, …, Bk, M]: a grid of points of dimension M, up to 2²⁴ of them.
 * @param weights [A1, …, An, P], at least 0 unless negative ones are allowed.
 * @param indices [A1, …, An, P, k] int32: a place in the grid for each weight.
 * @param options.normalize divides by the sum of the weights; where that is 0 the result is 0, with a gradient of 0.
 * @param options.allowNegativeWeights leaves their sign unchecked.
 * @returns [A1, …, An, M]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // A quarter of the first point, a quarter of the second, half of the third.
 * const points = tf.tensor2d([[0, 0], [4, 0], [0, 8]]);
 * math.interpolation.weighted.interpolate(points, tf.tensor1d([1, 1, 2]), tf.tensor2d([[0], [1], [2]], [3, 1], 'int32')); // → [1, 4]
 * ```
 */
export function interpolate(
  points: tf.Tensor, weights: tf.Tensor, indices: tf.Tensor, { normalize = true, allowNegativeWeights = false } = {},
): tf.Tensor {
  checkMinimumRank('points', points, 2);
  checkMinimumRank('weights', weights, 1);
  checkMinimumRank('indices', indices, 2);
  const grid = points.shape.slice(0, -1);
  checkAxis('indices', indices, -1, grid.length);
  checkAxis('indices', indices, -2, weights.shape[weights.rank - 1]);
  const batch = checkSameBatches(['weights', weights, 1], ['indices', indices, 2]);
  return tf.tidy(() => {
    if (!allowNegativeWeights) assertInRange('weights', weights, 0, Infinity);
    const terms = weights.shape[weights.rank - 1];
    const given = tf.reshape(asFloat(weights), [-1, terms]);
    const used = normalize ? shares(given) : given;
    const places = untaped(() => tf.tidy(() => {
      const strides = grid.map((_, axis) => tf.util.sizeFromShape(grid.slice(axis + 1)));
      const flat = tf.sum(tf.mul(asFloat(indices), tf.tensor1d(strides)), -1);
      return tf.cast(tf.transpose(tf.reshape(flat, [-1, terms])), 'int32');
    }));
    const rows = tf.reshape(asFloat(points), [-1, points.shape[points.rank - 1]]) as tf.Tensor2D;
    return tf.reshape(blendRows(rows, places as tf.Tensor2D, tf.transpose(used) as tf.Tensor2D), [...batch, points.shape[points.rank - 1]]);
  });
}

/** Weights that sum to 1 along the last axis, and 0 where they sum to nothing. */
function shares(weights: tf.Tensor): tf.Tensor {
  const sum = tf.sum(weights, -1, true);
  const some = indicator(() => tf.greater(tf.abs(sum), minDenominator()));
  return tf.div(tf.mul(weights, some), tf.add(tf.mul(sum, some), tf.sub(1, some)));
}

export interface BarycentricCoordinates {
  /** [*, N, 3], summing to 1; 0 for triangles without area. */
  readonly barycentricCoordinates: tf.Tensor;
  /** bool [*, N]: inside the triangle or on its border. */
  readonly valid: tf.Tensor;
}

/**
 * Barycentric coordinates of pixels in triangles of the plane, of either winding.
 * @param triangleVertices [*, 3, 2]
 * @param pixels [*, N, 2]
 * @returns coordinates and which pixels lie inside.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const triangle = tf.tensor2d([[0, 0], [4, 0], [0, 4]]);
 * const { barycentricCoordinates, valid } = math.interpolation.weighted.getBarycentricCoordinates(triangle, tf.tensor2d([[1, 1], [4, 4]]));
 * barycentricCoordinates; // → [[0.5, 0.25, 0.25], [-1, 1, 1]]
 * valid; // → [1, 0]
 * ```
 */
export function getBarycentricCoordinates(triangleVertices: tf.Tensor, pixels: tf.Tensor): BarycentricCoordinates {
  checkMinimumRank('triangleVertices', triangleVertices, 2);
  checkAxis('triangleVertices', triangleVertices, -1, 2);
  checkAxis('triangleVertices', triangleVertices, -2, 3);
  checkMinimumRank('pixels', pixels, 2);
  checkAxis('pixels', pixels, -1, 2);
  broadcastBatches(['triangleVertices', triangleVertices, 2], ['pixels', pixels, 2]);
  return tf.tidy(() => {
    const vertices = tf.split(asFloat(triangleVertices), 3, -2);
    const points = asFloat(pixels);
    const coordinates = (vector: tf.Tensor) => tf.split(vector, 2, -1);
    const area = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => {
      const [[ux, uy], [vx, vy]] = [coordinates(tf.sub(b, a)), coordinates(tf.sub(c, a))];
      return tf.sub(tf.mul(ux, vy), tf.mul(uy, vx));
    };
    const whole = area(vertices[0], vertices[1], vertices[2]);
    const parts = [area(points, vertices[1], vertices[2]), area(points, vertices[2], vertices[0]), area(points, vertices[0], vertices[1])];
    const solid = indicator(() => tf.greater(tf.abs(whole), minDenominator()));
    const barycentricCoordinates = tf.concat(parts.map((part) => safeSignedDiv(tf.mul(solid, part), whole)), -1);
    const inside = untaped(() => tf.tidy(() => tf.all(tf.greaterEqual(barycentricCoordinates, 0), -1)));
    const valid = untaped(() => tf.tidy(() => tf.logicalAnd(inside, tf.cast(tf.squeeze(solid, [-1 + solid.rank]), 'bool'))));
    return { barycentricCoordinates, valid };
  });
}
