import * as tf from '../../tf';
import type { CompositeLayer } from '../layer/compositeLayer';
import type { NetworkCallArgs } from '../layer/pointNetwork';
import type { PointBatch, PointModel, PointModelOptions, PreparedBatch } from './pointModel';

/** What is particular to a network that is one layer. */
export interface NetworkParts<P extends PreparedBatch> {
  /** Applies the network to the least input, so that it has its weights. */
  warmUp(): tf.Tensor;
  prepare(batch: PointBatch): P;
  forward(prepared: P, args: Pick<NetworkCallArgs, 'training' | 'record' | 'penalize' | 'dropSeed'>): tf.Tensor;
}

/** A network that is one layer, as a {@link PointModel}. Its records are as many as it names. */
export function networkModel<P extends PreparedBatch>(
  id: string, options: PointModelOptions, network: CompositeLayer & { readonly recordNames: readonly string[] }, parts: NetworkParts<P>,
): PointModel {
  tf.tidy(() => void parts.warmUp());
  let penalty: tf.Scalar | undefined;
  const forget = () => {
    penalty?.dispose();
    penalty = undefined;
  };
  return {
    id, options,
    get weights() { return network.weights; },
    get trainableWeights() { return network.trainableWeights; },
    get rateFactors() { return network.rateFactors; },
    layerNames: network.recordNames,
    prepare: (batch) => parts.prepare(batch),
    forward(prepared, { training = false, record, seed } = {}) {
      forget();
      const penalize = (term: tf.Scalar) => {
        const sum = tf.keep(penalty ? tf.add(penalty, term) as tf.Scalar : tf.clone(term));
        forget();
        penalty = sum;
      };
      return tf.tidy(() => parts.forward(prepared as P, { training, record, penalize: training ? penalize : undefined, dropSeed: seed }));
    },
    // 0 where no layer adds anything. A copy: the caller's scope may dispose it.
    regularization: () => (penalty ? tf.clone(penalty) : tf.scalar(0)),
    dispose() {
      forget();
      network.dispose();
    },
  };
}
