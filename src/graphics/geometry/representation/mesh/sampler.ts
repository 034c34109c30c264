import { asFloat } from '../../../asFloat';
import { assertInRange } from '../../../assertions';
import { noise } from '../../../kernels';
import { untaped } from '../../../kernels/untaped';
import { checkSeeded, secondStream, type Seeded } from '../../../math/sampling/seeds';
import { broadcastBatches, checkLastAxis, checkMatrix, checkMinimumRank } from '../../../shape';
import * as tf from '../../../tf';
import * as triangle from '../triangle';
import { gatherFaces } from './normals';
import { gatherBatchRows } from './rows';

// Points drawn on triangle meshes. Differentiable in what the vertices hold; which faces and where on them is a constant to gradients.
// Gradients read the drawn indices back, which waits for the device.

/** Shares of the total weight stay this far below 1, so that rounding cannot lead past the last face that has weight. */
const BELOW_ONE = 1 - 2 ** -22;

type Shape = tf.ShapeMap[tf.Rank];

/**
 * Areas of triangles. Differentiable; the gradient is 0 where the area is.
 * @param vertex0 [*, 3]
 * @param vertex1 [*, 3]
 * @param vertex2 [*, 3]
 * @returns [*]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [vertex0, vertex1, vertex2] = [tf.tensor1d([0, 0, 0]), tf.tensor1d([2, 0, 0]), tf.tensor1d([0, 2, 0])];
 * geometry.representation.mesh.sampler.triangleArea(vertex0, vertex1, vertex2); // → 2
 * ```
 */
export const triangleArea = (vertex0: tf.Tensor, vertex1: tf.Tensor, vertex2: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkLastAxis('vertex0', vertex0, 3);
  checkLastAxis('vertex1', vertex1, 3);
  checkLastAxis('vertex2', vertex2, 3);
  broadcastBatches(['vertex0', vertex0, 1], ['vertex1', vertex1, 1], ['vertex2', vertex2, 1]);
  const areas = triangle.area(vertex0, vertex1, vertex2);
  return tf.squeeze(areas, [areas.rank - 1]);
});

/**
 * Faces drawn with a probability in proportion to their weights; without any weight, all alike. Not differentiable.
 *
 * @param numSamples N
 * @param faceWeights [*, F], not negative.
 * @param options.seed of the draws.
 * @returns [*, N] int32
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * // Only face 1 has a weight.
 * geometry.representation.mesh.sampler.generateRandomFaceIndices(4, tf.tensor1d([0, 3, 0]), { seed: 7 }); // → [1, 1, 1, 1]
 * ```
 */
export function generateRandomFaceIndices(numSamples: number, faceWeights: tf.Tensor, options: Seeded): tf.Tensor {
  checkSeeded(options);
  const { seed } = options;
  checkCount(numSamples);
  checkMinimumRank('faceWeights', faceWeights, 1);
  assertInRange('faceWeights', faceWeights, 0, Infinity);
  return untaped(() => tf.tidy(() => {
    const batch = faceWeights.shape.slice(0, -1);
    const count = faceWeights.shape[faceWeights.rank - 1];
    const weights = tf.reshape(asFloat(faceWeights), [-1, count]);
    const total = tf.sum(weights, 1, true);
    const cumulative = tf.cumsum(tf.add(weights, tf.cast(tf.lessEqual(total, 0), 'float32')), 1);
    const last = tf.slice(cumulative, [0, count - 1], [-1, 1]);
    const drawn = tf.mul(tf.mul(noise([weights.shape[0], numSamples], seed), BELOW_ONE), last);
    return tf.reshape(tf.minimum(tf.searchSorted(cumulative, drawn, 'right'), tf.scalar(count - 1, 'int32')), [...batch, numSamples]);
  }));
}

/**
 * Barycentric coordinates uniform over a triangle. Not differentiable.
 *
 * @param sampleShape shape of the batch.
 * @param options.dtype 'float32', the one type of reals here.
 * @param options.seed of the draws.
 * @returns [...sampleShape, 3], not negative, summing to 1.
 * @throws Error for what is no seed.
 * Source: Osada et al. 2002, "Shape distributions", equation 1.
 * @example
 * ```ts
 * const shares = geometry.representation.mesh.sampler.generateRandomBarycentricCoordinates([4], { seed: 7 });
 * shares.shape; // → [4, 3]
 * tf.sum(shares, -1); // → [1, 1, 1, 1]
 * ```
 */
export function generateRandomBarycentricCoordinates(
  sampleShape: readonly number[], options: { readonly dtype?: 'float32' } & Seeded,
): tf.Tensor {
  checkSeeded(options);
  const { dtype = 'float32', seed } = options;
  if (dtype !== 'float32') throw new Error(`dtype must be float32, but it is ${String(dtype)}`);
  return untaped(() => tf.tidy(() => {
    const [along, across] = tf.split(noise([...sampleShape, 2] as number[] as Shape, seed), 2, -1);
    const root = tf.sqrt(along);
    return tf.concat([tf.sub(1, root), tf.mul(root, tf.sub(1, across)), tf.mul(root, across)], -1);
  }));
}

/** Attributes at drawn points [*, N, D], and the faces [*, N] (int32) that the points lie on. */
type MeshSamples = { samplePoints: tf.Tensor; sampleFaceIndices: tf.Tensor };

/**
 * Points drawn on a mesh, each face with a probability in proportion to its weight and uniformly on the face.
 * Differentiable in the attributes; the gradient reads the drawn indices back, which waits for the device.
 *
 * @param vertexAttributes [*, V, D]: what vertices hold: positions, colours, features.
 * @param faces [*, F, 3] int32
 * @param numSamples N
 * @param faceWeights [*, F], not negative.
 * @param options.seed of the draws.
 * @returns samplePoints [*, N, D], sampleFaceIndices [*, N] int32
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const heights = tf.tensor2d([[0], [0], [0], [5], [5], [5]]);
 * const faces = tf.tensor2d([[0, 1, 2], [3, 4, 5]], [2, 3], 'int32');
 * const { sampler } = geometry.representation.mesh;
 * const { samplePoints, sampleFaceIndices } = sampler.weightedRandomSampleTriangleMesh(heights, faces, 3, tf.tensor1d([0, 1]), { seed: 7 });
 * sampleFaceIndices; // → [1, 1, 1]
 * samplePoints; // → [[5], [5], [5]]
 * ```
 */
export function weightedRandomSampleTriangleMesh(
  vertexAttributes: tf.Tensor, faces: tf.Tensor, numSamples: number, faceWeights: tf.Tensor, options: Seeded,
): MeshSamples {
  checkSeeded(options);
  const { seed } = options;
  checkMesh(vertexAttributes, faces);
  checkLastAxis('faceWeights', faceWeights, faces.shape[faces.rank - 2]);
  const batch = broadcastBatches(['vertexAttributes', vertexAttributes, 2], ['faces', faces, 2], ['faceWeights', faceWeights, 1]);
  return tf.tidy(() => {
    const weights = tf.broadcastTo(asFloat(faceWeights), [...batch, faceWeights.shape[faceWeights.rank - 1]]);
    const sampleFaceIndices = generateRandomFaceIndices(numSamples, weights, { seed });
    const corners = untaped(() => tf.cast(gatherBatchRows(asFloat(faces), sampleFaceIndices, batch), 'int32'));
    const shares = generateRandomBarycentricCoordinates([...batch, numSamples], { seed: secondStream(seed) });
    const samplePoints = tf.sum(tf.mul(gatherFaces(vertexAttributes, corners), tf.expandDims(shares, -1)), -2);
    return { samplePoints, sampleFaceIndices };
  });
}

/**
 * {@link weightedRandomSampleTriangleMesh} weighted by area: uniform over the surface.
 *
 * @param vertexAttributes [*, V, D]
 * @param faces [*, F, 3] int32
 * @param numSamples N
 * @param options.vertexPositions [*, V, 3], from which areas are measured; the attributes if left out.
 * @param options.seed of the draws.
 * @returns samplePoints [*, N, D], sampleFaceIndices [*, N] int32
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const vertices = tf.tensor2d([[0, 0, 2], [1, 0, 2], [0, 1, 2]]);
 * const faces = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
 * const { samplePoints } = geometry.representation.mesh.sampler.areaWeightedRandomSampleTriangleMesh(vertices, faces, 4, { seed: 7 });
 * samplePoints.shape; // → [4, 3]
 * tf.slice(samplePoints, [0, 2], [4, 1]); // → [[2], [2], [2], [2]]
 * ```
 */
export function areaWeightedRandomSampleTriangleMesh(
  vertexAttributes: tf.Tensor, faces: tf.Tensor, numSamples: number,
  options: { readonly vertexPositions?: tf.Tensor } & Seeded,
): MeshSamples {
  checkSeeded(options);
  const { vertexPositions = vertexAttributes, seed } = options;
  checkMesh(vertexAttributes, faces);
  const name = vertexPositions === vertexAttributes ? 'vertexAttributes' : 'vertexPositions';
  checkMatrix(name, vertexPositions, vertexAttributes.shape[vertexAttributes.rank - 2], 3);
  broadcastBatches(['vertexAttributes', vertexAttributes, 2], ['faces', faces, 2], [name, vertexPositions, 2]);
  return tf.tidy(() => {
    const areas = untaped(() => tf.tidy(() => {
      const corners = gatherFaces(vertexPositions, faces);
      const [p0, p1, p2] = tf.split(corners, 3, -2).map((corner) => tf.squeeze(corner, [corner.rank - 2]));
      return triangleArea(p0, p1, p2);
    }));
    return weightedRandomSampleTriangleMesh(vertexAttributes, faces, numSamples, areas, { seed });
  });
}

function checkMesh(vertexAttributes: tf.Tensor, faces: tf.Tensor): void {
  checkMinimumRank('vertexAttributes', vertexAttributes, 2);
  checkMinimumRank('faces', faces, 2);
  checkLastAxis('faces', faces, 3);
  broadcastBatches(['vertexAttributes', vertexAttributes, 2], ['faces', faces, 2]);
}

function checkCount(numSamples: number): void {
  if (!Number.isInteger(numSamples) || numSamples < 1) throw new Error(`numSamples must be a whole number of at least 1, but it is ${numSamples}`);
}
