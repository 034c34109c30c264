import { beforeAll, describe, expect, it } from 'vitest';
import { buildShape, findFamily } from '../../../scene/families';
import { createRandom } from '../../../scene/random';
import { sampleSurface } from '../../../scene/sampleSurface';
import { randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { createPointModel } from './createPointModel';
import { createKPConvNet } from './kpconv';
import type { LayerRecord, PointBatch, PointModel, PointTask } from './pointModel';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = randomTensors(12);
const read = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
const difference = (a: readonly number[], b: readonly number[]) => Math.max(...a.map((x, i) => Math.abs(x - b[i])));
const points = random.uniform([2 * 40 * 3]).dataSync<'float32'>();
const batch: PointBatch = { batch: 2, count: 40, positions: points };
const NETWORKS = (['pointconv', 'montecarlo', 'kpconv'] as const).flatMap((id) => (['classify', 'segment'] as const).map((task) => [id, task] as const));

/** Logits of a batch, as plain numbers. */
function logitsOf(model: PointModel, input: PointBatch, record?: (layer: LayerRecord) => void): number[] {
  const prepared = model.prepare(input);
  const logits = model.forward(prepared, { record });
  prepared.dispose();
  return read(logits);
}

describe.each(NETWORKS)('%s, to %s (seed 12)', (id, task) => {
  const make = () => createPointModel(id, { task, classCount: 3, width: 0.1, seed: 4 });
  const model = { current: undefined as PointModel | undefined };
  const shared = () => (model.current ??= make());

  it('gives logits and the records it names, with what the kernel made of each neighbour', () => {
    const seen: string[] = [];
    const logits = logitsOf(shared(), batch, ({ name, kind, positions, activation, neighborhood, entryWeights, kernelPoints }) => {
      seen.push(name);
      if (kind === 'dense') return;
      expect(positions.shape.slice(0, 2)).toEqual(activation.shape.slice(0, 2));
      expect(neighborhood!.offsets).toHaveLength(2 * positions.shape[1]! + 1);
      if (kind === 'pool') return;
      expect(entryWeights!.shape[0]).toBe(neighborhood!.columns.length);
      expect(read(entryWeights!).every(Number.isFinite)).toBe(true);
      if (kind === 'kernel point convolution') expect(kernelPoints!.shape).toEqual([entryWeights!.shape[1], 3]);
    });
    expect(logits).toHaveLength(task === 'classify' ? 6 : 240);
    expect(seen).toEqual(shared().layerNames);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('stays when clouds move and when points come in another order', () => {
    const logits = logitsOf(shared(), batch);
    expect(difference(logitsOf(shared(), { ...batch, positions: points.map((x, i) => x + [1, -2, 0.5][i % 3]) }), logits)).toBeLessThan(1e-3);
    const shuffled = new Float32Array(240);
    for (let i = 0; i < 80; i++) shuffled.set(points.subarray(3 * i, 3 * i + 3), 3 * (40 * Math.floor(i / 40) + (7 * i) % 40));
    const moved = logitsOf(shared(), { ...batch, positions: shuffled });
    const expected = task === 'classify' ? logits : logits.map((_x, j) => {
      const [cloud, place, part] = [Math.floor(j / 120), Math.floor((j % 120) / 3), j % 3];
      // 7 · 23 = 161 = 1 (mod 40)
      return logits[120 * cloud + 3 * ((23 * place) % 40) + part];
    });
    expect(difference(moved, expected)).toBeLessThan(1e-3);
  });

  it('does not see padding, nor the other clouds', () => {
    const padded = logitsOf(shared(), { ...batch, sizes: Int32Array.of(25, 40) });
    const alone = logitsOf(shared(), { batch: 1, count: 25, positions: points.subarray(0, 75) });
    expect(difference(alone, padded)).toBeLessThan(1e-4);
  });

  it('leaves no tensors behind when it has trained', () => {
    const before = tf.memory().numTensors;
    const own = make();
    const prepared = own.prepare({ ...batch, sizes: Int32Array.of(25, 40), seed: 3 });
    const optimizer = tf.train.adam(0.01);
    const labels = task === 'classify' ? tf.tensor1d([0, 2], 'int32') : tf.tensor2d(Int32Array.from({ length: 80 }, (_, i) => i % 3), [2, 40], 'int32');
    const loss = () => tf.tidy(() => tf.add(tf.losses.softmaxCrossEntropy(tf.oneHot(labels, 3), own.forward(prepared, { training: true, seed: 1 })), own.regularization!()) as tf.Scalar);
    const variables = own.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const losses = [0, 1, 2].map(() => optimizer.minimize(loss, true, variables)!);
    expect(losses.flatMap(read).every(Number.isFinite)).toBe(true);
    tf.dispose([labels, ...losses]);
    prepared.dispose();
    optimizer.dispose();
    own.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('kernel networks', () => {
  it('refuse wrong batches and options by name, and take clouds without points', () => {
    const model = createPointModel('kpconv', { task: 'classify', classCount: 2, width: 0.1, featureCount: 3 });
    expect(() => model.prepare(batch)).toThrow(/features must have 240 numbers/);
    expect(() => createKPConvNet({ task: 'classify', classCount: 2, radius: 0 })).toThrow(/radius must be greater than 0/);
    const features = new Float32Array(240);
    expect(logitsOf(model, { ...batch, features, sizes: Int32Array.of(0, 40) }).every(Number.isFinite)).toBe(true);
  });

  it('are kept together by a penalty where they deform', () => {
    const model = createKPConvNet({ task: 'classify', classCount: 2, width: 0.1, deformable: true });
    const prepared = model.prepare(batch);
    model.forward(prepared, { training: true, seed: 1 });
    expect(model.regularization!().dataSync()[0]).toBeGreaterThan(0);
    model.forward(prepared);
    expect(model.regularization!().dataSync()[0]).toBe(0);
  });
});

const SIZE = 64;

/** Shapes of two families, as one batch within the unit sphere. */
function shapes(families: readonly string[], count: number, size: number, seed: number): { batch: PointBatch; labels: Int32Array; parts: Int32Array } {
  const positions = new Float32Array(3 * count * size);
  const [labels, parts] = [new Int32Array(count), new Int32Array(count * size)];
  for (let b = 0; b < count; b++) {
    labels[b] = b % families.length;
    const { mesh, partOfFace } = buildShape(findFamily(families[labels[b]])!, seed + b);
    const cloud = sampleSurface(mesh, size, createRandom(seed + b), { partOfFace });
    let largest = 0;
    for (let i = 0; i < size; i++) largest = Math.max(largest, Math.hypot(...cloud.positions.subarray(3 * i, 3 * i + 3)));
    positions.set(cloud.positions.map((x) => x / largest), 3 * size * b);
    parts.set(cloud.labels!, size * b);
  }
  return { batch: { batch: count, count: size, positions, seed }, labels, parts };
}

/** Share of the test that is right after so many steps on the same few shapes. */
function learn(model: PointModel, task: PointTask, families: readonly string[], steps: number): number {
  const [train, test] = [shapes(families, 12, SIZE, 1), shapes(families, 12, SIZE, 1000)];
  const labelsOf = ({ labels, parts }: typeof train) => (task === 'classify' ? tf.tensor1d(labels, 'int32') : tf.tensor2d(parts, [12, SIZE], 'int32'));
  const { classCount } = model.options;
  const prepared = model.prepare(train.batch);
  const optimizer = tf.train.adam(0.01);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const t0 = performance.now();
  const truth = tf.oneHot(labelsOf(train), classCount);
  for (let step = 0; step < steps; step++) {
    optimizer.minimize(() => tf.tidy(() => tf.losses.softmaxCrossEntropy(truth, model.forward(prepared, { training: true, seed: step })) as tf.Scalar), false, variables);
  }
  console.log(model.id, task, (performance.now() - t0) / steps);
  const predicted = read(tf.argMax(model.forward(model.prepare(test.batch)), -1));
  const expected = read(labelsOf(test));
  return predicted.filter((label, i) => label === expected[i]).length / expected.length;
}

describe.each(['pointconv', 'montecarlo', 'kpconv'] as const)('%s learns', (id) => {
  it('to tell a chair from a lamp', () => {
    const accuracy = learn(createPointModel(id, { task: 'classify', classCount: 2, width: 0.1, seed: 2 }), 'classify', ['chair', 'lamp'], 25);
    console.log(id, accuracy);
    expect(accuracy).toBeGreaterThan(0.8);
  });

  it('to tell the parts of a mug', () => {
    const accuracy = learn(createPointModel(id, { task: 'segment', classCount: findFamily('mug')!.parts.length, width: 0.1, seed: 2 }), 'segment', ['mug'], 25);
    console.log(id, accuracy);
    expect(accuracy).toBeGreaterThan(0.8);
  });
});
