import { nearestNeighbors } from '../../../scene/nearestNeighbors';
import { untaped } from '../../kernels/untaped';
import { broadcastBatches, checkLastAxis, checkMinimumRank } from '../../shape';
import { lookUpRows } from '../../math/lookUpRows';
import { asFloat } from '../../asFloat';
import * as tf from '../../tf';

/** Distances held at once, in numbers: 16 MiB. Larger sets are compared piece by piece. */
const MOST_DISTANCES = 2 ** 22;

export interface PointSets {
  /** [B, N, D] */
  readonly a: tf.Tensor3D;
  /** [B, M, D] */
  readonly b: tf.Tensor3D;
  /** The leading axes that B stands for. */
  readonly batch: readonly number[];
}

/** Two batches of point sets as [B, N, D] and [B, M, D], broadcast to each other. */
export function pairSets(pointSetA: tf.Tensor, pointSetB: tf.Tensor): PointSets {
  checkMinimumRank('pointSetA', pointSetA, 2);
  checkMinimumRank('pointSetB', pointSetB, 2);
  checkLastAxis('pointSetB', pointSetB, pointSetA.shape[pointSetA.rank - 1]);
  for (const [name, { shape }] of [['pointSetA', pointSetA], ['pointSetB', pointSetB]] as const) {
    if (shape[shape.length - 2] === 0) throw new Error(`${name} must have a point in axis -2, but it has shape [${shape.join(', ')}]`);
  }
  const batch = broadcastBatches(['pointSetA', pointSetA, 2], ['pointSetB', pointSetB, 2]);
  const flat = (set: tf.Tensor): tf.Tensor3D => {
    const [points, dimensions] = set.shape.slice(-2);
    return tf.reshape(tf.broadcastTo(asFloat(set), [...batch, points, dimensions]), [tf.util.sizeFromShape(batch), points, dimensions]);
  };
  return { a: flat(pointSetA), b: flat(pointSetB), batch };
}

/** Squared distances of some points [n, D] to all of a set [M, D], as [n, M], added up axis by axis: nothing cancels. */
function distances(points: tf.Tensor2D, set: tf.Tensor2D): tf.Tensor2D {
  const [rows, columns] = [tf.split(points, points.shape[1], 1), tf.split(tf.transpose(set), set.shape[1], 0)];
  return rows.map((row, axis) => tf.squaredDifference(row, columns[axis])).reduce((sum, next) => tf.add(sum, next)) as tf.Tensor2D;
}

/** From so many distances on, a k-d tree on the processor is faster than comparing all with all, even with reading the points back. */
const TREE_FROM = 2 ** 16;

/** The same by a k-d tree: the points are read back, and nothing grows with N · M. */
function nearestByTree(from: tf.Tensor3D, to: tf.Tensor3D): tf.Tensor2D {
  const [batch, count, dimension] = from.shape;
  const size = to.shape[1];
  // Which point is nearest to one that is not finite does not matter: its distance is not finite either.
  const finite = (values: Float32Array) => (values.every(Number.isFinite) ? values : values.map((value) => (Number.isFinite(value) ? value : 0)));
  const [queries, points] = [from, to].map((set) => finite(set.dataSync<'float32'>()));
  const indices = new Int32Array(batch * count);
  for (let b = 0; b < batch; b++) {
    const set = points.subarray(b * size * dimension, (b + 1) * size * dimension);
    const own = queries.subarray(b * count * dimension, (b + 1) * count * dimension);
    nearestNeighbors(set, dimension, 1, { queries: own }).indices.forEach((index, i) => { indices[b * count + i] = b * size + index; });
  }
  return tf.tensor2d(indices, [batch, count], 'int32');
}

/** Which point of `to` each point of `from` is nearest to, never holding more than {@link MOST_DISTANCES}. @returns int32 [B, N], numbered through all sets of `to`. */
function nearestIndices(from: tf.Tensor3D, to: tf.Tensor3D, mostDistances: number): tf.Tensor2D {
  return untaped(() => tf.tidy(() => {
    const [count, size] = [from.shape[1], to.shape[1]];
    const piece = Math.max(1, Math.floor(mostDistances / size));
    const sets = tf.unstack(to) as tf.Tensor2D[];
    const rows = (tf.unstack(from) as tf.Tensor2D[]).map((points, set) => {
      const pieces: tf.Tensor[] = [];
      for (let start = 0; start < count; start += piece) {
        pieces.push(tf.tidy(() => tf.argMin(distances(tf.slice(points, start, Math.min(piece, count - start)), sets[set]), 1)));
      }
      return tf.add(tf.concat(pieces), tf.scalar(set * size, 'int32'));
    });
    return tf.stack(rows) as tf.Tensor2D;
  }));
}

/**
 * The squared distance of each point to the nearest one of another set. Which one that is counts as constant; the gradient goes to both
 * points of each pair.
 * @param from [B, N, D]
 * @param to [B, M, D]
 * @returns [B, N]
 */
export function nearestSquaredDistances(from: tf.Tensor3D, to: tf.Tensor3D, { mostDistances = MOST_DISTANCES, treeFrom = TREE_FROM } = {}): tf.Tensor2D {
  return tf.tidy(() => {
    const indices = from.shape[1] * to.shape[1] < treeFrom ? nearestIndices(from, to, mostDistances) : nearestByTree(from, to);
    const nearest = lookUpRows(tf.reshape(to, [-1, to.shape[2]]), tf.reshape(indices, [-1]));
    return tf.sum(tf.squaredDifference(from, tf.reshape(nearest, from.shape)), -1) as tf.Tensor2D;
  });
}
