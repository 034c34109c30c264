import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { PointNet2Classifier, PointNet2Segmenter, PointNetClassifier, PointNetSegmenter } from '../layer/points';
import { softmaxCrossEntropy } from '../loss';
import { createPointModel } from './createPointModel';
import type { LayerRecord, PointBatch, PointModel, PointTask } from './pointModel';
import { createPointNet2 } from './pointnet2';

beforeAll(async () => { await tf.setBackend('cpu'); });

const cloudsOf = (batch: number, count: number, seed: number): Float32Array => {
  const random = createRandom(seed);
  return Float32Array.from({ length: batch * count * 3 }, () => 0.5 * random.normal());
};
const read = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
const variablesOf = (model: PointModel) => model.trainableWeights.map((weight) => weight.read() as tf.Variable);

const cases = (['pointnet', 'pointnet2'] as const).flatMap((id) => (['classify', 'segment'] as const).map((task) => [id, task] as const));

describe.each(cases)('%s, to %s', (id, task) => {
  const make = (featureCount = 0) => createPointModel(id, { task, classCount: 3, width: 0.1, seed: 4, featureCount });
  const batch: PointBatch = { batch: 2, count: 9, positions: cloudsOf(2, 9, 1) };
  const run = (model: PointModel, given: PointBatch, training = false) => tf.tidy(() => {
    const prepared = model.prepare(given);
    const logits = model.forward(prepared, { training, seed: 1 });
    prepared.dispose();
    return read(logits);
  });

  it('gives logits, records and winners as it says', () => {
    const model = make();
    const records: { name: string; shape: number[]; points: number; winners?: number[]; rows?: number }[] = [];
    const record = ({ name, activation, positions, winners, neighborhood }: LayerRecord) => records.push({
      name, shape: activation.shape, points: positions.shape[1] as number, winners: winners && read(winners), rows: neighborhood?.rowCount,
    });
    const logits = model.forward(model.prepare(batch), { record });
    expect(logits.shape).toEqual(task === 'classify' ? [2, 3] : [2, 9, 3]);
    expect(records.map(({ name }) => name)).toEqual(model.layerNames);
    expect(new Set(model.layerNames).size).toBe(model.layerNames.length);
    for (const { shape, points, rows } of records) {
      if (shape.length === 3) expect(shape.slice(0, 2)).toEqual([2, points]);
      if (rows !== undefined) expect(rows).toBe(points);
    }
    const { winners = [] } = records.find(({ name }) => name === 'globalMax')!;
    expect(winners).toHaveLength(2 * 102);
    expect(winners.every((point) => point >= 0 && point < 9)).toBe(true);
  });

  it('learns, with its penalty, and leaves no tensors behind', () => {
    const before = tf.memory().numTensors;
    const model = make();
    const prepared = model.prepare({ ...batch, seed: 3 });
    const labels = task === 'classify' ? tf.tensor1d([0, 2], 'int32') : tf.tensor2d(Int32Array.from({ length: 18 }, (_, i) => i % 3), [2, 9], 'int32');
    const optimizer = tf.train.adam(0.01);
    const loss = () => tf.tidy(() => tf.add(
      softmaxCrossEntropy.evaluate(labels, model.forward(prepared, { training: true, seed: 1 })), model.regularization!(),
    ) as tf.Scalar);
    const losses = Array.from({ length: 15 }, () => {
      const value = optimizer.minimize(loss, true, variablesOf(model))!;
      const [number] = value.dataSync();
      value.dispose();
      return number;
    });
    expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]);
    labels.dispose();
    prepared.dispose();
    optimizer.dispose();
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('does not mind the order of the points, nor what padding holds', () => {
    const model = make(1);
    const features = Float32Array.from({ length: 18 }, (_, i) => Math.sin(i));
    const plain = run(model, { ...batch, features });
    const order = Array.from({ length: 9 }, (_, i) => (4 * i + 2) % 9);
    const pick = (values: ArrayLike<number>, width: number) => Float32Array.from(
      { length: 18 * width }, (_, i) => values[width * (9 * Math.floor(i / width / 9) + order[Math.floor(i / width) % 9]) + (i % width)],
    );
    const shuffled = run(model, { ...batch, positions: pick(batch.positions, 3), features: pick(features, 1) });
    expect(relativeError(shuffled, task === 'classify' ? plain : pick(plain, 3))).toBeLessThan(1e-4);
    // Seven points of each, and then two of padding.
    const filled = (value: number): PointBatch => ({
      ...batch, sizes: Int32Array.of(7, 7), features, positions: batch.positions.map((x, i) => (Math.floor(i / 3) % 9 < 7 ? x : value)),
    });
    const valid = (logits: number[]) => (task === 'classify' ? logits : logits.filter((_, i) => Math.floor(i / 3) % 9 < 7));
    for (const training of [false, true]) expect(valid(run(model, filled(5), training))).toEqual(valid(run(model, filled(-3), training)));
  });

  it('takes points that coincide, and single ones', () => {
    const model = make();
    for (const count of [1, 4]) {
      const prepared = model.prepare({ batch: 2, count, positions: new Float32Array(6 * count) });
      const { grads } = tf.variableGrads(() => tf.sum(tf.square(model.forward(prepared, { training: true, seed: 1 }))), variablesOf(model));
      for (const gradient of Object.values(grads)) expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
    }
  });

  it('refuses wrong batches by name', () => {
    expect(() => make().prepare({ ...batch, count: 8 })).toThrow(/positions must have 48 numbers, \[2, 8, 3\], but it has 54/);
    expect(() => make(2).prepare(batch)).toThrow(/features must have 36 numbers/);
    expect(() => make().prepare({ ...batch, sizes: Int32Array.of(7, 10) })).toThrow(/sizes must lie between 0 and the number of points, 9, but element 1 is 10/);
  });

  it('has weights with names of their own, alike for the same seed', () => {
    const [first, second] = [make(), make()];
    expect(new Set(first.weights.map(({ originalName }) => originalName)).size).toBe(first.weights.length);
    expect(second.weights.map((weight) => read(weight.read()))).toEqual(first.weights.map((weight) => read(weight.read())));
  });
});

it.each([PointNetClassifier, PointNetSegmenter, PointNet2Classifier, PointNet2Segmenter])('$className does outside training what it does in it, once it knows the moments', (Network) => {
  const network = new Network({ classCount: 3, width: 0.1, dropoutRate: 0 });
  const x = tf.tensor3d(cloudsOf(4, 20, 5), [4, 20, 3]);
  network.apply(x, { training: true });
  const trained = network.apply(x, { training: true }) as tf.Tensor;
  expect(relativeError(read(network.apply(x) as tf.Tensor), read(trained))).toBeLessThan(1e-3);
});

describe('PointNet++', () => {
  it.each(['classify', 'segment'] as const)('does not mind where the cloud lies, to %s', (task) => {
    const model = createPointModel('pointnet2', { task, classCount: 3, width: 0.1 });
    const [here, there] = [0, 2].map((shift) => read(model.forward(model.prepare({ batch: 1, count: 12, positions: cloudsOf(1, 12, 2).map((x) => x + shift) }))));
    expect(relativeError(there, here)).toBeLessThan(1e-4);
  });

  it('of several scales records each of them', () => {
    const model = createPointNet2({ task: 'classify', classCount: 2, width: 0.1, scales: 'multi' });
    const names: string[] = [];
    model.forward(model.prepare({ batch: 1, count: 16, positions: cloudsOf(1, 16, 3) }), { record: ({ name }) => names.push(name) });
    expect(names.slice(0, 3)).toEqual(['abstraction1.scale1', 'abstraction1.scale2', 'abstraction1.scale3']);
    expect(names).toEqual(model.layerNames);
  });
});

it('createPointModel refuses wrong options by name', () => {
  expect(() => createPointModel('pointnet', { task: 'classify', classCount: 0 })).toThrow(/classCount must be a whole number/);
  expect(() => createPointModel('pointnet', { task: 'sort' as PointTask, classCount: 1 })).toThrow(/task must be 'classify' or 'segment', not 'sort'/);
  expect(() => createPointModel('pointnet', { task: 'classify', classCount: 1, width: 0 })).toThrow(/width must be above 0/);
  expect(() => createPointModel('nothing' as 'pointnet', { task: 'classify', classCount: 2 })).toThrow(/model must be one of pointnet/);
});
