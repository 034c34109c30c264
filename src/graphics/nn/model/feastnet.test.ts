import { beforeAll, describe, expect, it } from 'vitest';
import { buildShape, findFamily } from '../../../scene/families';
import { icosphereMesh, torusMesh } from '../../../scene/primitives';
import { createRandom } from '../../../scene/random';
import { remesh } from '../../../scene/remesh';
import { relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { createPointModel } from './createPointModel';
import { createFeastNet } from './feastnet';
import type { LayerRecord, PointBatch, PointTask } from './pointModel';

beforeAll(async () => { await tf.setBackend('cpu'); });

interface Plain { readonly positions: Float32Array; readonly faces: Uint32Array }
const chair = remesh(buildShape(findFamily('chair')!, 3).mesh, { vertices: 90, random: createRandom(3) }).mesh;
const torus = torusMesh(1, 0.4, 8, 6);

/** Meshes padded to one size. */
function batchOf(meshes: readonly Plain[], count = Math.max(...meshes.map(({ positions }) => positions.length / 3))): PointBatch {
  const positions = new Float32Array(3 * count * meshes.length);
  meshes.forEach((mesh, b) => positions.set(mesh.positions, 3 * count * b));
  return { batch: meshes.length, count, positions, sizes: Int32Array.from(meshes, (mesh) => mesh.positions.length / 3), faces: meshes.map(({ faces }) => faces) };
}
const run = (model: ReturnType<typeof createFeastNet>, batch: PointBatch): Float32Array => {
  const prepared = model.prepare(batch);
  const logits = model.forward(prepared);
  const values = logits.dataSync().slice() as Float32Array;
  logits.dispose();
  prepared.dispose();
  return values;
};

describe.each<[PointTask, number]>([['segment', 1], ['segment', 3], ['classify', 1], ['classify', 3]])('FeaStNet, to %s, of %i scales', (task, scales) => {
  const make = (more = {}) => createFeastNet({ task, classCount: 3, width: 0.25, seed: 4, scales, ...more });
  const model = make();

  it('gives logits and records as it says, with neighbours and steering', () => {
    const prepared = model.prepare(batchOf([chair, torus], 100));
    const names: string[] = [];
    const record = ({ name, kind, activation, positions, neighborhood, entryWeights }: LayerRecord) => {
      names.push(name);
      if (kind !== 'global max' && positions.shape[1] !== 1) expect(activation.shape.slice(0, 2)).toEqual(positions.shape.slice(0, 2));
      if (kind !== 'mesh convolution') return;
      expect(neighborhood!.rowCount).toBe(activation.shape[1]);
      expect(entryWeights!.shape).toEqual([neighborhood!.columns.length, 8]);
      tf.sum(entryWeights!, 1).dataSync().forEach((sum) => expect(sum).toBeCloseTo(1, 5));
    };
    expect(model.forward(prepared, { record }).shape).toEqual(task === 'classify' ? [2, 3] : [2, 100, 3]);
    expect(names).toEqual(model.layerNames);
    expect(new Set(names).size).toBe(names.length);
    prepared.dispose();
  });

  it('does not mind padding, nor who else is in the batch', () => {
    const alone = run(model, batchOf([torus]));
    const together = run(model, batchOf([chair, torus], 120));
    const own = task === 'classify' ? together.subarray(3) : together.subarray(3 * 120, 3 * 120 + alone.length);
    expect(relativeError(own, alone)).toBeLessThan(1e-4);
    if (task === 'segment') expect(together.subarray(3 * 120 + alone.length).every((x) => x === 0)).toBe(true);
  });

  it('gives the same whatever the order of vertices and faces (seed 5)', () => {
    const random = createRandom(5);
    const order = Array.from({ length: chair.positions.length / 3 }, (_, v) => ({ v, key: random.uniform() })).sort((a, b) => a.key - b.key).map(({ v }) => v);
    const places = new Map(order.map((v, i) => [v, i]));
    const corners = Array.from(chair.faces, (v) => places.get(v)!);
    const faces = Array.from({ length: corners.length / 3 }, (_, f) => corners.slice(3 * f, 3 * f + 3)).reverse().flat();
    const shuffled = { positions: Float32Array.from(order.flatMap((v) => [...chair.positions.subarray(3 * v, 3 * v + 3)])), faces: Uint32Array.from(faces) };
    const [before, after] = [run(model, batchOf([chair])), run(model, batchOf([shuffled]))];
    const expected = task === 'classify' ? before : Float32Array.from(order.flatMap((v) => [...before.subarray(3 * v, 3 * v + 3)]));
    expect(relativeError(after, expected)).toBeLessThan(1e-4);
  });

  it('gives the same where every triangle has vertices of its own', () => {
    const soup = { positions: Float32Array.from([...torus.faces].flatMap((v) => [...torus.positions.subarray(3 * v, 3 * v + 3)])), faces: Uint32Array.from(torus.faces.keys()) };
    const [before, after] = [run(model, batchOf([torus])), run(model, batchOf([soup]))];
    const expected = task === 'classify' ? before : Float32Array.from([...torus.faces].flatMap((v) => [...before.subarray(3 * v, 3 * v + 3)]));
    expect(relativeError(after, expected)).toBeLessThan(1e-3);
  });

  it('takes edges of three faces, degenerate faces, vertices alone and a single vertex', () => {
    const odd = { positions: Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, -1, 0, 3, 3, 3), faces: Uint32Array.of(0, 1, 2, 0, 1, 3, 0, 1, 4, 2, 2, 3) };
    const point = { positions: Float32Array.of(1, 2, 3), faces: new Uint32Array() };
    expect(run(model, batchOf([odd, point])).every(Number.isFinite)).toBe(true);
  });

  it('learns, and leaves no tensors behind', () => {
    const before = tf.memory().numTensors;
    const own = make();
    const prepared = own.prepare(batchOf([chair, torus]));
    const truth = task === 'classify' ? tf.tensor1d([0, 2], 'int32') : tf.tensor2d(Int32Array.from({ length: 180 }, (_, i) => i % 3), [2, 90], 'int32');
    const optimizer = tf.train.adam(0.01);
    const variables = own.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const loss = () => tf.tidy(() => tf.losses.softmaxCrossEntropy(tf.oneHot(truth, 3), own.forward(prepared, { training: true })) as tf.Scalar);
    const losses = Array.from({ length: 10 }, () => {
      const value = optimizer.minimize(loss, true, variables)!;
      const [number] = value.dataSync();
      value.dispose();
      return number;
    });
    expect(losses.at(-1)).toBeLessThan(losses[0]);
    tf.dispose(truth);
    prepared.dispose();
    optimizer.dispose();
    own.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('is made by name, and refuses batches without faces and wrong scales', () => {
  const model = createPointModel('feastnet', { task: 'segment', classCount: 2, width: 0.25 });
  const sphere = icosphereMesh(1, 0);
  const { faces: _faces, ...points } = batchOf([sphere]);
  expect(() => model.prepare(points)).toThrow(/faces must hold the triangles of each of the 1 meshes, but there are none/);
  expect(() => model.prepare({ ...batchOf([sphere]), faces: [Uint32Array.of(0, 1, 99)] })).toThrow(/face 0 names vertex 99/);
  expect(() => createFeastNet({ task: 'segment', classCount: 2, scales: 4 })).toThrow(/scales must be 1 … 3, not 4/);
});
