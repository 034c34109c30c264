import { beforeAll, describe, expect, it } from 'vitest';
import { buildShape, findFamily } from '../../../scene/families';
import { createRandom } from '../../../scene/random';
import { sampleSurface } from '../../../scene/sampleSurface';
import { randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { createPointModel } from './createPointModel';
import { createKPConvNet } from './kpconv';
import { createMonteCarloNet } from './montecarlo';
import { createPointConvNet } from './pointconv';
import type { LayerRecord, PointBatch, PointModel } from './pointModel';

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
    const padded = logitsOf(shared(), { ...batch, sizes: Int32Array.of(25, 40) }).slice(0, task === 'classify' ? 3 : 75);
    const positions = points.slice(0, 120).fill(7, 75);
    const alone = logitsOf(shared(), { batch: 1, count: 40, positions, sizes: Int32Array.of(25) });
    expect(difference(padded, alone)).toBeLessThan(1e-4);
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

const [COUNT, SIZE] = [12, 64];

/** Shapes of two families, as one batch within the unit sphere. */
function shapes(families: readonly string[], seed: number): { batch: PointBatch; labels: Int32Array; parts: Int32Array } {
  const positions = new Float32Array(3 * COUNT * SIZE);
  const [labels, parts] = [new Int32Array(COUNT), new Int32Array(COUNT * SIZE)];
  for (let b = 0; b < COUNT; b++) {
    labels[b] = b % families.length;
    const { mesh, partOfFace } = buildShape(findFamily(families[labels[b]])!, seed + b);
    const cloud = sampleSurface(mesh, SIZE, createRandom(seed + b), { partOfFace });
    let largest = 0;
    for (let i = 0; i < SIZE; i++) largest = Math.max(largest, Math.hypot(...cloud.positions.subarray(3 * i, 3 * i + 3)));
    positions.set(cloud.positions.map((x) => x / largest), 3 * SIZE * b);
    parts.set(cloud.labels!, SIZE * b);
  }
  return { batch: { batch: COUNT, count: SIZE, positions, seed }, labels, parts };
}

/** Mean over the labels of the share of each that is right, for shapes never seen, after so many rounds over four batches. */
function learn(model: PointModel, families: readonly string[], rounds: number): number {
  const { task, classCount } = model.options;
  const labelsOf = ({ labels, parts }: ReturnType<typeof shapes>) => (task === 'classify' ? tf.tensor1d(labels, 'int32') : tf.tensor2d(parts, [COUNT, SIZE], 'int32'));
  const batches = [1, 101, 201, 301].map((seed) => shapes(families, seed)).map((one) => ({ prepared: model.prepare(one.batch), truth: tf.oneHot(labelsOf(one), classCount) }));
  const optimizer = tf.train.adam(0.01);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  for (let step = 0; step < rounds * batches.length; step++) {
    const { prepared, truth } = batches[step % batches.length];
    optimizer.minimize(() => tf.tidy(() => tf.losses.softmaxCrossEntropy(truth, model.forward(prepared, { training: true, seed: step })) as tf.Scalar), false, variables);
  }
  const [right, count] = [new Float64Array(classCount), new Float64Array(classCount)];
  for (const one of [1001, 1101].map((seed) => shapes(families, seed))) {
    const expected = read(labelsOf(one));
    read(tf.argMax(model.forward(model.prepare(one.batch)), -1)).forEach((label, i) => {
      count[expected[i]]++;
      if (label === expected[i]) right[label]++;
    });
  }
  return right.reduce((sum, n, k) => sum + n / count[k], 0) / classCount;
}

describe.each([['pointconv', createPointConvNet], ['montecarlo', createMonteCarloNet], ['kpconv', createKPConvNet]] as const)('%s learns from small clouds', (_id, make) => {
  // So few points lie further apart than the default radius is made for.
  const options = { width: 0.1, radius: 0.5, seed: 2 };

  it('to tell a chair from a lamp', () => {
    expect(learn(make({ ...options, task: 'classify', classCount: 2 }), ['chair', 'lamp'], 8)).toBeGreaterThan(0.8);
  });

  it('to tell a hammer\'s head from its handle', () => {
    expect(learn(make({ ...options, task: 'segment', classCount: findFamily('hammer')!.parts.length }), ['hammer'], 6)).toBeGreaterThan(0.8);
  });
});
