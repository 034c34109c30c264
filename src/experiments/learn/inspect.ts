import type { LayerRecord, PointModel, PreparedBatch } from '../../graphics/nn/model/pointModel';
import * as tf from '../../graphics/tf';
import type { LayerView } from './protocol';

/** A record whose tensors outlive the forward pass. */
type KeptRecord = { readonly record: LayerRecord; readonly tensors: Readonly<Record<'positions' | 'activation', tf.Tensor>> & { readonly [name in 'entryWeights' | 'kernelPoints' | 'winners']?: tf.Tensor } };

const keep = <T extends tf.Tensor | undefined>(tensor: T): T => (tensor ? tf.keep(tf.clone(tensor)) as T : tensor);

/** Runs one shape through the network and reads what every layer did. */
export async function inspectLayers(model: PointModel, prepared: PreparedBatch): Promise<LayerView[]> {
  const kept: KeptRecord[] = [];
  tf.tidy(() => void model.forward(prepared, {
    record: (record) => kept.push({
      record, tensors: {
        positions: keep(record.positions), activation: keep(record.activation),
        entryWeights: keep(record.entryWeights), kernelPoints: keep(record.kernelPoints), winners: keep(record.winners),
      },
    }),
  }));
  try {
    return await Promise.all(kept.map(readRecord));
  } finally {
    kept.forEach(({ tensors }) => tf.dispose({ ...tensors }));
  }
}

async function readRecord({ record: { name, kind, neighborhood }, tensors }: KeptRecord): Promise<LayerView> {
  const floats = async (tensor: tf.Tensor | undefined) => tensor && Float32Array.from(await tensor.data());
  const [positions, activation, entryWeights, kernelPoints, winners] = await Promise.all(
    [tensors.positions, tensors.activation, tensors.entryWeights, tensors.kernelPoints, tensors.winners].map(floats),
  );
  return {
    name, kind, positions: positions as Float32Array, activation: activation as Float32Array,
    channels: tensors.activation.shape[tensors.activation.rank - 1],
    ...(neighborhood && { neighborhood: { offsets: neighborhood.offsets, columns: neighborhood.columns } }),
    ...(entryWeights && { entryWeights }),
    ...(kernelPoints && { kernelPoints }),
    ...(winners && { winners: Int32Array.from(winners) }),
  };
}
