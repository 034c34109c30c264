import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Camera } from '../../scene/camera';
import { icosphereMesh } from '../../scene/primitives';
import { buildTopology } from '../../scene/topology';
import { createTopology, disposeTopology } from '../geometry/representation/mesh/topology';
import { probe } from '../testing/gradients';
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

/** Image and gradients to pose, colours and texture, as plain arrays. */
async function renderOn(backend: 'cpu' | 'webgl', options: RenderOptions<RenderOutput>): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const results = tf.tidy(() => {
    const scene = createScene();
    const image = render(scene, CAMERA, { ...options, outputs: ['rgba'] }).rgba;
    const gradients = tf.grads((rotation, translation, colors, texture) => probe(render(
      { ...scene, pose: { rotation, translation }, colors, texture: texture as tf.Tensor3D }, CAMERA, { ...options, outputs: ['rgba'] },
    ).rgba))([scene.pose.rotation, scene.pose.translation, scene.colors!, scene.texture!]);
    disposeTopology(scene.topology);
    return [image, ...gradients];
  });
  const arrays = await Promise.all(results.map((t) => t.data<'float32'>()));
  tf.dispose(results);
  return arrays;
}

/** Share of values that differ by more than `tolerance` of the largest. */
function shareDifferent(a: Float32Array, b: Float32Array, tolerance: number): number {
  const scale = b.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
  return a.reduce((n, x, i) => n + (Math.abs(x - b[i]) <= tolerance * scale ? 0 : 1), 0) / a.length;
}

describe('render on webgl', () => {
  it.each(OPTIONS.map((options) => [`${options.shading} per ${options.per ?? 'vertex'}`, options] as const))('equals cpu, %s', async (_name, options) => {
    const [cpu, webgl] = [await renderOn('cpu', options), await renderOn('webgl', options)];
    // The GPU snaps vertices to a fraction of a pixel: a centre almost on an edge may see either face.
    expect(shareDifferent(webgl[0], cpu[0], 1e-3)).toBeLessThan(4e-3);
    for (let i = 1; i < cpu.length; i++) expect(shareDifferent(webgl[i], cpu[i], 2e-2), `gradient ${i}`).toBeLessThan(0.03);
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
