import * as tf from '../../tf';

/** A colour, a direction or a point: three numbers, or a tensor [3] (shared) or [B, 3] (one per pose) that may get gradients. */
export type Vector3Like = readonly [number, number, number] | tf.Tensor;

/** Light from everywhere: adds color × albedo. */
export interface AmbientLight { readonly kind: 'ambient'; readonly color: Vector3Like }

/** Light from far away. */
export interface DirectionalLight {
  readonly kind: 'directional';
  /** From the object towards the light, in the camera's frame (x right, y up, z towards the viewer); any length but 0. */
  readonly towards: Vector3Like;
  /** What a white surface facing the light shows. */
  readonly color: Vector3Like;
}

/** A small lamp; its light falls off with the square of the distance. */
export interface PointLight {
  readonly kind: 'point';
  /** In the camera's frame, in the object's units. */
  readonly position: Vector3Like;
  /** What a white surface facing the lamp shows at distance 1. */
  readonly color: Vector3Like;
}

export type Light = AmbientLight | DirectionalLight | PointLight;

/** @returns [1, 3] or [B, 3] */
export function toRows(vector: Vector3Like): tf.Tensor2D {
  if (vector instanceof tf.Tensor) {
    if (vector.rank > 2 || vector.shape[vector.rank - 1] !== 3) {
      throw new Error(`a light's vectors must have shape [3] or [B, 3], but one has shape [${vector.shape.join(', ')}]`);
    }
    return tf.reshape(vector, [-1, 3]);
  }
  return tf.tensor2d([[...vector]]);
}

/** Stacks [1 or B, 3] rows of several lights into [1 or B, L, 3]. */
export function stackRows(rows: readonly tf.Tensor2D[]): tf.Tensor3D {
  if (rows.length === 1) return tf.expandDims(rows[0], 1);
  const batch = Math.max(...rows.map((row) => row.shape[0]));
  return tf.stack(rows.map((row) => (row.shape[0] === batch ? row : tf.tile(row, [batch, 1]))), 1) as tf.Tensor3D;
}
