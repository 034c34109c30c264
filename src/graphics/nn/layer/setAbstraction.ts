import { disposeNeighborhood, type SparseNeighborhood } from '../../geometry/convolution';
import { neighborhoodOf } from '../../geometry/neighborhood';
import { gatherRows, segmentMax } from '../../kernels';
import { withAnEntry } from '../../kernels/neighborSum/neighborTables';
import type { Shape } from '../../layers';
import { checkSameBatches, checkShape } from '../../shape';
import * as tf from '../../tf';
import { checkMap } from './layerNeighbors';
import type { LayerArithmetic } from '../model/layerArithmetic';
import { rowsOf, SharedStack } from './sharedStack';

export interface SetAbstractionCallArgs {
  readonly training?: boolean;
  /** Whom each centre sees: [B, M, N], such as a level's group. Else the table says. */
  readonly neighbors?: SparseNeighborhood;
}

interface Inputs { readonly points: tf.Tensor; readonly centres: tf.Tensor; readonly features?: tf.Tensor; readonly table?: tf.Tensor }

/** @throws Error that names the argument, axis and shape. */
function readInputs(inputs: tf.Tensor | tf.Tensor[], hasFeatures: boolean): Inputs {
  if (!Array.isArray(inputs) || inputs.length < (hasFeatures ? 3 : 2)) {
    throw new Error(`inputs must be [points, centres${hasFeatures ? ', features' : ''}], and a table of neighbours after them where the call has none`);
  }
  const [points, centres, ...rest] = inputs;
  const [features, table] = hasFeatures ? rest : [undefined, rest[0]];
  checkShape('points', points, [null, null, null]);
  checkShape('centres', centres, [null, null, points.shape[2] as number]);
  checkSameBatches(['points', points, 2], ['centres', centres, 2]);
  if (features) checkShape('features', features, [...points.shape.slice(0, 2), null]);
  if (table) checkShape('the table of neighbours', table, [...centres.shape.slice(0, 2), null]);
  return { points, centres, features, table };
}

/**
 * Set abstraction at one scale: by channel the maximum over a centre's neighbours of a small PointNet of [xⱼ − cᵢ, fⱼ]. Qi, Yi, Su, Guibas, "PointNet++",
 * NeurIPS 2017, section 3.2, whose PointNet layer is equation 1. The first layer's product is made of points before they are gathered,
 * W · (xⱼ − cᵢ) = W · xⱼ − W · cᵢ: N + M rows instead of one for each neighbour.
 *
 * Called as `layer.apply(inputs, {training, neighbors})`, the inputs [points [B, N, 3], centres [B, M, 3], features [B, N, C]], the last where points have any,
 * and after them, without `neighbors`, a table int32 [B, M, K], −1 for none. Output [B, M, D], unmoved when all points move alike; centres without neighbours get 0.
 * @example
 * ```ts
 * const layer = new nn.layer.points.SetAbstraction({ channels: [8, 16], features: false });
 * const [points, table] = [tf.tensor3d([[[0, 0, 0], [1, 0, 0], [0, 2, 0]]]), tf.tensor3d([[[0, 1, -1]]], [1, 1, 3], 'int32')];
 * const y = layer.apply([points, tf.zeros([1, 1, 3]), table]) as tf.Tensor;
 * y.shape; // → [1, 1, 16]
 * const moved = layer.apply([tf.add(points, 5), tf.fill([1, 1, 3], 5), table]) as tf.Tensor;
 * tf.max(tf.abs(tf.sub(moved, y))); // → 0
 * ```
 */
export class SetAbstraction extends SharedStack {
  static readonly className: string = 'SetAbstraction';

  override build(inputShape: Shape | Shape[]): void {
    const [points, , features] = inputShape as Shape[];
    this.buildShared((points.at(-1) as number) + (this.settings.features ? features.at(-1) as number : 0));
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training, neighbors }: SetAbstractionCallArgs): tf.Tensor {
    const read = readInputs(inputs, this.settings.features);
    if (!neighbors && !read.table) throw new Error('neighbors must be given: as the last input, a table of indices [B, M, K], or as {neighbors} in the call\'s arguments');
    return tf.tidy(() => {
      if (neighbors) return this.abstract(read, neighbors, training);
      const own = neighborhoodOf(read.table!, read.points.shape[1] as number);
      try {
        return this.abstract(read, own, training);
      } finally {
        disposeNeighborhood(own);
      }
    });
  }

  /** What the layer makes of its neighbourhoods outside training, for records. */
  arithmetic(features: tf.Tensor | undefined): LayerArithmetic {
    return { form: 'offset', inputs: features, stages: this.stages() };
  }

  private abstract({ points, centres, features }: Inputs, neighbors: SparseNeighborhood, training?: boolean): tf.Tensor {
    checkMap(neighbors, { rows: ['centres', centres], columns: ['points', points] });
    const shape = [...centres.shape.slice(0, -1), this.outChannels];
    const { rows, columns } = withAnEntry(neighbors);
    const [forPoints, forFeatures] = this.firstKernel(points.shape[2] as number);
    const ofPoints = tf.matMul(rowsOf(points), forPoints);
    const products = features ? tf.add(ofPoints, tf.matMul(rowsOf(features), forFeatures)) : ofPoints;
    const edges = tf.sub(gatherRows(products, columns), gatherRows(tf.matMul(rowsOf(centres), forPoints), rows));
    // Entries that only fill up have no row, and are no part of the batch.
    const total = rows.memberCount;
    const mask = total < rows.entryCount ? tf.reshape(tf.cast(tf.greaterEqual(rows.segments, 0), 'float32'), [rows.entryCount, 1]) : null;
    const call = { training, rows: { groups: rows, total, mask } };
    const [first, ...others] = this.shared;
    const seen = others.reduce((x, layer) => layer.apply(x, call) as tf.Tensor, first.finish(edges, call));
    return tf.reshape(segmentMax(seen, rows), shape);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape[])[1].slice(0, -1), this.outChannels];
  }
}
tf.serialization.registerClass(SetAbstraction);
