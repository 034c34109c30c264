import { beforeAll, describe, expect, it } from 'vitest';
import { keepOnGPU } from '../kernels/testing/backends';
import { probe } from '../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../testing/randomTensors';
import * as tf from '../tf';
import { rasterize as rasterizeFramebuffer, RasterizationBackends, type RasterizationBackend } from './rasterizationBackend';
import { rasterizeThenSplat } from './splat';
import { cubeTensors, viewFrom } from './testing/scenes';
import { rasterize } from './triangleRasterizer';

beforeAll(async () => {
  await tf.setBackend('webgl');
  keepOnGPU();
});

const SIZE = { height: 36, width: 48 };
const matrices = () => tf.stack([viewFrom([1, 2, 4]), viewFrom([-3, 1, 2])]);

describe('the rasterizers on a GPU', () => {
  it.each([true, false])('see what plain loops see, but for pixels on edges, culling %s', (enableCullFace) => {
    const { vertices, triangles } = cubeTensors();
    const [gpu, loops] = Object.values(RasterizationBackends)
      .map((backend) => rasterizeFramebuffer(tf.expandDims(vertices, 0), tf.reverse(triangles, 1), matrices(), SIZE, { enableCullFace, backend }));
    const [ids, expected] = [gpu, loops].map(({ triangleId, foregroundMask }) => tf.mul(tf.add(triangleId, 1), foregroundMask).dataSync<'float32'>());
    expect(expected.filter((id) => id > 0).length).toBeGreaterThan(300);
    expect(ids.filter((id, i) => id !== expected[i]).length).toBeLessThan(0.02 * ids.length);
  });

  it('give the gradients that they give with plain loops (seed 26)', () => {
    const { vertices, triangles } = cubeTensors();
    // One face larger than the image: no pixel lies on a silhouette.
    const [near, color] = [tf.mul(vertices, 1.5), randomTensors(26).uniform([vertices.shape[0], 3])];
    const gradients = (backend: RasterizationBackend) => tf.grads((v, c) =>
      probe(rasterize(v, triangles, { c }, tf.reshape(viewFrom([0.1, 0.2, 2]), [4, 4]), { height: 8, width: 8 }, { backend }).c))([near, color]);
    const [gpu, loops] = Object.values(RasterizationBackends).map(gradients);
    gpu.forEach((gradient, i) => expect(largestDifference(gradient, loops[i]) / tf.max(tf.abs(loops[i])).dataSync()[0]).toBeLessThan(2e-3));
  });

  it('splat with either, with finite gradients, and leave no tensors behind', () => {
    const { vertices, triangles } = cubeTensors();
    const view = matrices();
    const colors = tf.ones([vertices.shape[0], 4]);
    const draw = (v: tf.Tensor, backend: RasterizationBackend) =>
      rasterizeThenSplat(v, triangles, { colors }, view, SIZE, (x) => x.colors, { backend });
    const [gpu, loops] = Object.values(RasterizationBackends).map((backend) => draw(vertices, backend));
    expect(tf.mean(tf.abs(tf.sub(gpu, loops))).dataSync()[0]).toBeLessThan(0.01);
    const before = tf.memory().numTensors;
    const finite = tf.tidy(() => allFinite(tf.grad((v) => probe(draw(v, 'opengl')))(vertices)));
    expect(finite).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
  });
});
