import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { createDgcnn } from './dgcnn';
import type { LayerRecord, PointBatch } from './pointModel';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = createRandom(41);
const [batch, count] = [2, 14];
const clouds = (): PointBatch => ({ batch, count, positions: Float32Array.from({ length: 3 * batch * count }, () => random.normal()) });
const options = { classCount: 3, width: 0.1, seed: 2, k: 4 };

function moved({ positions, ...rest }: PointBatch, order: (i: number) => number): PointBatch {
  return { ...rest, positions: positions.map((_, at) => positions[3 * (Math.floor(at / 3 / count) * count + order(Math.floor(at / 3) % count)) + (at % 3)]) };
}

describe.each(['classify', 'segment'] as const)('DGCNN, to %s', (task) => {
  it('gives logits, records with neighbourhoods, and winners', () => {
    const model = createDgcnn({ ...options, task });
    const prepared = model.prepare(clouds());
    const records: LayerRecord[] = [];
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const logits = model.forward(prepared, { record: (layer) => records.push({ ...layer, activation: tf.keep(layer.activation.clone()) }) });
      expect(logits.shape).toEqual(task === 'classify' ? [batch, 3] : [batch, count, 3]);
      expect(relativeError(model.forward(prepared).dataSync(), logits.dataSync())).toBeLessThan(1e-5);
    });
    expect(records.map(({ name }) => name)).toEqual(model.layerNames);
    for (const { kind, neighborhood, activation } of records) {
      if (kind === 'edge convolution') expect(neighborhood!.columns.length).toBe(batch * count * 4);
      expect(activation.shape[0]).toBe(batch);
    }
    expect(records.find(({ kind }) => kind === 'global max')!.winners!.shape).toEqual([batch, 102]);
    tf.dispose(records.map(({ activation }) => activation));
    expect(tf.memory().numTensors).toBe(before);
    prepared.dispose();
    model.dispose();
  });

  it('does not mind the order of the points, nor padding', () => {
    const model = createDgcnn({ ...options, task });
    const original = clouds();
    const logits = (given: PointBatch) => tf.tidy(() => {
      const prepared = model.prepare(given);
      const result = model.forward(prepared);
      prepared.dispose();
      return task === 'classify' ? result : tf.slice(result, [0, 0, 0], [-1, count, -1]);
    });
    const expected = logits(original);
    const reversed = logits(moved(original, (i) => count - 1 - i));
    expect(relativeError((task === 'classify' ? reversed : tf.reverse(reversed, 1)).dataSync(), expected.dataSync())).toBeLessThan(1e-4);
    const positions = new Float32Array(3 * batch * (count + 3)).fill(9);
    for (let b = 0; b < batch; b++) positions.set(original.positions.subarray(3 * b * count, 3 * (b + 1) * count), 3 * b * (count + 3));
    const padded = logits({ batch, count: count + 3, positions, sizes: Int32Array.of(count, count) });
    expect(relativeError(padded.dataSync(), expected.dataSync())).toBeLessThan(1e-4);
    model.dispose();
  });

  it('learns, and leaves no tensors behind', () => {
    const model = createDgcnn({ ...options, task, featureCount: 1 });
    const given = { ...clouds(), features: new Float32Array(batch * count).fill(1) };
    const prepared = model.prepare(given);
    const labels = task === 'classify' ? tf.oneHot(tf.tensor1d([0, 2], 'int32'), 3)
      : tf.oneHot(tf.tensor1d(Array.from({ length: batch * count }, (_, i) => (given.positions[3 * i] > 0 ? 1 : 0)), 'int32'), 3);
    const loss = () => tf.losses.softmaxCrossEntropy(labels, tf.reshape(model.forward(prepared, { training: true, seed: 1 }), labels.shape)) as tf.Scalar;
    const optimizer = tf.train.adam(0.01);
    const losses: number[] = [];
    const tensors: number[] = [];
    for (let step = 0; step < 8; step++) {
      const value = optimizer.minimize(loss, true)!;
      losses.push(value.dataSync()[0]);
      value.dispose();
      tensors.push(tf.memory().numTensors);
    }
    expect(losses.at(-1)).toBeLessThan(0.7 * losses[0]);
    expect(tensors.at(-1)).toBe(tensors[1]);
    prepared.dispose();
    model.dispose();
  });
});

it('refuses wrong options and batches by name', () => {
  expect(() => createDgcnn({ ...options, task: 'classify', k: 0 })).toThrow(/k must be a whole number of at least 1, not 0/);
  const model = createDgcnn({ ...options, task: 'classify', featureCount: 2 });
  expect(() => model.prepare(clouds())).toThrow(/features must have 56 numbers/);
  model.dispose();
});
