import { asFloat } from '../../asFloat';
import { checkMatrix, checkMinimumRank, checkSameBatches, checkShape } from '../../shape';
import * as tf from '../../tf';
import { gatherBatchRows } from '../representation/mesh/rows';
import * as quaternion from '../transformation/quaternion';

/**
 * How far a deformed mesh is from one whose every vertex neighbourhood was turned and scaled: for each edge from i to j the mean of
 * ‖w_i w_ij ((d_i − d_j) − q_i (r_i − r_j) q_i*)‖² and the same with i and j exchanged, r being the rest and d the deformed pose.
 * Differentiable in the vertices, the quaternions and the weights; the gradient reads the edges back, which waits for the device.
 *
 * @param verticesRestPose [V, 3]
 * @param verticesDeformedPose [*, V, 3]
 * @param quaternions [*, V, 4]: each vertex's rotation; its squared length scales.
 * @param edges [E, 2] int32, as from `mesh.utils.extractUniqueEdgesFromTriangularMesh`.
 * @param options.vertexWeight [V]; 1 if left out. Weights multiply before the square.
 * @param options.edgeWeight [E]; 1 if left out, such as `mesh.laplacian.cotangentEdgeWeights`.
 * @param options.conformalEnergy whether quaternions may scale; else they are normalised first: as rigid as possible.
 * @param options.aggregateLoss the mean over the edges; else both terms of each edge: first all from i to j, then all from j to i.
 * @returns [*], or [*, 2 E].
 * @throws Error that names the argument, axis and shape.
 * Source: Yoshiyasu et al. 2014, "As-Conformal-As-Possible Surface Registration"; Sorkine and Alexa 2007, "As-Rigid-As-Possible Surface
 * Modeling".
 * @example
 * ```ts
 * const [rest, deformed] = [tf.tensor2d([[0, 0, 0], [1, 0, 0]]), tf.tensor2d([[0, 0, 0], [3, 0, 0]])];
 * const [still, edges] = [tf.tensor2d([[0, 0, 0, 1], [0, 0, 0, 1]]), tf.tensor2d([[0, 1]], [1, 2], 'int32')];
 * // The edge is 2 longer. A quaternion's squared length scales: √3 times the identity explains it.
 * geometry.deformationEnergy.asConformalAsPossible.energy(rest, deformed, still, edges); // → 4
 * geometry.deformationEnergy.asConformalAsPossible.energy(rest, deformed, tf.mul(still, Math.sqrt(3)), edges); // → 0
 * ```
 */
export function energy(
  verticesRestPose: tf.Tensor, verticesDeformedPose: tf.Tensor, quaternions: tf.Tensor, edges: tf.Tensor,
  { vertexWeight, edgeWeight, conformalEnergy = true, aggregateLoss = true }: {
    readonly vertexWeight?: tf.Tensor; readonly edgeWeight?: tf.Tensor; readonly conformalEnergy?: boolean; readonly aggregateLoss?: boolean;
  } = {},
): tf.Tensor {
  checkShape('verticesRestPose', verticesRestPose, [null, 3]);
  const [count] = verticesRestPose.shape;
  checkMatrix('verticesDeformedPose', verticesDeformedPose, count, 3);
  checkMinimumRank('quaternions', quaternions, 2);
  checkMatrix('quaternions', quaternions, count, 4);
  const batch = checkSameBatches(['verticesDeformedPose', verticesDeformedPose, 2], ['quaternions', quaternions, 2]);
  checkShape('edges', edges, [null, 2]);
  const [edgeCount] = edges.shape;
  if (vertexWeight) checkShape('vertexWeight', vertexWeight, [count]);
  if (edgeWeight) checkShape('edgeWeight', edgeWeight, [edgeCount]);
  return tf.tidy(() => {
    const rotations = conformalEnergy ? asFloat(quaternions) : quaternion.normalize(quaternions);
    const rest = tf.concat([asFloat(verticesRestPose), vertexWeight ? tf.expandDims(asFloat(vertexWeight), 1) : tf.ones([count, 1])], 1);
    // All first ends, then all second ends, each kind of value gathered at once.
    const ends = tf.reshape(tf.transpose(edges), [2 * edgeCount]);
    const perPose = gatherBatchRows(tf.concat([asFloat(verticesDeformedPose), rotations], -1), ends, batch);
    const shared = gatherBatchRows(rest, ends, []);
    const [deformed, turn] = tf.split(perPose, [3, 4], -1) as [tf.Tensor, tf.Tensor];
    const [still, weight] = tf.split(shared, [3, 1], -1) as [tf.Tensor, tf.Tensor];
    const gap = tf.sub(edgeVectors(deformed), quaternion.rotate(edgeVectors(still), turn));
    const weights = edgeWeight ? tf.mul(weight, tf.expandDims(tf.tile(asFloat(edgeWeight), [2]), 1)) : weight;
    const terms = tf.sum(tf.square(tf.mul(weights, gap)), -1);
    // The mean over 2 E terms is half the sum of both directions' means over E.
    return aggregateLoss ? tf.mean(terms, -1) : terms;
  });
}

/** From each end to the other, of first ends followed by second ends. @param ends [*, 2 E, 3] @returns [*, 2 E, 3] */
function edgeVectors(ends: tf.Tensor): tf.Tensor {
  const [first, second] = tf.split(ends, 2, -2);
  const forth = tf.sub(first, second);
  return tf.concat([forth, tf.neg(forth)], -2);
}
