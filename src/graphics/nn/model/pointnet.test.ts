import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import * as tf from '../../tf';
import { createPointModel } from './createPointModel';
import type { LayerRecord, PointBatch, PointTask } from './pointModel';

beforeAll(async () => { await tf.setBackend('cpu'); });

const cloudsOf = (batch: number, count: number, seed: number): Float32Array => {
  const random = createRandom(seed);
  return Float32Array.from({ length: batch * count * 3 }, () => random.normal());
};
const read = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

describe.each<PointTask>(['classify', 'segment'])('PointNet, to %s', (task) => {
  const make = () => createPointModel('pointnet', { task, classCount: 3, width: 0.1, seed: 4 });
  const batch: PointBatch = { batch: 2, count: 7, positions: cloudsOf(2, 7, 1) };

  it('gives logits, records and winners as it says', () => {
    const model = make();
    const prepared = model.prepare(batch);
    const records: { name: string; shape: number[]; winners?: number[] }[] = [];
    const record = ({ name, activation, winners }: LayerRecord) => records.push({ name, shape: activation.shape, winners: winners && read(winners) });
    const logits = model.forward(prepared, { record });
    expect(logits.shape).toEqual(task === 'classify' ? [2, 3] : [2, 7, 3]);
    expect(records.map(({ name }) => name)).toEqual(model.layerNames);
    expect(new Set(model.layerNames).size).toBe(model.layerNames.length);
    const { winners = [] } = records.find(({ name }) => name === 'globalMax')!;
    expect(winners).toHaveLength(2 * 102);
    expect(winners.every((point) => point >= 0 && point < 7)).toBe(true);
  });

  it('learns, with its penalty, and leaves no tensors behind', () => {
    const before = tf.memory().numTensors;
    const model = make();
    const prepared = model.prepare(batch);
    const labels = task === 'classify' ? tf.tensor1d([0, 2], 'int32') : tf.tensor2d(Int32Array.from({ length: 14 }, (_, i) => i % 3), [2, 7], 'int32');
    const optimizer = tf.train.adam(0.01);
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const loss = () => tf.tidy(() => tf.add(
      tf.losses.softmaxCrossEntropy(tf.oneHot(labels, 3), model.forward(prepared, { training: true, seed: 1 })), model.regularization!(),
    ) as tf.Scalar);
    const losses = Array.from({ length: 12 }, () => optimizer.minimize(loss, true, variables)!).map((value) => {
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

  it('refuses wrong batches and options by name', () => {
    expect(() => make().prepare({ ...batch, count: 8 })).toThrow(/positions must have 48 numbers, \[2, 8, 3\], but it has 42/);
    expect(() => make().prepare({ ...batch, sizes: Int32Array.of(7, 8) })).toThrow(/sizes must lie between 0 and the number of points, 7, but element 1 is 8/);
    expect(() => createPointModel('pointnet', { task, classCount: 0 })).toThrow(/classCount must be a whole number/);
    expect(() => createPointModel('nothing' as 'pointnet', { task, classCount: 2 })).toThrow(/model must be one of pointnet/);
  });
});
