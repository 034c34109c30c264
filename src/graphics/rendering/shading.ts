import { broadcastMatMul } from '../kernels';
import { dot, normalize } from '../math/vector';
import * as tf from '../tf';
import { power } from './reflectance/power';
import { stackRows, toRows, type DirectionalLight, type Light, type PointLight, type Vector3Like } from './light/lights';

export type Shading = 'unlit' | 'lambert' | 'phong' | 'blinnPhong';

/** How a surface answers light. Everything may be a tensor that gets gradients. */
export interface Material {
  /** Multiplies the vertex colours or the texture; white by default. */
  readonly color?: Vector3Like;
  /** Strength of the highlight (phong, blinnPhong), 0.3 by default: a number or a scalar tensor. */
  readonly specular?: number | tf.Tensor;
  /** Its sharpness, 32 by default: a number or a scalar tensor. */
  readonly shininess?: number | tf.Tensor;
}

export const DEFAULT_SPECULAR = 0.3;
export const DEFAULT_SHININESS = 32;
/** Squared distance to a lamp is at least this, in squared units of the object. */
const MIN_SQUARED_DISTANCE = 1e-8;

/** N points to shade in the object's frame. */
export interface ShadingPoints {
  /** [B or 1, N, 3], unit length. */
  readonly normals: tf.Tensor3D;
  /** [B or 1, N, 3]; needed for point lights and highlights. */
  readonly positions?: tf.Tensor3D;
}

/** What the camera's frame is to the object: B rotations and where the object stands, or nothing for the identity. */
export interface ObjectFrame {
  /** [B, 3, 3]: object → camera. */
  readonly rotation: tf.Tensor3D;
  /** [B, 3] */
  readonly translation: tf.Tensor2D;
}

export const needsPositions = (shading: Shading, lights: readonly Light[]): boolean =>
  shading === 'phong' || shading === 'blinnPhong' || lights.some((light) => light.kind === 'point');

/** Directions in the camera's frame, [1 or B, L, 3], seen from the object: rows times R. */
const directionsToObject = (rows: tf.Tensor3D, frame?: ObjectFrame): tf.Tensor3D => (frame ? broadcastMatMul(rows, frame.rotation) : rows);

/** Points in the camera's frame, [1 or B, 3], seen from the object: [1 or B, 1, 3]. */
const pointToObject = (rows: tf.Tensor2D, frame?: ObjectFrame): tf.Tensor3D =>
  directionsToObject(tf.expandDims(frame ? tf.sub(rows, frame.translation) : rows, 1), frame);

/**
 * Light that the points send to the camera: albedo·(ambient + Σ color·max(n·l, 0)), plus Σ specular·color·max(cos, 0)^shininess, where
 * cos = r·v (phong) or n·h (blinnPhong). Directions are brought into the object's frame: L rows instead of N points to turn.
 * Gradients: to normals, positions, albedo, lights, material and the frame.
 *
 * @param albedo [B or 1, N, 3] or broadcastable to it.
 * @returns [B or 1, N, 3]
 */
export function shade(
  shading: Exclude<Shading, 'unlit'>, points: ShadingPoints, albedo: tf.Tensor, lights: readonly Light[], material: Material, frame?: ObjectFrame,
): tf.Tensor3D {
  const view = shading === 'lambert' ? undefined : viewDirections(points, frame);
  const diffuse: tf.Tensor[] = lights.filter((light) => light.kind === 'ambient').map((light) => tf.expandDims(toRows(light.color), 1));
  const highlights: tf.Tensor[] = [];
  const directional = lights.filter((light) => light.kind === 'directional');
  if (directional.length > 0 && !view) diffuse.push(lambertDirectional(points.normals, directional, frame));
  else for (const light of directional) addLight(directionsToObject(normalize(stackRows([toRows(light.towards)])), frame), toColor(light));
  for (const light of lights) {
    if (light.kind !== 'point') continue;
    const towards = tf.sub(pointToObject(toRows(light.position), frame), positionsOf(points));
    const falloff = tf.maximum(dot(towards, towards), MIN_SQUARED_DISTANCE);
    addLight(tf.mul(towards, tf.rsqrt(falloff)), tf.div(toColor(light), falloff));
  }
  const irradiance = diffuse.length > 0 ? diffuse.reduce((a, b) => tf.add(a, b)) : tf.tensor1d([0, 0, 0]);
  const reflected = tf.mul(albedo, irradiance);
  return highlights.reduce((a, b) => tf.add(a, b), reflected) as tf.Tensor3D;

  function addLight(towards: tf.Tensor, color: tf.Tensor): void {
    const facing = dot(points.normals, towards);
    diffuse.push(tf.mul(tf.relu(facing), color));
    if (view) highlights.push(tf.mul(highlight(shading, points.normals, towards, view, facing, material), color));
  }
}

const toColor = (light: DirectionalLight | PointLight): tf.Tensor => tf.expandDims(toRows(light.color), 1);

function positionsOf({ positions }: ShadingPoints): tf.Tensor3D {
  if (!positions) throw new Error('point lights and highlights need the positions of the shaded points');
  return positions;
}

/** Unit vectors from the points to the camera. */
const viewDirections = (points: ShadingPoints, frame?: ObjectFrame): tf.Tensor =>
  normalize(tf.sub(pointToObject(tf.tensor2d([[0, 0, 0]]), frame), positionsOf(points)));

/** All directional lights at once: two products, [B, N, L] cosines and their sum over the lights' colours. */
function lambertDirectional(normals: tf.Tensor3D, lights: readonly DirectionalLight[], frame?: ObjectFrame): tf.Tensor3D {
  const towards = directionsToObject(normalize(stackRows(lights.map((light) => toRows(light.towards)))), frame);
  const cosines = tf.relu(broadcastMatMul(normals, towards, true));
  return broadcastMatMul(cosines, stackRows(lights.map((light) => toRows(light.color))));
}

function highlight(shading: Shading, normals: tf.Tensor, towards: tf.Tensor, view: tf.Tensor, facing: tf.Tensor, material: Material): tf.Tensor {
  const cosine = shading === 'phong'
    ? dot(tf.sub(tf.mul(tf.mul(facing, 2), normals), towards), view)
    : dot(normals, normalize(tf.add(towards, view)));
  const lobe = power(cosine, material.shininess ?? DEFAULT_SHININESS);
  // A surface turned away from the light has no highlight; what is lit is piecewise constant, and gets no gradient.
  const lit = tf.step(facing);
  return tf.mul(tf.mul(lobe, lit), material.specular ?? DEFAULT_SPECULAR);
}
