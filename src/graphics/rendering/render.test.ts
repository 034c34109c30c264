import { beforeAll, describe, expect, it } from 'vitest';
import type { Camera } from '../../scene/camera';
import type { Quaternion } from '../../scene/pose';
import { icosphereMesh, sixColorCube } from '../../scene/primitives';
import { normalizeQuaternion, quaternionToMatrix, rotateVector } from '../../scene/rotation';
import { buildTopology } from '../../scene/topology';
import { createTopology, type MeshTopology } from '../geometry/representation/mesh/topology';
import * as tf from '../tf';
import { render, type RenderScene } from './render';

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

  it('shades at the vertices and at the pixels alike where a mesh is fine', () => {
    const sphere = icosphereMesh(1, 4);
    const fine = createTopology(buildTopology(sphere));
    const positions = tf.tensor2d(sphere.positions, [fine.vertexCount, 3]);
    const lit = { vertices: positions, normals: positions, topology: fine, colors: undefined, uvs: undefined, pose };
    for (const shading of ['lambert', 'phong', 'blinnPhong'] as const) {
      const [vertex, pixel] = (['vertex', 'pixel'] as const).map((per) => render(lit, CAMERA, { shading, per }).color);
      expect(tf.max(tf.abs(tf.sub(vertex, pixel))).dataSync()[0]).toBeLessThan(0.04);
      expect(tf.max(vertex).dataSync()[0]).toBeGreaterThan(0.9);
    }
  });

  it('gives normals in the camera frame, and depth along the line of sight', () => {
    const square = { positions: Float32Array.of(-9, -9, 0, 9, -9, 0, 9, 9, 0, -9, 9, 0), faces: Uint32Array.of(0, 1, 2, 0, 2, 3) };
    const flat = createTopology(buildTopology(square));
    // Turned by 60° about x: the normal z becomes (0, −sin 60°, cos 60°).
    const turned = { rotation: tf.tensor2d([[0.5, 0, 0, Math.sqrt(0.75)]]), translation: tf.tensor2d([[0, 0, -5]]) };
    const { normals, depth } = render(
      { vertices: tf.tensor2d(square.positions, [4, 3]), topology: flat, pose: turned }, { ...CAMERA, cx: 16, cy: 12 }, { outputs: ['normals', 'depth'] },
    );
    const centre = 12 * 32 + 16;
    [0, -Math.sqrt(0.75), 0.5].forEach((x, i) => expect(normals.dataSync()[3 * centre + i]).toBeCloseTo(x, 5));
    // Ray through pixel (16, 12): ½ pixel below the axis, y = −depth·½/fy on the plane y·sin 60° = (z + 5)·cos 60°.
    const slope = 0.5 / CAMERA.fy;
    expect(depth.dataSync()[centre]).toBeCloseTo(5 / (1 - slope * Math.sqrt(3)), 4);
  });

  it('resizes the camera with the image', () => {
    const large = render(scene(), CAMERA, { height: 96, width: 128, outputs: ['alpha'] }).alpha;
    const small = render(scene(), CAMERA, { outputs: ['alpha'] }).alpha;
    const pooled = tf.avgPool(large, 4, 4, 'valid');
    expect(large.shape).toEqual([1, 96, 128, 1]);
    expect(tf.mean(tf.abs(tf.sub(pooled, small))).dataSync()[0]).toBeLessThan(0.01);
  });

  it('samples a texture as its texels lie', () => {
    const square = { positions: Float32Array.of(-9, -9, 0, 9, -9, 0, 9, 9, 0, -9, 9, 0), faces: Uint32Array.of(0, 1, 2, 0, 2, 3) };
    const flat = createTopology(buildTopology(square));
    const texture = tf.tensor3d([[[1, 0, 0], [0, 1, 0]], [[0, 0, 1], [1, 1, 1]]]);
    const { color } = render({
      vertices: tf.tensor2d(square.positions, [4, 3]), topology: flat, texture, uvs: tf.tensor2d([[0, 0], [1, 0], [1, 1], [0, 1]]),
      pose: { rotation: tf.tensor2d([[0, 0, 0, 1]]), translation: tf.tensor2d([[0, 0, -18]]) },
    }, { height: 20, width: 20, fx: 20, fy: 20, cx: 10, cy: 10, near: 1, far: 100 });
    const at = (row: number, column: number) => Array.from(tf.slice(color, [0, row, column, 0], [1, 1, 1, 3]).dataSync()).map((x) => Math.round(x * 1e4) / 1e4);
    expect([at(4, 4), at(4, 15), at(15, 4), at(15, 15)]).toEqual([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]);
  });
});
