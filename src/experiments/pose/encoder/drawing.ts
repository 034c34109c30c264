import { antialias, interpolate, rasterize } from '../../../graphics/kernels';
import { broadcastMatMul } from '../../../graphics/kernels/broadcastMatMul/broadcastMatMul';
import { untaped } from '../../../graphics/kernels/untaped';
import * as tf from '../../../graphics/tf';
import type { Camera } from '../../../scene/camera';
import { projectionMatrix } from '../camera';
import type { DecoderMesh } from '../decoderMesh';
import type { PoseLight } from '../light';
import { paintTexture } from '../paintTexture';

// Poses that are tensors, drawn by the same ops as the decoder's, so that gradients reach the network that named them.

/** B poses: p_camera = R · p_object + translation, OpenGL's camera frame. */
export interface PoseMatrices {
  /** [B, 3, 3], transposed: row i is the rotation's column i. */
  readonly rotationTransposed: tf.Tensor3D;
  /** [B, 3] in the object's units. */
  readonly translation: tf.Tensor2D;
}

/** Keeps normalised columns finite where the network names two parallel ones. */
const MIN_SQUARED_LENGTH = 1e-6;

const unit = (v: tf.Tensor2D): tf.Tensor2D => tf.mul(v, tf.rsqrt(tf.add(tf.sum(tf.square(v), 1, true), MIN_SQUARED_LENGTH)));
const dot = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D => tf.sum(tf.mul(a, b), 1, true);

/**
 * The rotation whose first two columns, made orthonormal, are given: [B, 6] → [B, 3, 3], transposed.
 * Source: Zhou et al. 2019, "On the Continuity of Rotation Representations in Neural Networks".
 */
export function rotationFromColumns(columns: tf.Tensor2D): tf.Tensor3D {
  const [first, second] = tf.split(columns, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
  const x = unit(first);
  const y = unit(tf.sub(second, tf.mul(x, dot(x, second))));
  const turn = (v: tf.Tensor2D, by: number): tf.Tensor2D => {
    const [a, b] = [tf.slice(v, [0, by], [-1, 3 - by]), tf.slice(v, [0, 0], [-1, by])];
    return tf.concat([a, b], 1) as tf.Tensor2D;
  };
  const z = tf.sub(tf.mul(turn(x, 1), turn(y, 2)), tf.mul(turn(x, 2), turn(y, 1)));
  return tf.stack([x, y, z], 1) as tf.Tensor3D;
}

/** Tangent of half the encoder's field of view is folded in: [B, 3] placements → [B, 3] translations in the object's units. */
export function translationFromPlacement(placement: tf.Tensor2D, standardDepth: number, tangent: number): tf.Tensor2D {
  const depth = tf.mul(tf.exp(tf.slice(placement, [0, 2], [-1, 1])), standardDepth);
  const sideways = tf.mul(tf.mul(tf.slice(placement, [0, 0], [-1, 2]), tangent), depth);
  return tf.concat([sideways, tf.neg(depth)], 1) as tf.Tensor2D;
}

/**
 * Turns objects that look into the camera's axis so that they look the same along the line of sight to their place: p ↦ S p with S the least
 * turn from −z to the translation. A constant to gradients: the pull on a place through this small turn is not worth its ops.
 */
export function turnTowards(rotationTransposed: tf.Tensor3D, translation: tf.Tensor2D): tf.Tensor3D {
  const swing = untaped(() => tf.tidy(() => {
    const [x, y, z] = tf.split(unit(translation), 3, 1) as tf.Tensor2D[];
    // Rodrigues with axis (y, −x, 0): sine² = x² + y², cosine = −z.
    const k = tf.reciprocal(tf.sub(1, z));
    const xy = tf.neg(tf.mul(tf.mul(x, y), k));
    const rows = [
      tf.sub(1, tf.mul(k, tf.square(x))), xy, tf.neg(x),
      xy, tf.sub(1, tf.mul(k, tf.square(y))), tf.neg(y),
      x, y, tf.neg(z),
    ];
    return tf.reshape(tf.concat(rows, 1), [-1, 3, 3]) as tf.Tensor3D;
  }));
  return tf.matMul(rotationTransposed, swing, false, true);
}

/** The part of the picture from its middle (x right, y up) to ±half, all in half image sides: [B, 3] rows of x, y, half. */
export type Windows = tf.Tensor2D;

/** Clip coordinates of that part of the picture, as what to multiply rows by: [B, 4, 4]. */
export function windowMatrix(windows: Windows): tf.Tensor3D {
  // x′ = (x − middle · w) / half, likewise y; row-vector convention.
  const place = [
    [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  ];
  const [x, y, half] = tf.split(windows, 3, 1) as tf.Tensor2D[];
  const zoom = tf.reciprocal(half);
  const features = tf.concat([zoom, tf.mul(x, zoom), tf.mul(y, zoom), tf.onesLike(x)], 1) as tf.Tensor2D;
  return tf.reshape(tf.matMul(features, tf.tensor2d(place)), [-1, 4, 4]) as tf.Tensor3D;
}

/** Object frame → clip coordinates, as what to multiply rows by: [B, 4, 4]. */
export function clipMatrix({ rotationTransposed, translation }: PoseMatrices, camera: Camera): tf.Tensor3D {
  const batch = translation.shape[0];
  const p = projectionMatrix(camera);
  const projection = tf.tensor3d([0, 1, 2, 3].flatMap((k) => [p[k], p[4 + k], p[8 + k], p[12 + k]]), [1, 4, 4]);
  const rows = tf.concat([rotationTransposed, tf.expandDims(translation, 1)], 1);
  const affine = tf.concat([rows, tf.tile(tf.tensor3d([0, 0, 0, 1], [1, 4, 1]), [batch, 1, 1])], 2) as tf.Tensor3D;
  return broadcastMatMul(affine, projection);
}

/**
 * Draws B poses: [B, H, W, 4] linear RGB less the backdrop's, and coverage. To be called inside tf.tidy.
 * Gradients reach `clip` (through silhouettes, colours and attributes) and, where lit, the rotations.
 *
 * @param clip [B, 4, 4] rows → clip coordinates. @param light undefined for flat colours, else one for all.
 */
export function drawPoses(
  mesh: DecoderMesh, clip: tf.Tensor3D, size: { height: number; width: number }, light?: { light: PoseLight; rotationTransposed: tf.Tensor3D },
): tf.Tensor4D {
  const clipVertices = broadcastMatMul(mesh.points, clip);
  const raster = rasterize(clipVertices, mesh.topology.faces, size);
  let attributes: tf.Tensor3D = untaped(() => tf.add(mesh.albedo, mesh.offset));
  if (light) {
    const { directional, ambient } = light.light;
    const towards = tf.tile(tf.tensor3d([...directional], [1, 3, 1]), [clip.shape[0], 1, 1]);
    const inObject = tf.matMul(light.rotationTransposed, towards) as tf.Tensor3D;
    const shade = tf.add(tf.relu(broadcastMatMul(mesh.normals, inObject)), ambient);
    attributes = tf.add(tf.mul(shade, mesh.albedo), mesh.offset);
  }
  const colors = paintTexture(mesh, interpolate(attributes, clipVertices, mesh.topology, raster));
  return antialias(colors, raster, clipVertices, mesh.topology);
}
