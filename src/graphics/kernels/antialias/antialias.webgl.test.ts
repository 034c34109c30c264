import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../tf';
import { icosphereMesh, sixColorCube, torusMesh } from '../../../scene/primitives';
import { antialias, interpolate, rasterize } from '../index';
import { compareBackends, keepOnGPU, relativeError, runOn } from '../testing/backends';
import { kernelInputs, pick } from '../testing/kernelInputs';
import { randomValues, randomView } from '../testing/views';
import { buildTopology } from '../../../scene/topology';
import { createTopology } from '../../geometry/representation/mesh/topology';
import { FLOAT_BLEND_FLAG } from '../webgl/floatBlend';
import { RASTERIZE } from '../rasterize/rasterize';
import { ANTIALIAS, ANTIALIAS_GRAD_COLOR, ANTIALIAS_GRAD_POSITIONS } from './antialias';

beforeAll(keepOnGPU);

const LIMIT = 1e-4;
const FORWARD = 'color raster clipVertices faces opposites';
const TO_COLOR = `dy ${FORWARD}`;
const TO_POSITIONS = `${TO_COLOR} cornerOffsets corners`;

/** Odd and even sizes; the larger one has triangles of a few pixels. */
const cases = [
  ['cube', sixColorCube(1.6), 2, { height: 37, width: 51 }],
  ['icosphere', icosphereMesh(0.9, 2), 3, { height: 64, width: 48 }],
  ['torus', torusMesh(0.8, 0.3, 32, 16), 1, { height: 90, width: 91 }],
] as const;

/** As it comes (unpacked), or as an op leaves it. */
const packed = (x: tf.Tensor) => (x.dtype === 'float32' ? tf.mul(x, 1) : x);

describe.each(cases)('%s', (_name, mesh, batch, size) => {
  const view = randomView(mesh, batch, 1);
  let raster: Float32Array;
  beforeAll(async () => {
    raster = await runOn('cpu', RASTERIZE, pick(kernelInputs(view, new Float32Array(0), size, 1), 'clipVertices faces'), size);
  });

  it.each([1, 3, 4, 7])('blends %i channels, and their gradient, as the cpu does', async (channels) => {
    const inputs = kernelInputs(view, raster, size, channels);
    for (const prepare of [undefined, packed]) {
      const { error, cpu } = await compareBackends(ANTIALIAS, pick(inputs, FORWARD), {}, prepare);
      expect(cpu).not.toEqual(inputs.color.values);
      expect(error).toBeLessThan(LIMIT);
      expect((await compareBackends(ANTIALIAS_GRAD_COLOR, pick(inputs, TO_COLOR), {}, prepare)).error).toBeLessThan(LIMIT);
    }
  });

  it.each([[1, 0], [3, 0], [3, 2], [7, 2]])('gives the positions the gradient of %i channels as the cpu does (float blending %i)', async (channels, blend) => {
    tf.env().set(FLOAT_BLEND_FLAG, blend);
    const inputs = pick(kernelInputs(view, raster, size, channels), TO_POSITIONS);
    const { error, cpu } = await compareBackends(ANTIALIAS_GRAD_POSITIONS, inputs);
    expect(cpu.some((x) => x !== 0)).toBe(true);
    expect(error).toBeLessThan(LIMIT);
  });
});

it('blends images wider than 4096 pixels', async () => {
  const size = { height: 3, width: 5000 };
  // A triangle with slanted sides that spans nearly all of the image, so that silhouettes lie at both ends.
  const clip = Float32Array.from([-0.99, 0.9, 0, 1, 0.98, 0.95, 0, 1, 0.97, -0.9, 0, 1]);
  const view = { batch: 1, vertexCount: 3, faceCount: 1, clip, topology: buildTopology({ positions: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]), faces: Uint32Array.of(0, 1, 2) }) };
  const raster = await runOn('cpu', RASTERIZE, pick(kernelInputs(view, new Float32Array(0), size, 1), 'clipVertices faces'), size);
  const { error, cpu } = await compareBackends(ANTIALIAS, pick(kernelInputs(view, raster, size, 3), FORWARD));
  expect(cpu.some((value, i) => i % (3 * 5000) > 3 * 4500 && value !== kernelInputs(view, raster, size, 3).color.values[i])).toBe(true);
  expect(error).toBeLessThan(LIMIT);
});

it.each([
  ['left', [1.3, 4, -5, 69]], ['right', [60, 62.7, -5, 69]], ['upper', [-5, 69, 1.3, 4]], ['lower', [-5, 69, 60, 62.7]],
])('blends along the %s border as the cpu does', async (_name, [left, right, top, bottom]) => {
  const size = { height: 64, width: 64 };
  const clip = Float32Array.from([[left, top], [right, top], [right, bottom], [left, bottom]].flatMap(([x, y]) => [x / 32 - 1, 1 - y / 32, 0, 1]));
  const topology = buildTopology({ positions: Float32Array.from([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]), faces: Uint32Array.of(0, 1, 2, 0, 2, 3) });
  const view = { batch: 1, vertexCount: 4, faceCount: 2, clip, topology };
  const raster = await runOn('cpu', RASTERIZE, pick(kernelInputs(view, new Float32Array(0), size, 1), 'clipVertices faces'), size);
  const inputs = kernelInputs(view, raster, size, 3);
  const { error, cpu } = await compareBackends(ANTIALIAS, pick(inputs, FORWARD));
  // One side of the strip lies in each row or column of pixels next to the border, the other a few pixels further in.
  expect(cpu.filter((value, i) => value !== inputs.color.values[i]).length).toBeGreaterThan(3 * 60);
  expect(error).toBeLessThan(LIMIT);
});

it('treats an image that interpolate kept dense like any other', async () => {
  await tf.setBackend('webgl');
  const mesh = torusMesh(0.8, 0.3, 32, 16);
  const topology = createTopology(buildTopology(mesh));
  const { clip, vertexCount } = randomView(mesh, 2, 1);
  const clipVertices = tf.tensor3d(clip, [2, vertexCount, 4]);
  const attributes = tf.tensor3d(randomValues(vertexCount * 4, 3), [1, vertexCount, 4]);
  const weights = tf.tensor4d(randomValues(2 * 37 * 51 * 4, 4), [2, 37, 51, 4]);
  const results = [false, true].map((dense) => tf.tidy(() => {
    const draw = (a: tf.Tensor, p: tf.Tensor) => {
      const raster = rasterize(p as tf.Tensor3D, topology.faces, { height: 37, width: 51 });
      return antialias(interpolate(a as tf.Tensor3D, p as tf.Tensor3D, topology, raster, { dense }), raster, p as tf.Tensor3D, topology);
    };
    return [draw(attributes, clipVertices), ...tf.grads((a, p) => tf.sum(tf.mul(draw(a, p), weights)))([attributes, clipVertices])].map((t) => t.dataSync<'float32'>());
  }));
  results[0].forEach((expected, i) => expect(relativeError(results[1][i], expected)).toBeLessThan(1e-6));
});
