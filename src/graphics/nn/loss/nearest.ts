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
export function nearestSquaredDistances(from: tf.Tensor3D, to: tf.Tensor3D, mostDistances = MOST_DISTANCES): tf.Tensor2D {
  return tf.tidy(() => {
    const indices = nearestIndices(from, to, mostDistances);
    const nearest = lookUpRows(tf.reshape(to, [-1, to.shape[2]]), tf.reshape(indices, [-1]));
    return tf.sum(tf.squaredDifference(from, tf.reshape(nearest, from.shape)), -1) as tf.Tensor2D;
  });
}
