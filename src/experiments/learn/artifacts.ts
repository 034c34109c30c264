import { SceneError } from '../../scene/errors';
import * as tf from '../../graphics/tf';
import { encodeFloat16 } from '../pose/encoder/float16';
import type { Learner } from './learner';
import type { LearnArtifacts, LearnProvenance } from './protocol';
import type { LearnSettings } from './settings';

// A network in TensorFlow.js's own model format: model.json with what the network is as its topology and the provenance as user-defined
// metadata, and the weights beside it; so every tf.io handler (http, IndexedDB, files) can carry it.

export const LEARN_FORMAT = 'diorama-point-network';

/** What has to agree for weights to fit. */
const topologyOf = ({ task, model, width, normals = false, size = false, transforms = true }: LearnSettings, classCount: number) =>
  ({ task, model, width, normals, ...(size && { size }), ...(!transforms && { transforms }), classCount });

export async function toLearnArtifacts({ variables }: Learner, provenance: LearnProvenance): Promise<LearnArtifacts> {
  const { data, specs } = await tf.io.encodeWeights({ ...variables });
  return {
    format: LEARN_FORMAT, generatedBy: 'diorama', convertedBy: null,
    modelTopology: topologyOf(provenance.settings, provenance.classNames.length),
    weightSpecs: specs.map((spec) => ({ ...spec, quantization: { dtype: 'float16' as const } })),
    weightData: encodeFloat16(new Float32Array(data)),
    userDefinedMetadata: { ...provenance },
  };
}

const refuse = (reason: string) => new SceneError(`These weights do not fit: ${reason}`, { code: 'malformed', advice: 'Train from scratch, or choose the settings that they were trained with.' });

/**
 * The weights to begin with.
 * @param fresh those of an untrained network: with `transfer` they stay where the artifacts' have another shape.
 * @throws SceneError where the artifacts are no point network's or one of another kind, naming what differs.
 */
export async function weightsFromArtifacts(
  artifacts: LearnArtifacts, fresh: ReadonlyMap<string, Float32Array>, { variables }: Learner, settings: LearnSettings, classNames: readonly string[], transfer = false,
): Promise<ReadonlyMap<string, Float32Array>> {
  if (artifacts.format !== LEARN_FORMAT) throw refuse(`their format is "${String(artifacts.format)}", not "${LEARN_FORMAT}".`);
  const topology = { ...artifacts.modelTopology } as Record<string, unknown>;
  const differs = (name: string, value: unknown) => topology[name] !== value && !(transfer && name === 'classCount');
  for (const [name, value] of Object.entries(topologyOf(settings, classNames.length))) {
    if (differs(name, value)) throw refuse(`${name} is ${String(topology[name])} with them, and ${String(value)} here.`);
  }
  const { classNames: known } = { ...artifacts.userDefinedMetadata } as Partial<LearnProvenance>;
  if (known && known.join() !== classNames.join() && !transfer) throw refuse(`they know the classes ${known.join(', ')}.`);
  const specs = new Map((artifacts.weightSpecs ?? []).map((spec) => [spec.name, spec]));
  const fits = ([name, { shape }]: readonly [string, tf.Variable]) => tf.util.arraysEqual(specs.get(name)?.shape ?? [], shape);
  const misfit = Object.entries(variables).find((entry) => !fits(entry));
  if (misfit && !transfer) {
    const [name, { shape }] = misfit;
    const spec = specs.get(name);
    throw refuse(`the weight ${name} ${spec ? `has shape [${spec.shape}], not [${shape}]` : 'is missing'}.`);
  }
  const taken = new Set(Object.entries(variables).filter(fits).map(([name]) => name));
  const read = await readWeights(artifacts, [...specs.values()]);
  return new Map([...fresh].map(([name, values]) => [name, taken.has(name) ? read.get(name) ?? values : values]));
}

async function readWeights({ weightData }: LearnArtifacts, specs: tf.io.WeightsManifestEntry[]): Promise<ReadonlyMap<string, Float32Array>> {
  const bytes = weightData === undefined ? new ArrayBuffer(0) : weightData instanceof ArrayBuffer ? weightData : tf.io.CompositeArrayBuffer.join(weightData);
  const expected = specs.reduce((sum, spec) => sum + tf.util.sizeFromShape(spec.shape) * (spec.quantization?.dtype === 'float16' ? 2 : 4), 0);
  if (bytes.byteLength !== expected) throw refuse(`they have ${bytes.byteLength} bytes instead of ${expected}.`);
  const tensors = tf.io.decodeWeights(bytes, specs);
  try {
    return new Map(await Promise.all(Object.entries(tensors).map(async ([name, tensor]) => [name, Float32Array.from(await tensor.data())] as const)));
  } finally {
    tf.dispose(tensors);
  }
}
