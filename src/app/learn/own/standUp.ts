import type { LearnExample } from '../../../experiments/learn/protocol';
import type { UpAxis } from '../url/pageState';

/** Rows are the new x, y and z: turns, so that nothing is mirrored. */
const STANDS: Readonly<Record<UpAxis, readonly number[]>> = {
  'y': [1, 0, 0, 0, 1, 0, 0, 0, 1],
  'z': [1, 0, 0, 0, 0, 1, 0, -1, 0],
  'x': [0, -1, 0, 1, 0, 0, 0, 0, 1],
  '-y': [-1, 0, 0, 0, -1, 0, 0, 0, 1],
  '-z': [1, 0, 0, 0, 0, -1, 0, 1, 0],
  '-x': [0, 1, 0, -1, 0, 0, 0, 0, 1],
};

/** Vectors [N, 3] by a matrix, row by row. */
function turnAll(vectors: Float32Array, m: readonly number[]): Float32Array {
  const out = new Float32Array(vectors.length);
  for (let i = 0; i < vectors.length; i += 3) {
    for (let k = 0; k < 3; k++) out[i + k] = m[3 * k] * vectors[i] + m[3 * k + 1] * vectors[i + 1] + m[3 * k + 2] * vectors[i + 2];
  }
  return out;
}

/**
 * A shape stood up as the networks know shapes, y up: CAD models and many scans stand along z, depth cameras look along z with y down.
 * @param up the axis of the shape that points up. @param turned about it then, degrees.
 */
export function standUp(example: LearnExample, up: UpAxis = 'y', turned = 0): LearnExample {
  if (up === 'y' && turned === 0) return example;
  const angle = (turned * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const about = [cos, 0, sin, 0, 1, 0, -sin, 0, cos];
  const stands = STANDS[up];
  const matrix = Array.from({ length: 9 }, (_, i) => [0, 1, 2].reduce((sum, k) => sum + about[3 * Math.floor(i / 3) + k] * stands[3 * k + (i % 3)], 0));
  const turn = <T extends { readonly positions: Float32Array; readonly normals?: Float32Array }>(shape: T): T =>
    ({ ...shape, positions: turnAll(shape.positions, matrix), ...(shape.normals && { normals: turnAll(shape.normals, matrix) }) });
  return { ...example, cloud: turn(example.cloud), ...(example.mesh && { mesh: turn(example.mesh) }) };
}
