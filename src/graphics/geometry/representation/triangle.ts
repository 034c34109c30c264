import { asFloat } from '../../asFloat';
import { safeLength } from '../../math/safe';
import { cross, normalize as normalizeVector } from '../../math/vector';
import { broadcastBatches, checkLastAxis } from '../../shape';
import * as tf from '../../tf';

/** (v1 − v0) × (v2 − v0): along the right-handed normal, twice the area long. */
function areaVector(v0: tf.Tensor, v1: tf.Tensor, v2: tf.Tensor): tf.Tensor {
  const corners = Object.entries({ v0, v1, v2 });
  corners.forEach(([name, corner]) => checkLastAxis(name, corner, 3));
  broadcastBatches(...corners.map(([name, corner]) => [name, corner, 1] as const));
  const [origin, a, b] = [v0, v1, v2].map(asFloat);
  return cross(tf.sub(a, origin), tf.sub(b, origin));
}

/**
 * Normals of triangles. Differentiable; a triangle without area has a zero normal and a finite gradient.
 *
 * @param v0 [*, 3]
 * @param v1 [*, 3]
 * @param v2 [*, 3]
 * @param options.clockwise true gives the right-handed normal, (v1 − v0) × (v2 − v0), towards a viewer who sees the corners
 *   counter-clockwise, and false its opposite: as in TensorFlow Graphics, whose default is false here and true for the mesh's normals.
 *   Here it is true for both, so that a triangle and a mesh of it have the same normal.
 * @param options.normalize unit length; else twice the triangle's area.
 * @returns [*, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [v0, v1, v2] = [tf.tensor1d([0, 0, 0]), tf.tensor1d([2, 0, 0]), tf.tensor1d([0, 2, 0])];
 * geometry.representation.triangle.normal(v0, v1, v2); // → [0, 0, 1]
 * geometry.representation.triangle.normal(v0, v1, v2, { clockwise: false, normalize: false }); // → [0, 0, -4]
 * ```
 */
export function normal(v0: tf.Tensor, v1: tf.Tensor, v2: tf.Tensor, { clockwise = true, normalize = true } = {}): tf.Tensor {
  return tf.tidy(() => {
    const righthanded = areaVector(v0, v1, v2);
    const facing = clockwise ? righthanded : tf.neg(righthanded);
    return normalize ? normalizeVector(facing) : facing;
  });
}

/**
 * Areas of triangles. Differentiable; the gradient is 0 where the area is.
 *
 * @param v0 [*, 3]
 * @param v1 [*, 3]
 * @param v2 [*, 3]
 * @returns [*, 1]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [v0, v1, v2] = [tf.tensor1d([0, 0, 0]), tf.tensor1d([2, 0, 0]), tf.tensor1d([0, 2, 0])];
 * geometry.representation.triangle.area(v0, v1, v2); // → [2]
 * ```
 */
export const area = (v0: tf.Tensor, v1: tf.Tensor, v2: tf.Tensor): tf.Tensor => tf.tidy(() => tf.div(safeLength(areaVector(v0, v1, v2)), 2));
