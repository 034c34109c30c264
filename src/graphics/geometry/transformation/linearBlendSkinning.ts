import { asFloat } from '../../asFloat';
import { broadcastBatches, checkLastAxis, checkMatrix, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';

/**
 * Points moved by a weighted mean of rigid motions: Σ_w weight_w (R_w p + t_w). Differentiable in everything. All bones' motions of all
 * poses are one matrix product, so nothing of size points × bones × poses is made.
 *
 * @param points [A1, …, An, 3]
 * @param skinningWeights [A1, …, An, W]; those of a point should sum to 1.
 * @param boneRotations [B1, …, Bm, W, 3, 3]
 * @param boneTranslations [B1, …, Bm, W, 3]
 * @returns [B1, …, Bm, A1, …, An, 3]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const rotations = tf.stack([tf.eye(3), tf.eye(3)]);
 * const translations = tf.tensor2d([[0, 0, 0], [0, 4, 0]]);
 * // Halfway between a bone that rests and one that moves by 4.
 * geometry.transformation.linearBlendSkinning.blend(tf.tensor1d([1, 0, 0]), tf.tensor1d([0.5, 0.5]), rotations, translations); // → [1, 2, 0]
 * ```
 */
export function blend(points: tf.Tensor, skinningWeights: tf.Tensor, boneRotations: tf.Tensor, boneTranslations: tf.Tensor): tf.Tensor {
  checkLastAxis('points', points, 3);
  checkMinimumRank('skinningWeights', skinningWeights, 1);
  const bones = skinningWeights.shape[skinningWeights.rank - 1];
  checkMinimumRank('boneRotations', boneRotations, 3);
  checkMatrix('boneRotations', boneRotations, 3, 3);
  checkMatrix('boneTranslations', boneTranslations, bones, 3);
  if (boneRotations.shape[boneRotations.rank - 3] !== bones) {
    throw new Error(`boneRotations must have exactly ${bones} dimensions in axis -3, but it has shape [${boneRotations.shape.join(', ')}]`);
  }
  const pointBatch = broadcastBatches(['points', points, 1], ['skinningWeights', skinningWeights, 1]);
  const poseBatch = broadcastBatches(['boneRotations', boneRotations, 3], ['boneTranslations', boneTranslations, 2]);
  return tf.tidy(() => {
    const homogeneous = tf.concat([asFloat(points), tf.ones([...points.shape.slice(0, -1), 1])], -1);
    // [P, 4 W]: every point, once for each bone and times its weight.
    const weighted = tf.reshape(tf.mul(tf.expandDims(asFloat(skinningWeights), -1), tf.expandDims(homogeneous, -2)), [-1, 4 * bones]);
    const rotations = tf.broadcastTo(asFloat(boneRotations), [...poseBatch, bones, 3, 3]);
    const translations = tf.broadcastTo(asFloat(boneTranslations), [...poseBatch, bones, 3]);
    const motions = tf.reshape(tf.concat([rotations, tf.expandDims(translations, -1)], -1), [-1, bones, 3, 4]);
    // [4 W, 3 P']: rows as in `weighted`, columns a coordinate of a pose.
    const columns = tf.reshape(tf.transpose(motions, [1, 3, 0, 2]), [4 * bones, -1]);
    const moved = tf.reshape(tf.matMul(weighted as tf.Tensor2D, columns as tf.Tensor2D), [weighted.shape[0], -1, 3]);
    return tf.reshape(tf.transpose(moved, [1, 0, 2]), [...poseBatch, ...pointBatch, 3]);
  });
}
