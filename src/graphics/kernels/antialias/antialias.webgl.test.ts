import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../tf';
import { icosphereMesh, sixColorCube, torusMesh } from '../../../scene/primitives';
import '../index';
import { compareBackends, keepOnGPU, runOn } from '../testing/backends';
import { kernelInputs, pick } from '../testing/kernelInputs';
import { randomView } from '../testing/views';
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
