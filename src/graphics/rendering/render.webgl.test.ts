import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Camera } from '../../scene/camera';
import { icosphereMesh } from '../../scene/primitives';
import { buildTopology } from '../../scene/topology';
import { createTopology, disposeTopology } from '../geometry/representation/mesh/topology';
import { probe, relativeError } from '../testing/gradients';
import * as tf from '../tf';
import { render, type RenderOptions, type RenderOutput, type RenderScene } from './render';

const CAMERA: Camera = { height: 48, width: 40, fx: 60, fy: 58, cx: 19.3, cy: 25.1, near: 0.1, far: 20 };
const MESH = icosphereMesh(1, 2);
const ROTATIONS = [[0.2, -0.1, 0.3, 0.9], [0.7, 0.2, -0.4, 0.1]];
const TRANSLATIONS = [[0.1, -0.04, -3.1], [-0.2, 0.15, -3.6]];

beforeAll(() => { tf.env().set('WEBGL_CPU_FORWARD', false); tf.env().set('WEBGL_SIZE_UPLOAD_UNIFORM', 0); });
afterAll(() => { tf.env().set('WEBGL_CPU_FORWARD', true); });

/** A textured, lit sphere in two poses; the colours vary so that every vertex matters. */
function createScene(): RenderScene & { readonly pose: NonNullable<RenderScene['pose']> } {
  const topology = createTopology(buildTopology(MESH));
  const { vertexCount } = topology;
  const colors = Float32Array.from(MESH.positions, (x, i) => 0.5 + 0.4 * Math.sin(3 * x + i));
  const uvs = Float32Array.from({ length: 2 * vertexCount }, (_, i) => 0.5 + 0.45 * MESH.positions[3 * (i >> 1) + (i & 1)]);
  return {
    topology,
    vertices: tf.tensor2d(MESH.positions, [vertexCount, 3]),
    colors: tf.tensor2d(colors, [vertexCount, 3]),
    uvs: tf.tensor2d(uvs, [vertexCount, 2]),
    texture: tf.tensor3d(Float32Array.from({ length: 7 * 9 * 3 }, (_, i) => 0.5 + 0.5 * Math.sin(i * i)), [7, 9, 3]),
    pose: { rotation: tf.tensor2d(ROTATIONS), translation: tf.tensor2d(TRANSLATIONS) },
    background: [0.1, 0.2, 0.3],
  };
}

const OPTIONS: readonly RenderOptions<RenderOutput>[] = [
  { shading: 'unlit' }, { shading: 'lambert' }, { shading: 'phong', per: 'pixel' }, { shading: 'blinnPhong' },
];

/** Which triangle each pixel sees, [B, H, W]. */
async function idsOn(backend: 'cpu' | 'webgl'): Promise<Float32Array> {
  await tf.setBackend(backend);
  const ids = tf.tidy(() => {
    const scene = createScene();
    const { raster } = render(scene, CAMERA, { outputs: [] });
    disposeTopology(scene.topology);
    return tf.slice(raster, [0, 0, 0, 3], [-1, -1, -1, 1]);
  });
  const values = await ids.data<'float32'>();
  ids.dispose();
  return values;
}

/**
 * 1 where both backends see the same triangle in the pixel and in all its neighbours. The GPU snaps vertices to a fraction of a pixel, so a centre
 * almost on an edge may see either face; and at a grazing face one such pixel outweighs all others in a gradient.
 */
async function agreement(): Promise<{ readonly mask: Float32Array; readonly share: number }> {
  const [cpu, webgl] = [await idsOn('cpu'), await idsOn('webgl')];
  const mask = new Float32Array(cpu.length).fill(1);
  const { height, width } = CAMERA;
  cpu.forEach((id, i) => {
    if (id === webgl[i]) return;
    const [x, y, base] = [i % width, Math.floor(i / width) % height, i - (i % (height * width))];
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) mask[base + row * width + column] = 0;
    }
  });
  return { mask, share: cpu.reduce((n, id, i) => n + (id === webgl[i] ? 1 : 0), 0) / cpu.length };
}

/** Image where `mask` is 1, and its gradients to pose, colours and texture, as plain arrays. */
async function renderOn(backend: 'cpu' | 'webgl', options: RenderOptions<RenderOutput>, mask: Float32Array): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const results = tf.tidy(() => {
    const scene = createScene();
    const kept = tf.tensor4d(mask, [2, CAMERA.height, CAMERA.width, 1]);
    const draw = (changes: Partial<RenderScene> = {}) => tf.mul(render({ ...scene, ...changes }, CAMERA, { ...options, outputs: ['rgba'] }).rgba, kept);
    const gradients = tf.grads((rotation, translation, colors, texture) =>
      probe(draw({ pose: { rotation, translation }, colors, texture: texture as tf.Tensor3D })),
    )([scene.pose.rotation, scene.pose.translation, scene.colors!, scene.texture!]);
    const image = draw();
    disposeTopology(scene.topology);
    return [image, ...gradients];
  });
  const arrays = await Promise.all(results.map((t) => t.data<'float32'>()));
  tf.dispose(results);
  return arrays;
}

describe('render on webgl', () => {
  it.each(OPTIONS.map((options) => [`${options.shading} per ${options.per ?? 'vertex'}`, options] as const))('equals cpu, %s', async (_name, options) => {
    const { mask, share } = await agreement();
    expect(share).toBeGreaterThan(0.99);
    const [cpu, webgl] = [await renderOn('cpu', options, mask), await renderOn('webgl', options, mask)];
    ['image', 'rotation', 'translation', 'colours', 'texture'].forEach((name, i) => {
      expect(relativeError(webgl[i], cpu[i]), name).toBeLessThan(1e-4);
    });
  });

  it('keeps memory flat over 200 optimisation steps', async () => {
    await tf.setBackend('webgl');
    const scene = createScene();
    const rotation = tf.variable(scene.pose.rotation);
    const optimizer = tf.train.adam(0.01);
    const backend = tf.backend() as tf.MathBackendWebGL;
    const step = () => optimizer.minimize(() => tf.mean(tf.square(
      render({ ...scene, pose: { ...scene.pose, rotation } }, CAMERA, { shading: 'lambert', outputs: ['rgba'] }).rgba,
    )) as tf.Scalar);
    const usage = () => [tf.memory().numTensors, backend.numDataIds(), (tf.memory() as unknown as { numBytesInGPUAllocated: number }).numBytesInGPUAllocated];
    for (let i = 0; i < 5; i++) step();
    const before = usage();
    for (let i = 0; i < 200; i++) step();
    expect(usage()).toEqual(before);
    const moved = await rotation.data();
    expect(moved.every(Number.isFinite)).toBe(true);
    expect(moved[0]).not.toBe(ROTATIONS[0][0]);
    optimizer.dispose();
    rotation.dispose();
  });
});
