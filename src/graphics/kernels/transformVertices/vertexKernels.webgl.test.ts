import { beforeAll, describe, expect, it } from 'vitest';
import '../index';
import { LAMBERT } from '../lambert/lambert';
import { POSE_MATRIX, POSE_MATRIX_GRAD_ROTATION, POSE_MATRIX_GRAD_TRANSLATION, QUATERNION_MATRIX, QUATERNION_MATRIX_GRAD } from '../poseMatrix/poseMatrix';
import { compareBackends, keepOnGPU, type InputArrays } from '../testing/backends';
import { randomValues } from '../testing/views';
import * as tf from '../../tf';
import { TRANSFORM_VERTICES } from './transformVertices';

beforeAll(keepOnGPU);

const random = (shape: readonly number[], seed: number) => ({ values: randomValues(shape.reduce((a, b) => a * b, 1), seed), shape });
/** As TensorFlow.js's own ops leave their results. */
const packed = (x: tf.Tensor) => tf.add(x, 0);

describe.each([['uploaded', undefined], ['packed', packed]] as const)('from %s tensors', (_name, prepare) => {
  it.each([1, 3])('poses in a batch of %i are as on the cpu', async (batch) => {
    const attrs = { after: Array.from(randomValues(16, 9)) };
    const [q, rotation, translation, dy3, dy4] = [[batch, 4], [batch, 3, 3], [batch, 3], [batch, 3, 3], [batch, 4, 4]].map(random);
    const cases: readonly [string, InputArrays, object][] = [
      [QUATERNION_MATRIX, { quaternions: q }, {}],
      [QUATERNION_MATRIX_GRAD, { dy: dy3, quaternions: q }, {}],
      [POSE_MATRIX, { rotation, translation }, attrs],
      [POSE_MATRIX_GRAD_ROTATION, { dy: dy4 }, attrs],
      [POSE_MATRIX_GRAD_TRANSLATION, { dy: dy4 }, attrs],
    ];
    for (const [name, inputs, given] of cases) {
      expect((await compareBackends(name, inputs, given, prepare)).error, name).toBeLessThan(1e-5);
    }
  });

  it.each([[1, 3, 2], [2, 3, 1], [1, 4, 3], [2, 4, 2]])('moves %i × [37, %i] vertices by %i matrices as the cpu does', async (vertexBatch, columns, matrixBatch) => {
    const inputs = { vertices: random([vertexBatch, 37, columns], 1), matrices: random([matrixBatch, 4, 4], 2) };
    expect((await compareBackends(TRANSFORM_VERTICES, inputs, {}, prepare)).error).toBeLessThan(1e-5);
  });

  it.each([[1, 37], [2, 1]])('lights %i × %i albedos as the cpu does', async (batch, albedos) => {
    const inputs = {
      albedo: random([batch, albedos, 3], 1), normals: random([1, 37, 3], 2), towards: random([2, 3, 3], 3), colors: random([1, 3, 3], 4), ambient: random([2, 3], 5),
    };
    expect((await compareBackends(LAMBERT, inputs, {}, prepare)).error).toBeLessThan(1e-5);
  });

  it('reads back images of four and eight channels, and our own results', async () => {
    await tf.setBackend('webgl');
    for (const shape of [[2, 5, 7, 4], [1, 6, 4, 8], [3, 2, 2]]) {
      const { values } = random(shape, 8);
      const x = (prepare ?? packed)(tf.tensor(values, shape));
      expect(Array.from(x.dataSync())).toEqual(Array.from(values));
      x.dispose();
    }
  });
});
