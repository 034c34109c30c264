import { disposeNeighborhood, type SparseNeighborhood } from '../../geometry/convolution';
import { neighborhoodOf } from '../../geometry/neighborhood';
import type { RowGroups } from '../../geometry/pointHierarchy';
import { neighborSum } from '../../kernels';
import type { Shape } from '../../layers';
import { checkSameBatches, checkShape } from '../../shape';
import * as tf from '../../tf';
import { checkMap } from './layerNeighbors';
import { rowsOf, SharedStack } from './sharedStack';

export interface PropagationCallArgs {
  readonly training?: boolean;
  /** From whom each fine point interpolates, and with what weights: [B, N, M], such as a level's `interpolation`. Else the table says, with equal weights. */
  readonly neighbors?: SparseNeighborhood;
  /** Which of the fine points count. */
  readonly rows?: RowGroups;
}

interface Inputs { readonly coarse: tf.Tensor; readonly fine?: tf.Tensor; readonly table?: tf.Tensor }

/** @throws Error that names the argument, axis and shape. */
function readInputs(inputs: tf.Tensor | tf.Tensor[], hasFeatures: boolean): Inputs {
  const [coarse, ...rest] = Array.isArray(inputs) ? inputs : [inputs];
  const [fine, table] = hasFeatures ? rest : [undefined, rest[0]];
  checkShape('coarse', coarse, [null, null, null]);
  if (hasFeatures && !fine) throw new Error('inputs must be [coarse, fine], and a table of neighbours after them where the call has none');
  if (fine) {
    checkShape('fine', fine, [null, null, null]);
    checkSameBatches(['coarse', coarse, 2], ['fine', fine, 2]);
  }
  return { coarse, fine, table };
}

/**
 * Feature propagation: coarse points' features interpolated at the fine ones, beside those that these have already, through shared layers. Qi et al., "PointNet++",
 * NeurIPS 2017, section 3.4, equation 2. Interpolation is linear, so the first layer's product is made of the coarse points, M rows instead of N.
 *
 * Called as `layer.apply([coarse, fine], {training, neighbors, rows})`: [B, M, C1] and [B, N, C2], the latter unless `features` is false, and after them, without
 * `neighbors`, a table int32 [B, N, K], −1 for none. Output [B, N, D].
 * @example
 * ```ts
 * const layer = new nn.layer.points.FeaturePropagation({ channels: [8] });
 * const table = tf.tensor3d([[[0, 1], [1, -1], [0, -1]]], [1, 3, 2], 'int32');
 * (layer.apply([tf.ones([1, 2, 5]), tf.ones([1, 3, 4]), table]) as tf.Tensor).shape; // → [1, 3, 8]
 * ```
 */
export class FeaturePropagation extends SharedStack {
  static readonly className: string = 'FeaturePropagation';

  override build(inputShape: Shape | Shape[]): void {
    const [coarse, fine] = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as Shape[];
    this.buildShared((coarse.at(-1) as number) + (this.settings.features ? fine.at(-1) as number : 0));
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training, neighbors, rows }: PropagationCallArgs): tf.Tensor {
    const read = readInputs(inputs, this.settings.features);
    if (!neighbors && !read.table) throw new Error('neighbors must be given: as the last input, a table of indices [B, N, K], or as {neighbors} in the call\'s arguments');
    return tf.tidy(() => {
      if (neighbors) return this.propagate(read, neighbors, { training, rows });
      const own = neighborhoodOf(read.table!, read.coarse.shape[1] as number);
      try {
        return this.propagate(read, own, { training, rows });
      } finally {
        disposeNeighborhood(own);
      }
    });
  }

  private propagate({ coarse, fine }: Inputs, map: SparseNeighborhood, call: Pick<PropagationCallArgs, 'training' | 'rows'>): tf.Tensor {
    checkMap(map, { rows: fine && ['fine', fine], columns: ['coarse', coarse] });
    const [forCoarse, forFine] = this.firstKernel(coarse.shape[2] as number);
    const carried = neighborSum(tf.matMul(rowsOf(coarse), forCoarse), tf.expandDims(map.weights, -1), map);
    const [first, ...others] = this.shared;
    const products = fine ? tf.add(carried, tf.matMul(rowsOf(fine), forFine)) : carried;
    const made = others.reduce((x, layer) => layer.apply(x, call) as tf.Tensor, first.finish(products, call));
    return tf.reshape(made, [coarse.shape[0], map.rowCount, this.outChannels]);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shapes = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as Shape[];
    // The fine features or the table have a row for each output.
    const rows = shapes.length > 1 ? shapes[1][1] : null;
    return [shapes[0][0], rows, this.outChannels];
  }
}
tf.serialization.registerClass(FeaturePropagation);
