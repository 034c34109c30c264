import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../graphics/tf';
import { createRandom } from '../../../scene/random';
import { objectRadius, poseCamera } from '../camera';
import { createDecoderMesh, disposeDecoderMesh, type DecoderMesh } from '../decoderMesh';
import { BACKGROUND } from '../target';
import { createLossContext, disposeLossContext } from './lossContext';
import { createEncoderNetwork, type EncoderNetwork } from './network';
import { drawSamples } from './samples';
import { cubeObject, TINY_SETTINGS } from './testing/tiny';
import { drawTraining } from './trainingImages';
import { trainingLoss, type Comparison, type LossContext } from './trainingLoss';

const OBJECT = cubeObject();
let network: EncoderNetwork;
let mesh: DecoderMesh;
let context: LossContext;

beforeAll(async () => {
  await tf.setBackend('cpu');
  network = createEncoderNetwork(TINY_SETTINGS.architecture, 3);
  mesh = createDecoderMesh(OBJECT.mesh, BACKGROUND);
  context = await createLossContext(OBJECT, poseCamera(objectRadius(OBJECT), TINY_SETTINGS.architecture.inputSize), TINY_SETTINGS, network.anchors);
});
afterAll(() => {
  disposeLossContext(context);
  disposeDecoderMesh(mesh);
  network.dispose();
});

/** The loss and its gradient by every weight, of three images, in order. */
function lossAndGradients(trust: number, change: (comparison: Comparison) => Comparison = (c) => c): number[][] {
  return tf.tidy(() => {
    const samples = drawSamples(createRandom(5), 3, objectRadius(OBJECT), TINY_SETTINGS);
    const { image, comparison } = drawTraining(samples, mesh, context, TINY_SETTINGS, 1);
    const { value, grads } = tf.variableGrads(() => trainingLoss(network, image, change(comparison), context, trust), Object.values(network.variables));
    return [value, ...Object.values(network.variables).map(({ name }) => grads[name])].map((t) => Array.from(t.dataSync()));
  });
}
/** What other views than the most similar ones would tell. */
const misled = (comparison: Comparison): Comparison =>
  ({ ...comparison, columns: tf.neg(comparison.columns), placement: tf.add(comparison.placement, 1) });
/** Nothing to compare drawn hypotheses with. */
const blank = (comparison: Comparison): Comparison => ({ ...comparison, clean: tf.zerosLike(comparison.clean) });

describe('the loss', () => {
  it('is at first the bank\'s alone: what is drawn of hypotheses makes no difference', () => {
    expect(lossAndGradients(0, blank)).toEqual(lossAndGradients(0));
    expect(lossAndGradients(0, misled)).not.toEqual(lossAndGradients(0));
  });

  it('listens to both in the end', () => {
    expect(lossAndGradients(1, blank)).not.toEqual(lossAndGradients(1));
    expect(lossAndGradients(1, misled)).not.toEqual(lossAndGradients(1));
  });

  it.each([0, 0.5, 1])('has finite gradients that move every weight (trust %f)', (trust) => {
    const [, ...gradients] = lossAndGradients(trust);
    for (const gradient of gradients) {
      expect(gradient.every(Number.isFinite)).toBe(true);
      expect(Math.max(...gradient.map(Math.abs))).toBeGreaterThan(0);
    }
  });
});
