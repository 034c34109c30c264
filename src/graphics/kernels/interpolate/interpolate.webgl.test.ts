import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../tf';
import { icosphereMesh, sixColorCube, torusMesh } from '../../../scene/primitives';
import '../index';
import { compareBackends, keepOnGPU, runOn } from '../testing/backends';
import { kernelInputs, pick } from '../testing/kernelInputs';
import { randomView } from '../testing/views';
import { FLOAT_BLEND_FLAG } from '../webgl/floatBlend';
import { RASTERIZE } from '../rasterize/rasterize';
import { INTERPOLATE, INTERPOLATE_GRAD_ATTRIBUTES, INTERPOLATE_GRAD_POSITIONS } from './interpolate';

beforeAll(keepOnGPU);

const size = { height: 37, width: 51 };
const FORWARD = 'attributes faces raster';
const TO_ATTRIBUTES = 'dy clipVertices faces raster cornerOffsets corners';
const TO_POSITIONS = `attributes ${TO_ATTRIBUTES}`;
const LIMIT = 1e-4;

describe.each(Object.entries({ cube: sixColorCube(1.6), icosphere: icosphereMesh(0.9, 3), torus: torusMesh(0.8, 0.3) }))('%s', (_name, mesh) => {
  const view = randomView(mesh, 3, 1);
  let raster: Float32Array;
  beforeAll(async () => {
    raster = await runOn('cpu', RASTERIZE, pick(kernelInputs(view, new Float32Array(0), size, 1), 'clipVertices faces'), size);
  });

  it.each([[1, 3], [2, 1], [3, 3], [4, 1], [7, 3]])('interpolates %i channels as the cpu does (attributes of %i poses)', async (channels, attributeBatch) => {
    const inputs = kernelInputs(view, raster, size, channels, attributeBatch);
    expect((await compareBackends(INTERPOLATE, pick(inputs, FORWARD))).error).toBeLessThan(LIMIT);
    expect((await compareBackends(INTERPOLATE, pick(inputs, FORWARD), { dense: true })).error).toBeLessThan(LIMIT);
  });

  describe.each([['gathering', 0], ['float blending', 2]])('sums by %s', (_way, blend) => {
    beforeAll(() => tf.env().set(FLOAT_BLEND_FLAG, blend));

    it.each([[1, 3], [3, 1], [4, 3], [7, 1]])('the gradients of %i channels as the cpu does (attributes of %i poses)', async (channels, attributeBatch) => {
      const inputs = kernelInputs(view, raster, size, channels, attributeBatch);
      const attrs = { batch: attributeBatch, vertexCount: view.vertexCount };
      expect((await compareBackends(INTERPOLATE_GRAD_ATTRIBUTES, pick(inputs, TO_ATTRIBUTES), attrs)).error).toBeLessThan(LIMIT);
      expect((await compareBackends(INTERPOLATE_GRAD_POSITIONS, pick(inputs, TO_POSITIONS))).error).toBeLessThan(LIMIT);
    });
  });
});

describe('inputs may lie on the GPU as they like', () => {
  const view = randomView(icosphereMesh(0.9, 1), 2, 4);
  const isFloat = (x: tf.Tensor) => x.dtype === 'float32';
  const ways: Record<string, (x: tf.Tensor) => tf.Tensor> = {
    'packed, from an op': (x) => (isFloat(x) ? tf.mul(x, 1) : x),
    'packed in another shape': (x) => (isFloat(x) ? tf.reshape(tf.mul(tf.reshape(x, [-1, 2, 2]), 1), x.shape) : x),
    'a slice that shares its texture': (x) => {
      const two = tf.concat([tf.zerosLike(x), x]);
      const unpacked = tf.tensor(two.dataSync(), two.shape, two.dtype);
      return tf.slice(unpacked, [x.shape[0]], [x.shape[0]]);
    },
  };
  it.each(Object.entries(ways))('%s', async (_name, prepare) => {
    const even = { height: 32, width: 40 };
    const raster = await runOn('cpu', RASTERIZE, pick(kernelInputs(view, new Float32Array(0), even, 1), 'clipVertices faces'), even);
    const inputs = kernelInputs(view, raster, even, 4);
    expect((await compareBackends(INTERPOLATE, pick(inputs, FORWARD), {}, prepare)).error).toBeLessThan(LIMIT);
    expect((await compareBackends(INTERPOLATE_GRAD_POSITIONS, pick(inputs, TO_POSITIONS), {}, prepare)).error).toBeLessThan(LIMIT);
  });
});

it('gives finite zeros at triangles seen edge-on and at degenerate ones', async () => {
  const view = randomView(icosphereMesh(0.9, 1), 1, 4);
  const flat = { ...view, clip: view.clip.map((x, i) => (i % 4 === 0 ? 0.1 : x)) };
  const raster = await runOn('cpu', RASTERIZE, pick(kernelInputs(view, new Float32Array(0), size, 1), 'clipVertices faces'), size);
  const gradient = await runOn('webgl', INTERPOLATE_GRAD_POSITIONS, pick(kernelInputs(flat, raster, size, 3), TO_POSITIONS));
  expect(gradient.every(Number.isFinite)).toBe(true);
});

it('tells a tensor from its reshaped self, which has the same data id', async () => {
  await tf.setBackend('webgl');
  const values = Float32Array.from({ length: 24 }, (_, i) => i);
  const flat = tf.tensor1d(values);
  const faces = tf.tensor2d([0, 1, 2], [1, 3], 'int32');
  const raster = tf.tensor4d([0.25, 0.25, 0, 1], [1, 1, 1, 4]);
  const run = (attributes: tf.Tensor) => Array.from((tf.engine().runKernel(INTERPOLATE, { attributes, faces, raster }, {}) as tf.Tensor).dataSync());
  // A quarter of the first row, a quarter of the second and half of the third.
  expect(run(tf.reshape(flat, [1, 12, 2]))).toEqual([2.5, 3.5]);
  expect(run(tf.reshape(flat, [1, 8, 3]))).toEqual([3.75, 4.75, 5.75]);
});
