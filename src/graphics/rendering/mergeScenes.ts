import { broadcastBatches, checkMatrix, checkMinimumRank } from '../shape';
import * as tf from '../tf';
import { mergeBroadcast } from './batchDims';

/** What is known about a batch of scenes: their common batch shape, and everything with the batch merged into one axis. */
export function mergeScenes<Name extends string>(vertices: tf.Tensor, attributes: Readonly<Record<Name, tf.Tensor>>, viewProjectionMatrix: tf.Tensor) {
  checkMinimumRank('vertices', vertices, 2);
  checkMatrix('vertices', vertices, vertices.shape[vertices.rank - 2], 3);
  checkMatrix('viewProjectionMatrix', viewProjectionMatrix, 4, 4);
  const entries = Object.entries<tf.Tensor>(attributes).map(([name, attribute]) => {
    checkMinimumRank(`attributes.${name}`, attribute, 2);
    checkMatrix(`attributes.${name}`, attribute, vertices.shape[vertices.rank - 2], attribute.shape[attribute.rank - 1]);
    return [`attributes.${name}`, attribute, 2] as const;
  });
  const [verticesEntry, matrixEntry] = [['vertices', vertices, 2], ['viewProjectionMatrix', viewProjectionMatrix, 2]] as const;
  const batch = broadcastBatches(verticesEntry, matrixEntry, ...entries);
  const names = Object.keys(attributes) as Name[];
  const matrices = mergeBroadcast(matrixEntry, batch);
  const size = batch.reduce((a, b) => a * b, 1);
  return {
    batch,
    vertices: mergeBroadcast(verticesEntry, batch),
    attributes: Object.fromEntries(names.map((name, i) => [name, mergeBroadcast(entries[i], batch)])) as Record<Name, tf.Tensor>,
    // Where only attributes differ, the scene is drawn once for each all the same: the images' batch is that of all arguments.
    matrices: matrices.shape[0] === size ? matrices : tf.tile(matrices, [size, 1, 1]),
  };
}
