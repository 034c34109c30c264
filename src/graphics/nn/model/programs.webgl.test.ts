import { beforeAll, expect, it } from 'vitest';
import { torusMesh } from '../../../scene/primitives';
import { createRandom } from '../../../scene/random';
import * as tf from '../../tf';
import { createFeastNet } from './feastnet';
import { createPointModel, MESH_MODEL_IDS, POINT_MODEL_IDS } from './createPointModel';
import type { PointBatch, PointModel } from './pointModel';

beforeAll(async () => { await tf.setBackend('webgl'); });

/** TensorFlow.js's programs, which it never forgets. */
const programs = (): number => Object.keys((tf.backend() as unknown as { readonly binaryCache: object }).binaryCache).length;

/** How many programs each batch has compiled after a step of learning from it. */
function compiledBy(model: PointModel, batches: readonly PointBatch[]): number[] {
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const counts = batches.map((batch) => {
    const prepared = model.prepare(batch);
    const before = programs();
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => tf.sum(tf.square(model.forward(prepared, { training: true, seed: 1 }))) as tf.Scalar, variables);
      return [value.dataSync(), ...Object.values(grads).map((gradient) => gradient.dataSync())].length;
    });
    prepared.dispose();
    return programs() - before;
  });
  model.dispose();
  return counts;
}

/** Two clouds of 64 points around a sphere. */
function clouds(seed: number): PointBatch {
  const random = createRandom(seed);
  const positions = Float32Array.from({ length: 2 * 64 * 3 }, () => random.normal());
  for (let i = 0; i < positions.length; i += 3) {
    const length = Math.hypot(positions[i], positions[i + 1], positions[i + 2]);
    for (let k = 0; k < 3; k++) positions[i + k] /= length;
  }
  return { batch: 2, count: 64, positions, seed };
}

/** A torus of 121 to 128 vertices, and a smaller one. */
function tori(seed: number): PointBatch {
  const meshes = [torusMesh(1, 0.4, ...([[11, 11], [41, 3], [31, 4], [25, 5], [18, 7], [16, 8]] as const)[seed]), torusMesh(1, 0.3, 15, 8)];
  const count = 136;
  const positions = new Float32Array(2 * 3 * count);
  meshes.forEach((mesh, b) => positions.set(mesh.positions, 3 * count * b));
  const sizes = Int32Array.from(meshes, (mesh) => mesh.positions.length / 3);
  return { batch: 2, count, positions, sizes, faces: meshes.map(({ faces }) => faces) };
}

it.each(POINT_MODEL_IDS.filter((id) => !MESH_MODEL_IDS.includes(id)))('%s compiles no programs for every batch anew', (id) => {
  const model = createPointModel(id, { task: 'segment', classCount: 2, width: 0.05, seed: 1 });
  // The second cloud never has as many points.
  const batches = [1, 2, 3, 4, 5].map((seed) => ({ ...clouds(seed), sizes: Int32Array.of(64, 52 + seed) }));
  const [first, , ...others] = compiledBy(model, batches);
  // Of three tables a level one may still meet another of the few sizes; unpadded, most programs would be new.
  if (id === 'pointnet2-msg') expect(Math.max(...others)).toBeLessThan(first / 4);
  else expect(others).toEqual([0, 0, 0]);
});

it('FeaStNet compiles no programs for every batch anew', () => {
  const model = createFeastNet({ task: 'segment', classCount: 2, width: 0.1, seed: 1 });
  const [first, , , ...others] = compiledBy(model, [0, 1, 2, 3, 4, 5].map(tori));
  // Coarser levels may still meet another of the few sizes; unpadded, most programs would be new.
  expect(Math.max(...others)).toBeLessThan(first / 4);
});
