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
const topologyOf = ({ task, model, width, normals = false }: LearnSettings, classCount: number) => ({ task, model, width, normals, classCount });

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

/** @throws SceneError where the artifacts are no point network's or one of another kind, naming what differs. */
export async function weightsFromArtifacts(
  artifacts: LearnArtifacts, { variables }: Learner, settings: LearnSettings, classNames: readonly string[],
): Promise<ReadonlyMap<string, Float32Array>> {
  if (artifacts.format !== LEARN_FORMAT) throw refuse(`their format is "${String(artifacts.format)}", not "${LEARN_FORMAT}".`);
  const topology = { ...artifacts.modelTopology } as Record<string, unknown>;
  for (const [name, value] of Object.entries(topologyOf(settings, classNames.length))) {
    if (topology[name] !== value) throw refuse(`${name} is ${String(topology[name])} with them, and ${String(value)} here.`);
  }
  const { classNames: known } = { ...artifacts.userDefinedMetadata } as Partial<LearnProvenance>;
  if (known && known.join() !== classNames.join()) throw refuse(`they know the classes ${known.join(', ')}.`);
  const specs = new Map((artifacts.weightSpecs ?? []).map((spec) => [spec.name, spec]));
  for (const [name, { shape }] of Object.entries(variables)) {
    const spec = specs.get(name);
    if (!spec || !tf.util.arraysEqual(spec.shape, shape)) throw refuse(`the weight ${name} ${spec ? `has shape [${spec.shape}], not [${shape}]` : 'is missing'}.`);
  }
  const bytes = artifacts.weightData === undefined ? new ArrayBuffer(0)
    : artifacts.weightData instanceof ArrayBuffer ? artifacts.weightData : tf.io.CompositeArrayBuffer.join(artifacts.weightData);
  const expected = [...specs.values()].reduce((sum, spec) => sum + tf.util.sizeFromShape(spec.shape) * (spec.quantization?.dtype === 'float16' ? 2 : 4), 0);
  if (bytes.byteLength !== expected) throw refuse(`they have ${bytes.byteLength} bytes instead of ${expected}.`);
  const tensors = tf.io.decodeWeights(bytes, [...specs.values()]);
  try {
    return new Map(await Promise.all(Object.entries(tensors).map(async ([name, tensor]) => [name, Float32Array.from(await tensor.data())] as const)));
  } finally {
    tf.dispose(tensors);
  }
}
