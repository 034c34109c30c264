import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../graphics/tf';
import { createRandom } from '../../../scene/random';
import { weightShapes, type EncoderArchitecture } from './architecture';
import { fromFiles, toArtifacts, toFiles } from './artifacts';
import { createEncoderNetwork } from './network';
import { encoderAround, loadEncoder } from './poseEncoder';
import { poseCamera } from '../camera';

const ARCHITECTURE: EncoderArchitecture = { inputSize: 16, channels: [4, 4, 4], features: 8, hypotheses: 5 };
const camera = poseCamera(1, 32);
const random = createRandom(5);
const image = { height: 32, width: 32, data: Float32Array.from({ length: 32 * 32 * 3 }, () => random.uniform()) };

beforeAll(async () => {
  await tf.setBackend('cpu');
});
afterEach(() => {
  tf.disposeVariables();
});

const saved = async (precision: 'float32' | 'float16' = 'float32') => {
  const network = createEncoderNetwork(ARCHITECTURE, 7);
  return { network, artifacts: await toArtifacts({ ...network.variables }, ARCHITECTURE, { object: 'cube', radius: 1, steps: 3 }, precision) };
};

describe('saving and loading', () => {
  it('gives identical guesses', async () => {
    const { network, artifacts } = await saved();
    const before = await encoderAround(network, 1, undefined, false).guess(image, camera);
    const { modelJson, weights } = toFiles(artifacts);
    const loaded = await loadEncoder(tf.io.fromMemory(fromFiles(modelJson, weights)));
    expect(await loaded.guess(image, camera)).toEqual(before);
    expect(loaded.provenance).toMatchObject({ object: 'cube', steps: 3 });
  });

  it('halves the bytes and hardly moves the guesses', async () => {
    const { network, artifacts } = await saved('float16');
    const count = Object.values(weightShapes(ARCHITECTURE)).reduce((sum, shape) => sum + tf.util.sizeFromShape(shape), 0);
    expect(toFiles(artifacts).weights.byteLength).toBe(2 * count);
    const [before, after] = [await encoderAround(network, 1, undefined, false).guess(image, camera), await (await loadEncoder({ load: async () => artifacts })).guess(image, camera)];
    after.forEach((guess, i) => {
      expect(guess.score).toBeCloseTo(before[i].score, 2);
      guess.pose.rotation.forEach((q, k) => expect(q).toBeCloseTo(before[i].pose.rotation[k], 2));
    });
  });
});

describe('files that are no encoder', () => {
  it.each([
    ['another format', (a: tf.io.ModelArtifacts) => ({ ...a, format: 'layers-model' }), 'its format is "layers-model"'],
    ['a missing weight', (a: tf.io.ModelArtifacts) => ({ ...a, weightSpecs: a.weightSpecs?.slice(1) }), 'the weight conv1/filter is missing'],
    ['a weight of another shape', (a: tf.io.ModelArtifacts) => ({ ...a, weightSpecs: a.weightSpecs?.map((s, i) => (i ? s : { ...s, shape: [1, 4] })) }), 'has shape [1,4], not [108,4]'],
    ['too few bytes', (a: tf.io.ModelArtifacts) => ({ ...a, weightData: (a.weightData as ArrayBuffer).slice(4) }), 'bytes instead of'],
    ['an absurd topology', (a: tf.io.ModelArtifacts) => ({ ...a, modelTopology: { ...ARCHITECTURE, hypotheses: 1e9 } }), 'topology'],
  ])('refuses %s', async (_, spoil, message) => {
    const { artifacts } = await saved();
    await expect(loadEncoder({ load: async () => spoil(artifacts) })).rejects.toThrow(message);
  });

  it('refuses text that is no model.json', () => {
    expect(() => fromFiles('{', new ArrayBuffer(0))).toThrow('model.json: This is no encoder that can be read');
  });
});
