import type { LayerArithmetic, LayerSource } from '../../graphics/nn/model/layerArithmetic';
import type { LayerRecord, PointModel, PreparedBatch } from '../../graphics/nn/model/pointModel';
import * as tf from '../../graphics/tf';
import type { ArithmeticView, LayerView, SourceView } from './protocol';

/** Tensors of one record by name; those of its stages by number and name. */
type Tensors = Readonly<Record<string, tf.Tensor>>;

/** A record whose tensors outlive the forward pass. */
interface KeptRecord { readonly record: LayerRecord; readonly tensors: Tensors }

/** Runs one shape through the network and reads what every layer did. */
export async function inspectLayers(model: PointModel, prepared: PreparedBatch): Promise<LayerView[]> {
  const kept: KeptRecord[] = [];
  tf.tidy(() => void model.forward(prepared, { record: (record) => kept.push({ record, tensors: keepTensors(record) }) }));
  try {
    const numberOf = new Map(kept.map(({ record }, i) => [record.name, i]));
    return await Promise.all(kept.map((one) => readRecord(one, numberOf)));
  } finally {
    kept.forEach(({ tensors }) => tf.dispose({ ...tensors }));
  }
}

function keepTensors({ positions, activation, entryWeights, entryDensity, kernelPoints, winners, arithmetic }: LayerRecord): Tensors {
  const stages = (arithmetic?.stages ?? []).flatMap(({ kernel, scale, shift }, i) => Object.entries({ kernel, scale, shift }).map(([name, tensor]) => [`${name}${i}`, tensor] as const));
  const all = Object.entries({ positions, activation, entryWeights, entryDensity, kernelPoints, winners, inputs: arithmetic?.inputs, beside: arithmetic?.beside });
  return Object.fromEntries([...all, ...stages].flatMap(([name, tensor]) => (tensor ? [[name, tf.keep(tf.clone(tensor))]] : [])));
}

async function readRecord({ record, tensors }: KeptRecord, numberOf: ReadonlyMap<string, number>): Promise<LayerView> {
  const { name, kind, neighborhood, sources, arithmetic, faces } = record;
  const read = Object.fromEntries(await Promise.all(Object.entries(tensors).map(async ([key, tensor]) => [key, Float32Array.from(await tensor.data())] as const)));
  const { positions, activation, entryWeights, entryDensity, kernelPoints, winners } = read;
  return {
    name, kind, positions, activation, channels: tensors.activation.shape[tensors.activation.rank - 1],
    ...(neighborhood && { neighborhood: { offsets: neighborhood.offsets, columns: neighborhood.columns } }),
    ...(sources && { sources: sources.map((source) => viewOf(source, numberOf)) }),
    ...(arithmetic && { arithmetic: readArithmetic(arithmetic, read, tensors) }),
    ...(entryWeights && { entryWeights }),
    ...(entryDensity && { entryDensity }),
    ...(kernelPoints && { kernelPoints }),
    ...(winners && { winners: Int32Array.from(winners) }),
    ...(faces && { faces }),
  };
}

function viewOf({ layer, takes }: LayerSource, numberOf: ReadonlyMap<string, number>): SourceView {
  const number = layer === undefined ? -1 : numberOf.get(layer);
  if (number === undefined) throw new Error(`A layer takes what "${layer}" gives, but there is no such record.`);
  return { layer: number, takes: typeof takes === 'string' ? takes : { offsets: takes.offsets, columns: takes.columns } };
}

function readArithmetic({ form, stages, shares, residual = false }: LayerArithmetic, read: Readonly<Record<string, Float32Array | undefined>>, { inputs }: Tensors): ArithmeticView {
  const { inputs: values, beside } = read;
  return {
    form, residual, width: inputs ? inputs.shape[inputs.rank - 1] as number : 0,
    ...(values && { inputs: values }), ...(beside && { beside }), ...(shares && { shares }),
    stages: stages.map(({ kernel, slope }, i) => {
      const [scale, shift] = [read[`scale${i}`], read[`shift${i}`]];
      return { kernel: read[`kernel${i}`] as Float32Array, outputs: kernel.shape[1] as number, slope, ...(scale && { scale }), ...(shift && { shift }) };
    }),
  };
}
