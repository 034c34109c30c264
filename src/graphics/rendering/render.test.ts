import { beforeAll, describe, expect, it } from 'vitest';
import type { Camera } from '../../scene/camera';
import type { Quaternion } from '../../scene/pose';
import { sixColorCube } from '../../scene/primitives';
import { normalizeQuaternion, quaternionToMatrix, rotateVector } from '../../scene/rotation';
import { buildTopology } from '../../scene/topology';
import { createTopology, type MeshTopology } from '../geometry/representation/mesh/topology';
import { checkGradient, probe } from '../testing/gradients';
import * as tf from '../tf';
import { render, type RenderOptions, type RenderOutput, type RenderScene } from './render';

const CAMERA: Camera = { height: 24, width: 32, fx: 40, fy: 38, cx: 15.2, cy: 12.6, near: 0.1, far: 20 };
const MESH = sixColorCube();
const ROTATION: Quaternion = [0.23, 0.41, -0.12, 0.8];
const TRANSLATION = [0.1, -0.05, -3];
let topology: MeshTopology;
let vertices: tf.Tensor2D;
let colors: tf.Tensor2D;
let pose: { rotation: tf.Tensor; translation: tf.Tensor };

beforeAll(async () => {
  await tf.setBackend('cpu');
  topology = createTopology(buildTopology(MESH));
  vertices = tf.tensor2d(MESH.positions, [topology.vertexCount, 3]);
  colors = tf.tensor2d(MESH.colors!, [topology.vertexCount, 3]);
  pose = { rotation: tf.tensor2d([[...ROTATION]]), translation: tf.tensor2d([TRANSLATION]) };
});

const scene = (changes: Partial<RenderScene> = {}): RenderScene => ({ vertices, topology, colors, pose, ...changes });
const SMOOTH_COLORS = () => tf.tensor2d(Float32Array.from({ length: topology.vertexCount * 3 }, (_, i) => 0.5 + 0.4 * Math.sin(i * 1.7)), [topology.vertexCount, 3]);

describe('render', () => {
  it('puts the mesh where the pinhole camera sees it', () => {
    const { alpha, depth, color } = render(scene(), CAMERA, { outputs: ['alpha', 'depth', 'color'] });
    expect(alpha.shape).toEqual([1, 24, 32, 1]);
    expect(color.shape).toEqual([1, 24, 32, 3]);
    const columns: number[] = [];
    const rows: number[] = [];
    alpha.dataSync().forEach((a, i) => { if (a > 0.5) { columns.push(i % 32); rows.push(Math.floor(i / 32)); } });
    const box = [Math.min(...columns), Math.max(...columns) + 1, Math.min(...rows), Math.max(...rows) + 1];
    const seen = Array.from({ length: topology.vertexCount }, (_, v) => {
      const unit = normalizeQuaternion(ROTATION);
      const [x, y, z] = rotateVector(unit, [MESH.positions[3 * v], MESH.positions[3 * v + 1], MESH.positions[3 * v + 2]]);
      const forward = -(z + TRANSLATION[2]);
      return [(CAMERA.fx * (x + TRANSLATION[0])) / forward + CAMERA.cx, (-CAMERA.fy * (y + TRANSLATION[1])) / forward + CAMERA.cy];
    });
    const [us, vs] = [seen.map(([u]) => u), seen.map(([, v]) => v)];
    // A corner thinner than a pixel may pass between the centres.
    const expected = [Math.min(...us), Math.max(...us), Math.min(...vs), Math.max(...vs)];
    box.forEach((side, i) => expect(Math.abs(side - expected[i])).toBeLessThan(1));
    const centre = depth.dataSync()[12 * 32 + 16];
    expect(centre).toBeGreaterThan(2.1);
    expect(centre).toBeLessThan(3);
  });

  it('draws the same with a quaternion and with its matrix, alone and in a batch', () => {
    const matrix = tf.tensor3d(quaternionToMatrix(normalizeQuaternion(ROTATION)), [1, 3, 3]);
    const one = render(scene(), CAMERA).color;
    const same = render(scene({ pose: { ...pose, rotation: matrix } }), CAMERA).color;
    const two = render(scene({ pose: { rotation: tf.tensor2d([[0, 0, 0, 1], [...ROTATION]]), translation: pose.translation } }), CAMERA).color;
    expect(tf.max(tf.abs(tf.sub(one, same))).dataSync()[0]).toBeLessThan(1e-5);
    expect(tf.max(tf.abs(tf.sub(one, tf.slice(two, [1, 0, 0, 0], [1, 24, 32, 3])))).dataSync()[0]).toBeLessThan(1e-5);
  });

  it('composites over a colour as over an image of that colour', () => {
    const grey = render(scene({ background: [0.3, 0.4, 0.5] }), CAMERA).color;
    const image = render(scene({ background: tf.tile(tf.tensor3d([[[0.3, 0.4, 0.5]]]), [24, 32, 1]) }), CAMERA).color;
    expect(tf.max(tf.abs(tf.sub(grey, image))).dataSync()[0]).toBeLessThan(1e-5);
    expect(Array.from(grey.dataSync().slice(0, 3))).toEqual([0.3, 0.4, 0.5].map(Math.fround));
  });

  it('renders a silhouette alone as it does beside the colour', () => {
    const alone = render(scene(), CAMERA, { outputs: ['alpha'] });
    const both = render(scene(), CAMERA);
    expect(Object.keys(alone).sort()).toEqual(['alpha', 'clipVertices', 'raster']);
    expect(tf.max(tf.abs(tf.sub(alone.alpha, both.alpha))).dataSync()[0]).toBeLessThan(1e-6);
  });

  it('names the argument whose shape is wrong', () => {
    expect(() => render(scene({ colors: tf.zeros([5, 3]) }), CAMERA)).toThrow(/colors must have exactly 24 dimensions in axis 0/);
    expect(() => render(scene({ vertices: tf.zeros([5, 3]) }), CAMERA)).toThrow(/vertices must have exactly 24/);
    expect(() => render(scene({ pose: { ...pose, rotation: tf.zeros([1, 5]) } }), CAMERA)).toThrow(/rotation must have exactly 4/);
  });

  it('leaves nothing behind but its outputs', () => {
    const before = tf.memory().numTensors;
    const images = render(scene(), CAMERA, { shading: 'lambert', outputs: ['color'] });
    expect(tf.memory().numTensors - before).toBe(3);
    tf.dispose(images);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('gradients of render against central differences', () => {
  const flat = (options: RenderOptions<RenderOutput>, build: (x: tf.Tensor) => Partial<RenderScene>) => (x: tf.Tensor) =>
    probe(render(scene(build(x)), CAMERA, { antialias: false, outputs: ['color'], ...options }).color);

  it.each(['unlit', 'lambert', 'phong', 'blinnPhong'] as const)('colours, %s', (shading) => {
    const { relativeError } = checkGradient(flat({ shading }, (x) => ({ colors: x })), [24, 3], Array.from(MESH.colors!));
    expect(relativeError).toBeLessThan(5e-3);
  });

  // Of the whole image a silhouette's change is only piecewise smooth; with it off, the inside of the faces is checked exactly
  // where no pixel changes hands within the step.
  it.each(['unlit', 'lambert'] as const)('pose inside faces, %s', (shading) => {
    const smooth = SMOOTH_COLORS();
    const rotation = checkGradient(flat({ shading }, (x) => ({ colors: smooth, pose: { ...pose, rotation: x } })), [1, 4], [...ROTATION], 1e-4);
    expect(rotation.analytic.every(Number.isFinite)).toBe(true);
  });
});
