import { beforeAll, describe, expect, it } from 'vitest';
import type { Camera } from '../../scene/camera';
import { icosphereMesh } from '../../scene/primitives';
import { createRandom } from '../../scene/random';
import { buildTopology } from '../../scene/topology';
import { createTopology, type MeshTopology } from '../geometry/representation/mesh/topology';
import { checkGradient, probe } from '../testing/gradients';
import * as tf from '../tf';
import type { CameraTensors } from './camera/pinhole';
import type { Light } from './light/lights';
import { render, type RenderOptions, type RenderOutput, type RenderScene } from './render';

// One tilted triangle that fills the image: without edges in view the image is smooth in everything, so that float32 differences
// can be trusted. Edges and silhouettes are checked in float64 on the kernels, and silhouettes here by their area.
const CAMERA: Camera = { height: 6, width: 7, fx: 14, fy: 13, cx: 3.4, cy: 3.1, near: 0.1, far: 20 };
const CORNERS = [-2.2, -1.6, 0.2, 2.4, -1.5, -0.3, 0.1, 2.6, 0.25];
const NORMALS = [-0.3, 0.1, 0.95, 0.4, 0.2, 0.9, 0.1, 0.45, 0.9];
const COLORS = [0.9, 0.2, 0.4, 0.3, 0.8, 0.1, 0.5, 0.4, 0.95];
const TRANSLATION = [0.05, -0.04, -1.9];
const ROTATION = [0.1, -0.05, 0.15, 0.9];
const LIGHTS: readonly Light[] = [
  { kind: 'ambient', color: [0.2, 0.1, 0.15] },
  { kind: 'directional', towards: [0.3, 0.5, 1], color: [0.6, 0.5, 0.4] },
  { kind: 'point', position: [0.5, 0.2, 0.3], color: [1.2, 0.9, 1.1] },
];
const random = createRandom(4);
const values = (length: number) => Array.from({ length }, () => random.uniform());
const TEXTURE = values(5 * 4 * 3);
let topology: MeshTopology;
let base: RenderScene;

beforeAll(async () => {
  await tf.setBackend('cpu');
  topology = createTopology(buildTopology({ positions: Float32Array.from(CORNERS), faces: Uint32Array.of(0, 1, 2) }));
  base = {
    topology,
    vertices: tf.tensor2d(CORNERS, [3, 3]),
    normals: tf.tensor2d(NORMALS, [3, 3]),
    colors: tf.tensor2d(COLORS, [3, 3]),
    pose: { rotation: tf.tensor2d([[...ROTATION]]), translation: tf.tensor2d([[...TRANSLATION]]) },
    lights: LIGHTS,
  };
});

type Change = (x: tf.Tensor) => Partial<RenderScene> & { camera?: CameraTensors };

const loss = (change: Change, options: RenderOptions<RenderOutput> = {}) => (x: tf.Tensor): tf.Tensor => {
  const { camera, ...scene } = change(x);
  const [output] = options.outputs ?? ['color'];
  return probe(render({ ...base, ...scene }, camera ?? CAMERA, { outputs: [output], ...options })[output]);
};

const SHADINGS: readonly RenderOptions<RenderOutput>[] = [
  { shading: 'unlit' }, { shading: 'lambert' }, { shading: 'phong' }, { shading: 'blinnPhong', per: 'pixel' },
];
const named = SHADINGS.map((options) => [`${options.shading} per ${options.per ?? 'vertex'}`, options] as const);
const lightAt = (index: number, change: (x: tf.Tensor) => Partial<Light>): Change =>
  (x) => ({ lights: LIGHTS.map((light, i) => (i === index ? { ...light, ...change(x) } as Light : light)) });

describe('gradients of render equal central differences', () => {
  it.each(named)('rotation, %s', (_name, options) => {
    expect(checkGradient(loss((x) => ({ pose: { ...base.pose!, rotation: x } }), options), [1, 4], ROTATION).relativeError).toBeLessThan(0.02);
  });

  it.each(named)('translation, %s', (_name, options) => {
    const check = checkGradient(loss((x) => ({ pose: { ...base.pose!, translation: x } }), options), [1, 3], TRANSLATION, 4e-3);
    expect(check.relativeError).toBeLessThan(0.02);
  });

  it.each(named)('vertices, with the normals that follow from them, %s', (_name, options) => {
    expect(checkGradient(loss((x) => ({ vertices: x, normals: undefined }), options), [3, 3], CORNERS).relativeError).toBeLessThan(0.01);
  });

  it.each(named)('colours and normals, %s', (_name, options) => {
    expect(checkGradient(loss((x) => ({ colors: x }), options), [3, 3], COLORS).relativeError).toBeLessThan(5e-3);
    if (options.shading !== 'unlit') expect(checkGradient(loss((x) => ({ normals: x }), options), [3, 3], NORMALS).relativeError).toBeLessThan(0.01);
  });

  it('rotation matrices', () => {
    const matrix = [0.9, -0.1, 0.3, 0.2, 0.95, -0.1, -0.25, 0.15, 0.93];
    expect(checkGradient(loss((x) => ({ pose: { ...base.pose!, rotation: x } })), [1, 3, 3], matrix, 4e-3).relativeError).toBeLessThan(0.02);
  });

  it.each(named)('intrinsics, %s', (_name, options) => {
    const { height, width, near, far, fx, fy, cx, cy } = CAMERA;
    const change: Change = (x) => ({ camera: { height, width, near, far, intrinsics: x } });
    expect(checkGradient(loss(change, options), [4], [fx, fy, cx, cy], 2e-2).relativeError).toBeLessThan(0.03);
  });

  it('a light’s direction, colour and position, and the ambient colour', () => {
    for (const shading of ['lambert', 'phong', 'blinnPhong'] as const) {
      for (const [index, part, start] of [[1, 'towards', [0.3, 0.5, 1]], [1, 'color', [0.6, 0.5, 0.4]], [2, 'position', [0.5, 0.2, 0.3]], [2, 'color', [1.2, 0.9, 1.1]], [0, 'color', [0.2, 0.1, 0.15]]] as const) {
        const check = checkGradient(loss(lightAt(index, (x) => ({ [part]: x })), { shading, per: 'pixel' }), [3], start);
        expect(check.relativeError, `${shading} ${LIGHTS[index].kind} ${part}`).toBeLessThan(0.01);
      }
    }
  });

  it.each(['phong', 'blinnPhong'] as const)('material: colour, specular and shininess, %s', (shading) => {
    expect(checkGradient(loss((x) => ({ material: { color: x } }), { shading }), [3], [0.8, 0.7, 0.9]).relativeError).toBeLessThan(5e-3);
    expect(checkGradient(loss((x) => ({ material: { specular: x, shininess: 4 } }), { shading }), [], [0.4]).relativeError).toBeLessThan(0.02);
    expect(checkGradient(loss((x) => ({ material: { shininess: x } }), { shading }), [], [5], 0.1).relativeError).toBeLessThan(1e-2);
  });

  it('texture and uvs', () => {
    const uvs = [0.1, 0.15, 0.9, 0.2, 0.5, 0.85];
    const texture = tf.tensor3d(TEXTURE, [5, 4, 3]);
    const textured: Change = (x) => ({ uvs: tf.tensor2d(uvs, [3, 2]), texture: x as tf.Tensor3D });
    expect(checkGradient(loss(textured), [5, 4, 3], TEXTURE).relativeError).toBeLessThan(5e-3);
    // Bilinear sampling has kinks at texel centres, so the step is small.
    const moved: Change = (x) => ({ texture, uvs: x as tf.Tensor2D });
    expect(checkGradient(loss(moved, { shading: 'lambert' }), [3, 2], uvs, 1e-3).relativeError).toBeLessThan(0.02);
  });

  it('background: a colour, and an image', () => {
    const away: Partial<RenderScene> = { pose: { ...base.pose!, translation: tf.tensor2d([[0.4, 0.3, -9]]) } };
    expect(checkGradient(loss((x) => ({ ...away, background: x })), [3], [0.3, 0.5, 0.1]).relativeError).toBeLessThan(5e-3);
    expect(checkGradient(loss((x) => ({ ...away, background: x })), [6, 7, 3], values(126)).relativeError).toBeLessThan(5e-3);
  });

  it('depth and normals to the translation', () => {
    for (const output of ['depth', 'normals'] as const) {
      const check = checkGradient(loss((x) => ({ pose: { ...base.pose!, translation: x } }), { outputs: [output] }), [1, 3], TRANSLATION, 4e-3);
      expect(check.relativeError, output).toBeLessThan(0.03);
    }
  });

  it('shared vertices, summed over the poses of a batch', () => {
    const two = { rotation: tf.tensor2d([[...ROTATION], [0, 0, 0, 1]]), translation: tf.tensor2d([[...TRANSLATION]]) };
    const change: Change = (x) => ({ vertices: tf.mul(base.vertices, x), pose: two });
    expect(checkGradient(loss(change), [1, 3], [1, 1.02, 0.97], 4e-3).relativeError).toBeLessThan(0.03);
  });
});

describe('silhouettes', () => {
  it('pull the distance as the area of the silhouette changes', () => {
    const camera = { ...CAMERA, height: 64, width: 64, fx: 64, fy: 64, cx: 32, cy: 32 };
    const sphere = icosphereMesh(1, 0);
    const round = { topology: createTopology(buildTopology(sphere)), vertices: tf.tensor2d(sphere.positions, [sphere.positions.length / 3, 3]) };
    const area = (x: tf.Tensor) => tf.sum(render({ ...round, pose: { ...base.pose!, translation: x } }, camera, { outputs: ['alpha'] }).alpha);
    const { analytic, numeric } = checkGradient(area, [1, 3], [0, 0, -3.2], 0.2);
    expect(Math.abs(analytic[2] / numeric[2] - 1)).toBeLessThan(0.12);
    expect(Math.hypot(analytic[0], analytic[1])).toBeLessThan(0.2 * Math.abs(analytic[2]));
  });
});

describe('second gradients of render equal central differences of the first', () => {
  const ofFirst = (change: Change, options: RenderOptions<RenderOutput>) => (x: tf.Tensor): tf.Tensor => probe(tf.grad(loss(change, options))(x));

  it.each(named)('in the pose, %s', (_name, options) => {
    const turned: Change = (x) => ({ pose: { ...base.pose!, rotation: x } });
    const moved: Change = (x) => ({ pose: { ...base.pose!, translation: x } });
    expect(checkGradient(ofFirst(turned, options), [1, 4], ROTATION, 3e-3).relativeError).toBeLessThan(2e-2);
    // Flat colours are seen along straight lines as the triangle moves: no second derivative but what rounding leaves.
    const { analytic, numeric } = checkGradient(ofFirst(moved, options), [1, 3], TRANSLATION, 3e-3);
    const tolerance = 2e-2 * Math.max(...numeric.map(Math.abs)) + 1e-6;
    expect(Math.max(...analytic.map((value, i) => Math.abs(value - numeric[i])))).toBeLessThan(tolerance);
  });

  it('in vertices and colours, leaving no tensors behind', () => {
    expect(checkGradient(ofFirst((x) => ({ vertices: x as tf.Tensor2D }), {}), [3, 3], CORNERS, 3e-3).relativeError).toBeLessThan(2e-2);
    const both = (x: tf.Tensor) => loss((y) => ({ vertices: y as tf.Tensor2D, colors: tf.tile(tf.sum(tf.square(y), 1, true), [1, 3]) as tf.Tensor2D }))(x);
    expect(checkGradient((x) => probe(tf.grad(both)(x)), [3, 3], CORNERS, 3e-3).relativeError).toBeLessThan(2e-2);
    const before = tf.memory().numTensors;
    tf.tidy(() => { tf.grad((x) => probe(tf.grad(both)(x)))(tf.tensor2d(CORNERS, [3, 3])); });
    expect(tf.memory().numTensors).toBe(before);
  });
});
