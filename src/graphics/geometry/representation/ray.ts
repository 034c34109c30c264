import { asFloat } from '../../asFloat';
import { assertEvery, assertNormalized } from '../../assertions';
import { indicator } from '../../math/safe';
import { dot, normalize } from '../../math/vector';
import { byPrecision } from '../../math/precision';
import { broadcastBatches, checkLastAxis, checkMatrix, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';
import { sharesOf } from '../sharesOf';
import { solveSymmetric3 } from '../solveSymmetric3';

export { sample1d, sampleInverseTransformStratified1d, sampleStratified1d } from './raySamples';

/** Determinant of the mean of (I − d dᵀ) below which rays count as parallel: they differ by less than about a hundredth of a degree. */
const parallel = (): number => byPrecision(1e-7, 2 ** -8);

/**
 * The points nearest to several rays each, in the weighted least-squares sense: Σ (w ‖(I − d dᵀ)(p − start)‖)² is least. Differentiable.
 * A ray whose two points are one counts as a point. Where all rays are parallel, no point is nearest; the weighted mean of the starts is
 * given instead.
 *
 * @param startpoints [*, V, 3]
 * @param endpoints [*, V, 3]
 * @param weights [*, V], not negative; where all are 0, all rays count alike.
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // The lines y = 2 and x = 1 of the plane z = 0.
 * const starts = tf.tensor2d([[0, 2, 0], [1, 0, 0]]);
 * const ends = tf.tensor2d([[5, 2, 0], [1, 5, 0]]);
 * geometry.representation.ray.triangulate(starts, ends, tf.tensor1d([1, 1])); // → [1, 2, 0]
 * ```
 */
export function triangulate(startpoints: tf.Tensor, endpoints: tf.Tensor, weights: tf.Tensor): tf.Tensor {
  checkMinimumRank('startpoints', startpoints, 2);
  const rays = startpoints.shape[startpoints.rank - 2];
  checkMatrix('startpoints', startpoints, rays, 3);
  checkMatrix('endpoints', endpoints, rays, 3);
  checkLastAxis('weights', weights, rays);
  broadcastBatches(['startpoints', startpoints, 2], ['endpoints', endpoints, 2], ['weights', weights, 1]);
  assertEvery('weights', weights, 'be at least 0', (weight) => weight >= 0);
  return tf.tidy(() => {
    const start = asFloat(startpoints);
    const direction = normalize(tf.sub(asFloat(endpoints), start));
    const squared = tf.square(tf.expandDims(asFloat(weights), -1));
    // Shares that sum to 1, so that the determinant below is comparable.
    const share = sharesOf(squared);
    const centre = tf.sum(tf.mul(share, start), -2, true);
    const offset = tf.sub(start, centre);
    const across = tf.sub(offset, tf.mul(direction, dot(direction, offset)));
    const [x, y, z] = tf.split(direction, 3, -1);
    const entry = (a: tf.Tensor, b: tf.Tensor, one: number) => tf.sum(tf.mul(share, tf.sub(one, tf.mul(a, b))), -2);
    const a = { xx: entry(x, x, 1), yy: entry(y, y, 1), zz: entry(z, z, 1), xy: entry(x, y, 0), xz: entry(x, z, 0), yz: entry(y, z, 0) };
    const solution = solveSymmetric3(a, tf.sum(tf.mul(share, across), -2), parallel());
    return tf.add(tf.squeeze(centre, [centre.rank - 2]), solution);
  });
}

/**
 * Both places where lines cross spheres. Differentiable in everything; finite with its gradient at tangents and misses.
 *
 * @param sphereCenter [*, 3]
 * @param sphereRadius [*, 1], above 0.
 * @param ray [*, 3], unit length.
 * @param pointOnRay [*, 3]
 * @returns points [2, *, 3]: the first and the second place; where a line misses, both are its place nearest to the centre;
 *   normals [2, *, 3]: unit vectors to them from the centre;
 *   hits, bool [*, 1]: whether the line meets the sphere. TensorFlow Graphics gives NaN where it does not.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [center, radius] = [tf.tensor1d([0, 0, 0]), tf.tensor1d([1])];
 * const { points, hits } = geometry.representation.ray.intersectionRaySphere(center, radius, tf.tensor1d([0, 0, 1]), tf.tensor1d([0, 0, -3]));
 * points; // → [[0, 0, -1], [0, 0, 1]]
 * hits; // → [1]
 * ```
 */
export function intersectionRaySphere(
  sphereCenter: tf.Tensor, sphereRadius: tf.Tensor, ray: tf.Tensor, pointOnRay: tf.Tensor,
): { points: tf.Tensor; normals: tf.Tensor; hits: tf.Tensor } {
  checkLastAxis('sphereCenter', sphereCenter, 3);
  checkLastAxis('sphereRadius', sphereRadius, 1);
  checkLastAxis('ray', ray, 3);
  checkLastAxis('pointOnRay', pointOnRay, 3);
  broadcastBatches(['sphereCenter', sphereCenter, 1], ['sphereRadius', sphereRadius, 1], ['ray', ray, 1], ['pointOnRay', pointOnRay, 1]);
  assertNormalized('ray', ray);
  assertEvery('sphereRadius', sphereRadius, 'be above 0', (radius) => radius > 0);
  return tf.tidy(() => {
    const [center, radius, direction, origin] = [sphereCenter, sphereRadius, ray, pointOnRay].map(asFloat);
    const offset = tf.sub(origin, center);
    const nearest = tf.neg(dot(direction, offset));
    const discriminant = tf.add(tf.sub(tf.square(nearest), dot(offset, offset)), tf.square(radius));
    const crosses = indicator(() => tf.greater(discriminant, 0));
    const half = tf.mul(crosses, tf.sqrt(tf.add(tf.mul(crosses, discriminant), tf.sub(1, crosses))));
    const points = tf.stack([tf.sub(nearest, half), tf.add(nearest, half)].map((distance) => tf.add(origin, tf.mul(direction, distance))));
    return { points, normals: normalize(tf.sub(points, center)), hits: tf.greaterEqual(discriminant, 0) };
  });
}
