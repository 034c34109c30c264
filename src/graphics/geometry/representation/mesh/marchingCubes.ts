import { findLevelSet } from '../../../../scene/levelSet';
import { checkPlacement, NEAREST_SHARE, SMALLEST_DIFFERENCE, type MarchingCubesOptions } from '../../../../scene/marchingCubes';
import { asFloat } from '../../../asFloat';
import { untaped } from '../../../kernels/untaped';
import { lookUpRows } from '../../../math/lookUpRows';
import { checkShape } from '../../../shape';
import * as tf from '../../../tf';

/**
 * The surface on which a grid of values has a level, by marching cubes: the mesh of `scene/marchingCubes`, with vertices that are
 * differentiable in the values. Which edges are crossed, and how the crossings are joined, is a constant to gradients, for which the values are read
 * back (that waits for the device); along
 * its edge a vertex lies at (inner − level) / (inner − outer). The gradient is 0 for vertices held near an end of their edge, because the
 * value there is the level, and for those on a cap. There are no batch axes: every grid has its own number of vertices.
 *
 * @param values [N0, N1, N2], up to 2²⁴; coordinate 0 runs along axis 0, as in `grid.generate` and `trilinear.interpolate`.
 * @param level of the surface.
 * @param options.inside what the surface encloses, and faces point away from: 'high', values of at least the level, or 'low', of at most it
 *   (signed distances).
 * @param options.cap whether the surface is closed at the grid's border; false.
 * @param options.origin where the first value lies; [0, 0, 0].
 * @param options.spacing distances between values along the axes, above 0; [1, 1, 1].
 * @returns vertices [V, 3], faces [F, 3] int32, counter-clockwise seen from outside; neither has rows where the level is not met.
 * @throws Error that names the argument, axis and shape. SceneError 'malformed', 'too-large', 'not-finite'.
 * Source: Lorensen and Cline 1987, "Marching cubes".
 * @example
 * ```ts
 * // One value of 3 among zeros: a surface around it, 2/3 of the way to its neighbours.
 * const values = tf.pad(tf.fill([1, 1, 1], 3), [[1, 1], [1, 1], [1, 1]]);
 * const { vertices, faces } = geometry.representation.mesh.marchingCubes(values, 1);
 * faces.shape; // → [8, 3]
 * tf.norm(tf.sub(vertices, 1), 2, -1); // → [0.666667, 0.666667, 0.666667, 0.666667, 0.666667, 0.666667]
 * ```
 */
export function marchingCubes(
  values: tf.Tensor, level = 0, options: Omit<MarchingCubesOptions, 'name'> = {},
): { vertices: tf.Tensor2D; faces: tf.Tensor2D } {
  checkShape('values', values, [null, null, null]);
  const { origin, spacing } = checkPlacement(options);
  const [rows, columns, layers] = values.shape;
  const { inner, outer, starts, steps, faces } = findLevelSet(values.dataSync(), [rows, columns, layers], level, options);
  const count = inner.length;
  return tf.tidy(() => {
    const faceRows = tf.tensor2d(Int32Array.from(faces), [faces.length / 3, 3], 'int32');
    const column = tf.reshape(asFloat(values), [-1, 1]) as tf.Tensor2D;
    // A part of the values, so that gradients pass (as 0) through a surface that has vanished.
    if (count === 0) return { vertices: tf.reshape(tf.slice(column, [0, 0], [0, 1]), [0, 3]), faces: faceRows };
    const ends = lookUpRows(column, tf.concat([tf.tensor1d(inner, 'int32'), tf.tensor1d(outer, 'int32')]));
    const shares = sharesOfEdges(tf.slice(ends, [0, 0], [count, 1]), tf.slice(ends, [count, 0], [count, 1]), level);
    const places = tf.add(tf.tensor2d(starts, [count, 3]), tf.mul(shares, tf.tensor2d(steps, [count, 3])));
    return { vertices: tf.add(tf.tensor1d([...origin]), tf.mul(tf.tensor1d([...spacing]), places)), faces: faceRows };
  });
}

/** Where on its edge the level lies, from the inner end. */
function sharesOfEdges(inner: tf.Tensor, outer: tf.Tensor, level: number): tf.Tensor {
  const difference = tf.sub(inner, outer);
  const isFlat = untaped(() => tf.tidy(() => tf.less(tf.abs(difference), SMALLEST_DIFFERENCE)));
  // The branch is chosen before the division: its gradient would not be finite otherwise.
  const share = tf.div(tf.sub(inner, level), tf.where(isFlat, tf.onesLike(difference), difference));
  return tf.clipByValue(tf.where(isFlat, tf.fill(share.shape, NEAREST_SHARE), share), NEAREST_SHARE, 1 - NEAREST_SHARE);
}
