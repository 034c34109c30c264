import * as tf from '../../../tf';
import { checkShape } from '../../../shape';

// Exported as `mesh.utils`, TensorFlow Graphics' name for it. Not differentiable: plain loops over indices. Tensors are read back, which waits
// for the device; arrays are not.

type Rows = ArrayLike<number> | readonly (readonly number[])[];

const isNested = (rows: Rows): rows is readonly (readonly number[])[] => typeof rows[0] === 'object';

/** Whole numbers of rows of `width`, one after the other; refuses anything else by name. */
function readRows(name: string, rows: tf.Tensor | Rows, width: number): Int32Array {
  if (rows instanceof tf.Tensor) checkShape(name, rows, [null, width]);
  const values = rows instanceof tf.Tensor ? rows.dataSync() : isNested(rows) ? rows.flat() : rows;
  if (values.length % width) throw new Error(`${name} must have rows of ${width} numbers, but it has ${values.length} numbers`);
  const indices = Int32Array.from(values);
  const bad = indices.findIndex((index, i) => index !== values[i] || index < 0);
  if (bad >= 0) throw new Error(`${name} must be whole numbers of at least 0, but its value ${bad} is ${values[bad]}`);
  return indices;
}

/**
 * The edges of triangles, each once.
 *
 * @param faces [T, 3] vertex indices: a tensor, which is read back, a flat array, or rows.
 * @param options.directedEdges gives every edge in both directions; else once, from the lower index to the higher.
 * @returns [E, 2] sorted by first and then by second vertex: an int32 tensor for a tensor, else flat.
 * @throws Error that names the argument.
 * @example
 * ```ts
 * const { extractUniqueEdgesFromTriangularMesh } = geometry.representation.mesh.utils;
 * const square = tf.tensor2d([[0, 1, 2], [0, 2, 3]], [2, 3], 'int32');
 * extractUniqueEdgesFromTriangularMesh(square); // → [[0, 1], [0, 2], [0, 3], [1, 2], [2, 3]]
 * ```
 */
export function extractUniqueEdgesFromTriangularMesh(faces: tf.Tensor, options?: { directedEdges?: boolean }): tf.Tensor2D;
export function extractUniqueEdgesFromTriangularMesh(faces: Rows, options?: { directedEdges?: boolean }): Int32Array;
export function extractUniqueEdgesFromTriangularMesh(faces: tf.Tensor | Rows, { directedEdges = false } = {}): tf.Tensor2D | Int32Array {
  const corners = readRows('faces', faces, 3);
  const span = corners.reduce((highest, index) => Math.max(highest, index), 0) + 1;
  // Both ends as one number, exact in float64: span² stays far below 2⁵³.
  const keys = new Float64Array(corners.length * (directedEdges ? 2 : 1));
  for (let corner = 0; corner < corners.length; corner++) {
    const [a, b] = [corners[corner], corners[corner - (corner % 3) + ((corner + 1) % 3)]];
    keys[corner] = Math.min(a, b) * span + Math.max(a, b);
    if (directedEdges) keys[corners.length + corner] = Math.max(a, b) * span + Math.min(a, b);
  }
  const unique = keys.sort().filter((key, i) => i === 0 || key !== keys[i - 1]);
  const edges = new Int32Array(2 * unique.length);
  unique.forEach((key, i) => { edges.set([Math.floor(key / span), key % span], 2 * i); });
  return faces instanceof tf.Tensor ? tf.tensor2d(edges, [unique.length, 2], 'int32') : edges;
}

/**
 * One over the number of edges that begin where an edge begins: the weights that average over a vertex's neighbours.
 *
 * @param edges [E, 2] directed, as from {@link extractUniqueEdgesFromTriangularMesh}: a tensor, which is read back, a flat
 *   array, or rows.
 * @param options.dtype of the weights: 'float32' or 'float64'; a tensor holds float32.
 * @returns [E]: a tensor for a tensor, else an array.
 * @throws Error that names the argument.
 * @example
 * ```ts
 * // Two edges begin at 0, one at 1.
 * geometry.representation.mesh.utils.getDegreeBasedEdgeWeights(tf.tensor2d([[0, 1], [0, 2], [1, 0]], [3, 2], 'int32')); // → [0.5, 0.5, 1]
 * ```
 */
export function getDegreeBasedEdgeWeights(edges: tf.Tensor, options?: { dtype?: 'float32' }): tf.Tensor1D;
export function getDegreeBasedEdgeWeights(edges: Rows, options?: { dtype?: 'float32' | 'float64' }): Float32Array | Float64Array;
export function getDegreeBasedEdgeWeights(
  edges: tf.Tensor | Rows, { dtype = 'float32' }: { dtype?: 'float32' | 'float64' } = {},
): tf.Tensor1D | Float32Array | Float64Array {
  const ends = readRows('edges', edges, 2);
  const degrees = new Map<number, number>();
  for (let i = 0; i < ends.length; i += 2) degrees.set(ends[i], (degrees.get(ends[i]) ?? 0) + 1);
  const weights = new (dtype === 'float64' ? Float64Array : Float32Array)(ends.length / 2);
  for (let edge = 0; edge < weights.length; edge++) weights[edge] = 1 / degrees.get(ends[2 * edge])!;
  return edges instanceof tf.Tensor ? tf.tensor1d(Float32Array.from(weights)) : weights;
}
