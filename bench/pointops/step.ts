// A training step of PointNet as the page takes it, beside the same network composed of stock layers and ops.
import { layers } from '../../src/graphics/layers';
import { createPointModel } from '../../src/graphics/nn/model';
import { createAdam } from '../../src/graphics/nn/optimizer';
import * as tf from '../../src/graphics/tf';
import { createRandom } from '../../src/scene/random';

export interface StepSize { readonly batch: number; readonly points: number; readonly classes: number; readonly seed: number }

const LEARNING_RATE = 0.001;

/** A step that waits for its loss, and how to end. */
export interface Trainer { readonly step: () => number; readonly dispose: () => void }

function clouds({ batch, points, classes, seed }: StepSize): { positions: Float32Array; labels: tf.Tensor } {
  const random = createRandom(seed);
  return {
    positions: Float32Array.from({ length: 3 * batch * points }, () => random.normal()),
    labels: tf.oneHot(tf.tensor1d(Int32Array.from({ length: batch }, (_, b) => b % classes), 'int32'), classes),
  };
}

export function ourTrainer(size: StepSize): Trainer {
  const { positions, labels } = clouds(size);
  const model = createPointModel('pointnet', { task: 'classify', classCount: size.classes, seed: size.seed });
  const prepared = model.prepare({ batch: size.batch, count: size.points, positions });
  const variables = Object.fromEntries(model.trainableWeights.map((weight) => [(weight.read() as tf.Variable).name, weight.read() as tf.Variable]));
  const optimizer = createAdam(variables);
  const loss = (): tf.Scalar => tf.add(tf.losses.softmaxCrossEntropy(labels, model.forward(prepared, { training: true })), model.regularization!());
  return {
    step: () => tf.tidy(() => {
      const { value, grads } = tf.variableGrads(loss, Object.values(variables));
      optimizer.apply(grads, LEARNING_RATE);
      return value.dataSync()[0];
    }),
    dispose() {
      prepared.dispose();
      model.dispose();
      optimizer.dispose();
      labels.dispose();
    },
  };
}

type Block = (x: tf.Tensor) => tf.Tensor;

/** Dense layers with batch normalisation and ReLU on the last axis, as one writes them with tf.layers. */
function stockStack(widths: readonly number[], made: layers.Layer[]): Block {
  const parts = widths.flatMap((units) => [layers.dense({ units, useBias: false }), layers.batchNormalization({ momentum: 0.9 }), layers.reLU()]);
  made.push(...parts);
  return (x) => parts.reduce((y, part) => part.apply(y, { training: true }) as tf.Tensor, x);
}

/** PointNet with both T-Nets: Qi et al. 2017, figure 2. */
export function stockTrainer(size: StepSize): Trainer {
  const made: layers.Layer[] = [];
  const { positions, labels } = clouds(size);
  const points = tf.tensor3d(positions, [size.batch, size.points, 3]);
  const transform = (k: number): Block => {
    const [shared, head] = [stockStack([64, 128, 1024], made), stockStack([512, 256], made)];
    const matrix = layers.dense({ units: k * k, kernelInitializer: 'zeros' });
    made.push(matrix);
    return (x) => tf.add(tf.reshape(matrix.apply(head(tf.max(shared(x), 1))) as tf.Tensor, [-1, k, k]), tf.eye(k));
  };
  const [first, second, head] = [stockStack([64, 64], made), stockStack([64, 128, 1024], made), stockStack([512, 256], made)];
  const [inputTransform, featureTransform] = [transform(3), transform(64)];
  const logits = layers.dense({ units: size.classes });
  made.push(logits);
  const loss = (): tf.Scalar => {
    const features = first(tf.matMul(points, inputTransform(points)));
    const matrix = featureTransform(features);
    const global = head(tf.max(second(tf.matMul(features, matrix)), 1));
    const kept = tf.dropout(global, 0.3);
    const penalty = tf.mean(tf.sum(tf.square(tf.sub(tf.matMul(matrix, matrix, false, true), tf.eye(64))), [1, 2]));
    return tf.add(tf.losses.softmaxCrossEntropy(labels, logits.apply(kept) as tf.Tensor), tf.mul(penalty, 0.001));
  };
  // Layers get their weights where they are first applied; only then can they be trained.
  tf.tidy(() => void loss());
  const optimizer = tf.train.adam(LEARNING_RATE);
  return {
    step() {
      const value = optimizer.minimize(loss, true)!;
      const [number] = value.dataSync();
      value.dispose();
      return number;
    },
    dispose() {
      made.forEach((layer) => layer.dispose());
      optimizer.dispose();
      tf.dispose([points, labels]);
    },
  };
}
