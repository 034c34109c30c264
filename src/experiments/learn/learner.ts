import { createPointModel } from '../../graphics/nn/model/createPointModel';
import type { PointModel, PreparedBatch } from '../../graphics/nn/model/pointModel';
import { evaluate as softmaxCrossEntropy } from '../../graphics/nn/loss/softmaxCrossEntropy';
import { createAdam } from '../../graphics/nn/optimizer/adam';
import * as tf from '../../graphics/tf';
import type { LabelledBatch } from './batches';
import { featureCountOf } from './features';
import type { LearnSettings } from './settings';
import { layerSeed } from './streams';
import { namedVariables, readState, writeState, type TrainingState } from './weights';

/** A batch on the device with its truth. */
export interface PreparedLabelled {
  readonly prepared: PreparedBatch;
  /** int32 [R], R = B or B · N. */
  readonly truth: tf.Tensor1D;
  /** As in {@link LabelledBatch}. */
  readonly second?: { readonly truth: tf.Tensor1D; readonly share: number };
  dispose(): void;
}

/** A network with its optimiser. */
export interface Learner {
  readonly model: PointModel;
  readonly variables: Readonly<Record<string, tf.Variable>>;
  /** Batches learnt from. */
  readonly steps: number;
  prepare(batch: LabelledBatch): PreparedLabelled;
  /** One step down the gradient. @returns [2]: loss and accuracy, for the caller to read and dispose. */
  learn(batch: PreparedLabelled, learningRate: number): tf.Tensor1D;
  /** Probabilities [R, K], and the loss. The caller disposes them. */
  look(batch: PreparedLabelled): { readonly probabilities: tf.Tensor2D; readonly loss: tf.Scalar };
  state(): Promise<TrainingState>;
  /** @throws Error that names the weight which does not fit. */
  restore(state: TrainingState): void;
  dispose(): void;
}

/** How much of the mean gradient's square Adam keeps: trainings are short. */
const BETA2 = 0.99;

/** @param classWeights [K]; all alike by default. @param make who makes the network, by name by default. */
export function createLearner(
  settings: LearnSettings, classCount: number, classWeights?: readonly number[], make: typeof createPointModel = createPointModel,
): Learner {
  const { task, width, seed, labelSmoothing } = settings;
  const model = make(settings.model, {
    task, classCount, width, featureCount: featureCountOf(settings), transforms: settings.transforms, seed: layerSeed(seed, 'weights'),
  });
  const variables = namedVariables(model);
  const trained = new Set(model.trainableWeights.map((weight) => (weight.read() as tf.Variable).name));
  const trainable = Object.fromEntries(Object.entries(variables).filter(([, { name }]) => trained.has(name)));
  const factors = new Map(Array.from(model.rateFactors ?? [], ([weight, factor]) => [(weight.read() as tf.Variable).name, factor]));
  const adam = createAdam(trainable, { beta2: BETA2, rateFactors: Object.fromEntries(Object.entries(trainable).map(([name, variable]) => [name, factors.get(variable.name) ?? 1])) });
  const weights = classWeights && tf.tensor1d([...classWeights]);
  const rowsOf = (logits: tf.Tensor) => tf.reshape(logits, [-1, classCount]) as tf.Tensor2D;
  const lossOf = (logits: tf.Tensor2D, truth: tf.Tensor1D) => softmaxCrossEntropy(truth, logits, { labelSmoothing, classWeights: weights });
  const lossOfBoth = (logits: tf.Tensor2D, { truth, second }: PreparedLabelled): tf.Scalar => (second
    ? tf.add(tf.mul(lossOf(logits, truth), 1 - second.share), tf.mul(lossOf(logits, second.truth), second.share)) : lossOf(logits, truth));

  return {
    model, variables,
    get steps() {
      return adam.steps;
    },
    prepare({ points, truth, second }) {
      const [prepared, labels] = [model.prepare(points), tf.tensor1d(truth, 'int32')];
      const others = second && { ...second, truth: tf.tensor1d(second.truth, 'int32') };
      return {
        prepared, truth: labels, ...(others && { second: others }),
        dispose: () => {
          prepared.dispose();
          tf.dispose([labels, ...(others ? [others.truth] : [])]);
        },
      };
    },
    learn: (batch, learningRate) => tf.tidy(() => {
      const { prepared, truth } = batch;
      let accuracy: tf.Scalar | undefined;
      const { value, grads } = tf.variableGrads(() => {
        const logits = rowsOf(model.forward(prepared, { training: true, seed: layerSeed(seed, 'dropout', adam.steps) }));
        accuracy = tf.keep(shareRight(logits, truth));
        const penalty = model.regularization?.();
        return penalty ? tf.add(lossOfBoth(logits, batch), penalty) : lossOfBoth(logits, batch);
      }, Object.values(trainable));
      adam.apply(Object.fromEntries(Object.entries(trainable).map(([name, variable]) => [name, grads[variable.name]])), learningRate);
      const read = tf.stack([value, accuracy as unknown as tf.Scalar]) as tf.Tensor1D;
      tf.dispose(accuracy);
      return read;
    }),
    look: ({ prepared, truth }) => tf.tidy(() => {
      const logits = rowsOf(model.forward(prepared));
      return { probabilities: tf.softmax(logits), loss: lossOf(logits, truth) };
    }),
    state: () => readState(variables, adam),
    restore: (state) => writeState(variables, adam, state),
    dispose() {
      adam.dispose();
      weights?.dispose();
      model.dispose();
    },
  };
}

/** Of the rows whose truth is known: the share whose largest logit is the truth's. */
function shareRight(logits: tf.Tensor2D, truth: tf.Tensor1D): tf.Scalar {
  const known = tf.cast(tf.greaterEqual(truth, 0), 'float32');
  const right = tf.cast(tf.equal(tf.argMax(logits, 1), truth), 'float32');
  return tf.div(tf.sum(tf.mul(right, known)), tf.maximum(tf.sum(known), 1));
}
