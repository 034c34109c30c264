import { broadcastMatMul, lambert } from '../kernels';
import { normalize } from '../math/vector';
import * as tf from '../tf';
import { stackRows, toRows, type DirectionalLight, type Light, type Vector3Like } from './light/lights';
import type { ObjectFrame } from './shading';

/** Unit rows, [1 or B, 3]; constants are normalized before they reach the GPU, which saves it ten small steps. */
function unitRows(vector: Vector3Like): tf.Tensor2D {
  if (vector instanceof tf.Tensor) return normalize(toRows(vector));
  const length = Math.hypot(...vector);
  return toRows(length > 0 ? vector.map((x) => x / length) as [number, number, number] : vector);
}

/** The sum of colours, [1 or B, 3]. */
const sumOfColors = (colors: readonly Vector3Like[]): tf.Tensor2D =>
  (colors.length === 0 ? tf.tensor2d([[0, 0, 0]]) : colors.map(toRows).reduce((a, b) => tf.add(a, b)));

/**
 * What the vertices send back under ambient and directional light, in one step: [B or 1, V, 4], albedo × irradiance and a channel of ones.
 * Undefined where other lights, or no directional one, make that step not apply.
 */
export function vertexLambert(normals: tf.Tensor3D, albedo: tf.Tensor3D, lights: readonly Light[], frame?: ObjectFrame): tf.Tensor3D | undefined {
  const directional: DirectionalLight[] = [];
  const ambient: Vector3Like[] = [];
  for (const light of lights) {
    if (light.kind === 'directional') directional.push(light);
    else if (light.kind === 'ambient') ambient.push(light.color);
    else return undefined;
  }
  if (directional.length === 0) return undefined;
  const rows = stackRows(directional.map(({ towards }) => unitRows(towards)));
  return lambert({
    albedo, normals,
    towards: frame ? broadcastMatMul(rows, frame.rotation) : rows,
    colors: stackRows(directional.map(({ color }) => toRows(color))),
    ambient: sumOfColors(ambient),
  });
}
