import { createRandom } from '../../../scene/random';
import { createAdam } from '../../../graphics/nn/optimizer/adam';
import * as tf from '../../../graphics/tf';
import { fittingDistance, objectRadius, poseCamera } from '../camera';
import { createDecoderMesh, disposeDecoderMesh, type DecoderMesh } from '../decoderMesh';
import { chooseMesh } from '../levels';
import type { PoseObject } from '../protocol';
import { BACKGROUND } from '../target';
import { readArtifacts, toArtifacts, type EncoderProvenance } from './artifacts';
import { evaluateNetwork, heldBackSamples, type EncoderEvaluation } from './evaluation';
import type { GuessFrame } from './guesses';
import { createLossContext, disposeLossContext } from './lossContext';
import { createEncoderNetwork } from './network';
import { encoderAround, encoderTangent, type LoadedEncoder } from './poseEncoder';
import { drawSamples, streamSeed } from './samples';
import { courseAt, DEFAULT_ENCODER_SETTINGS, type EncoderSettings } from './settings';
import { drawTraining } from './trainingImages';
import { trainingLoss } from './trainingLoss';

export interface EncoderTrainerOptions {
  readonly object: PoseObject;
  readonly settings?: EncoderSettings;
  readonly seed: number;
  /** Goes on from here, exactly; settings and seed must be those it was made with. */
  readonly checkpoint?: tf.io.ModelArtifacts;
  /** Poses held back. */
  readonly heldBack?: number;
  /** Steps between readings of the loss. Each waits for the device: 1 leaves it free in between for what else is to be drawn. */
  readonly readEvery?: number;
  /** While the views are drawn, 0…1. */
  onProgress?(fraction: number): void;
}

/** An encoder being trained. Nothing in it touches the DOM; whoever steps it decides when it pauses. */
export interface EncoderTrainer {
  readonly settings: EncoderSettings;
  /** Steps taken. */
  readonly step: number;
  /** Mean training loss of the last steps; undefined before the first. */
  readonly loss: number | undefined;
  /** One batch drawn, looked at, compared, and the weights moved. */
  advance(): Promise<void>;
  /** The same held-back poses every time. */
  evaluate(): Promise<EncoderEvaluation>;
  /** The encoder as it is now; it goes on learning, and ends with the trainer. */
  readonly encoder: LoadedEncoder;
  /** Weights alone, to be saved by a tf.io handler or {@link toFiles}; half precision unless told otherwise. */
  artifacts(about?: Partial<EncoderProvenance>): Promise<tf.io.ModelArtifacts>;
  /** Weights and the optimiser's state; pass it to {@link createEncoderTrainer} to go on. */
  checkpoint(): Promise<tf.io.ModelArtifacts>;
  dispose(): void;
}

/** Seldom enough that steps are prepared while the last ones run, often enough that the device does not fall behind. */
const READ_EVERY = 4;
/** Weight of the newest reading in the running mean. */
const NEWEST = 0.1;
const BETA2 = 0.99;
const DEFAULT_HELD_BACK = 48;

/**
 * Prepares the training of an encoder by renderings: draws the views to compare with, makes the network or takes a checkpoint's.
 * @throws Error where a checkpoint was made by other settings or another seed; SceneError where it is none.
 */
export async function createEncoderTrainer(options: EncoderTrainerOptions): Promise<EncoderTrainer> {
  const { object, seed, checkpoint, settings = DEFAULT_ENCODER_SETTINGS, heldBack = DEFAULT_HELD_BACK, readEvery = READ_EVERY, onProgress } = options;
  const { inputSize } = settings.architecture;
  const radius = objectRadius(object);
  const camera = poseCamera(radius, inputSize);
  const network = createEncoderNetwork(settings.architecture, seed);
  const adam = createAdam(network.variables, { beta2: BETA2 });
  const owned: (() => void)[] = [network.dispose, adam.dispose];
  const dispose = () => owned.forEach((release) => release());
  const { mesh, context } = await prepare().catch((error: unknown) => {
    dispose();
    throw error;
  });
  const samples = heldBackSamples(heldBack, radius, settings, seed);
  const frame: GuessFrame = { camera, standardDepth: fittingDistance(radius), tangent: encoderTangent() };
  let loss: number | undefined;

  async function prepare() {
    if (checkpoint) takeOver(checkpoint);
    const mesh: DecoderMesh = createDecoderMesh(chooseMesh(object, inputSize), BACKGROUND, inputSize);
    owned.push(() => disposeDecoderMesh(mesh));
    const context = await createLossContext(object, camera, settings, network.anchors, onProgress);
    owned.push(() => disposeLossContext(context));
    return { mesh, context };
  }

  function takeOver(artifacts: tf.io.ModelArtifacts): void {
    const { tensors, metadata } = readArtifacts(artifacts, 'checkpoint');
    const { steps, ...recipe } = metadata as { steps: number };
    if (JSON.stringify(recipe) !== JSON.stringify(recipeOf())) {
      tf.dispose(tensors);
      throw new Error('This checkpoint was made by other settings, of another object or from another seed: train without it.');
    }
    for (const [name, variable] of Object.entries(network.variables)) variable.assign(tensors[name]);
    adam.restore(tensors, steps);
    tf.dispose(tensors);
  }

  function recipeOf() {
    return { object: object.id, radius, tangent: encoderTangent(), seed, settings: JSON.parse(JSON.stringify(settings)) as Record<string, unknown> };
  }

  return {
    settings,
    get step() {
      return adam.steps;
    },
    get loss() {
      return loss;
    },
    async advance() {
      const { step, value } = takeStep();
      if (step % readEvery === 0) {
        const [read] = await value.data();
        loss = loss === undefined ? read : loss + NEWEST * (read - loss);
      }
      value.dispose();
    },
    evaluate: () => evaluateNetwork(network, mesh, object, samples, frame, settings, adam.steps),
    encoder: encoderAround(network, radius, undefined, false),
    artifacts: (about) => toArtifacts({ ...network.variables }, settings.architecture, {
      ...recipeOf(), steps: adam.steps, images: adam.steps * settings.batch, ...about,
    }, 'float16'),
    checkpoint: () => toArtifacts({ ...network.variables, ...adam.moments() }, settings.architecture, { steps: adam.steps, ...recipeOf() }, 'float32'),
    dispose,
  };

  function takeStep() {
    const step = adam.steps;
    const { learningRate, trust } = courseAt(step, settings);
    const batch = drawSamples(createRandom(streamSeed(seed, step)), settings.batch, radius, settings);
    const value = tf.tidy(() => {
      const { image, comparison } = drawTraining(batch, mesh, context, settings, streamSeed(seed, step));
      const taken = tf.variableGrads(() => trainingLoss(network, image, comparison, context, trust), Object.values(network.variables));
      adam.apply(Object.fromEntries(Object.entries(network.variables).map(([name, variable]) => [name, taken.grads[variable.name]])), learningRate);
      return taken.value;
    });
    return { step, value };
  }
}
