import { SceneError } from '../../../scene/errors';
import * as tf from '../../../graphics/tf';
import { checkArchitecture, weightShapes, type EncoderArchitecture } from './architecture';
import { encodeFloat16 } from './float16';

// An encoder in TensorFlow.js's own model format: model.json with the architecture as its topology and the provenance as user-defined
// metadata, and the weights beside it; so every tf.io handler (http, IndexedDB, files) can carry it.

export const ENCODER_FORMAT = 'diorama-pose-encoder';

/** Where a set of weights comes from. */
export interface EncoderProvenance {
  readonly object: string;
  /** The largest distance of a vertex from the object's origin: depths are guessed in its terms. */
  readonly radius: number;
  /** Tangent of half the field of view of the pictures it learnt from. */
  readonly tangent: number;
  readonly seed: number;
  readonly steps: number;
  /** Images drawn and looked at. */
  readonly images: number;
  readonly settings: Readonly<Record<string, unknown>>;
  /** On poses held back from training. */
  readonly heldBack?: Readonly<Record<string, number>>;
  /** What trains it again. */
  readonly command?: string;
  /** The version of this project that trained it. */
  readonly version?: string;
}

export type WeightPrecision = 'float32' | 'float16';

/** @returns what a tf.io handler saves. */
export async function toArtifacts(
  weights: tf.NamedTensorMap, architecture: EncoderArchitecture, metadata: object, precision: WeightPrecision,
): Promise<tf.io.ModelArtifacts> {
  const { data, specs } = await tf.io.encodeWeights(weights);
  const half = precision === 'float16';
  return {
    format: ENCODER_FORMAT,
    generatedBy: 'diorama',
    convertedBy: null,
    modelTopology: { ...architecture },
    weightSpecs: half ? specs.map((spec) => ({ ...spec, quantization: { dtype: 'float16' as const } })) : specs,
    weightData: half ? encodeFloat16(new Float32Array(data)) : data,
    userDefinedMetadata: { ...metadata },
  };
}

/** model.json's text and weights.bin's bytes. */
export function toFiles(artifacts: tf.io.ModelArtifacts): { readonly modelJson: string; readonly weights: ArrayBuffer } {
  const { weightSpecs, weightData, ...rest } = artifacts;
  const weights = weightData instanceof ArrayBuffer ? weightData : tf.io.CompositeArrayBuffer.join(weightData);
  return { modelJson: `${JSON.stringify({ ...rest, weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }] }, null, 1)}\n`, weights };
}

/** The other way. @throws SceneError where the text is no encoder's model.json. */
export function fromFiles(modelJson: string, weights: ArrayBuffer, file = 'model.json'): tf.io.ModelArtifacts {
  try {
    const { weightsManifest, ...rest } = JSON.parse(modelJson) as tf.io.ModelJSON;
    return { ...rest, weightSpecs: weightsManifest.flatMap((group) => group.weights), weightData: weights } as tf.io.ModelArtifacts;
  } catch (error) {
    throw refuse(file, `it is not a model.json (${error instanceof Error ? error.message : String(error)}).`);
  }
}

function refuse(file: string, reason: string): SceneError {
  return new SceneError(`This is no encoder that can be read: ${reason}`, { file, code: 'malformed', advice: 'Train it again with "npm run train".' });
}

/** What was read: tensors are the caller's to dispose. */
export interface ReadArtifacts {
  readonly architecture: EncoderArchitecture;
  readonly tensors: tf.NamedTensorMap;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * Reads artifacts and checks every weight's shape before a network is built.
 * @throws SceneError that names the file and the weight.
 */
export function readArtifacts(artifacts: tf.io.ModelArtifacts, file: string): ReadArtifacts {
  if (artifacts.format !== ENCODER_FORMAT) throw refuse(file, `its format is "${artifacts.format}", not "${ENCODER_FORMAT}".`);
  const architecture = artifacts.modelTopology as EncoderArchitecture;
  let shapes: Record<string, number[]>;
  try {
    checkArchitecture(architecture);
    shapes = weightShapes(architecture);
  } catch {
    throw refuse(file, 'its topology is not an encoder\'s.');
  }
  const specs = new Map((artifacts.weightSpecs ?? []).map((spec) => [spec.name, spec]));
  for (const [name, shape] of Object.entries(shapes)) {
    const spec = specs.get(name);
    if (!spec) throw refuse(file, `the weight ${name} is missing.`);
    if (!tf.util.arraysEqual(spec.shape, shape)) throw refuse(file, `the weight ${name} has shape [${spec.shape}], not [${shape}].`);
  }
  const bytes = artifacts.weightData === undefined ? new ArrayBuffer(0)
    : artifacts.weightData instanceof ArrayBuffer ? artifacts.weightData : tf.io.CompositeArrayBuffer.join(artifacts.weightData);
  const expected = [...specs.values()].reduce((sum, spec) => sum + tf.util.sizeFromShape(spec.shape) * (spec.quantization?.dtype === 'float16' ? 2 : 4), 0);
  if (bytes.byteLength !== expected) throw refuse(file, `its weights have ${bytes.byteLength} bytes instead of ${expected}.`);
  return { architecture, tensors: tf.io.decodeWeights(bytes, [...specs.values()]), metadata: { ...artifacts.userDefinedMetadata } };
}
