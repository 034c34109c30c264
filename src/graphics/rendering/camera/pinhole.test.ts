import { beforeAll, describe, expect, it } from 'vitest';
import type { Camera } from '../../../scene/camera';
import { createRandom } from '../../../scene/random';
import { checkGradient, probe } from '../../testing/gradients';
import * as tf from '../../tf';
import { project, rightHanded } from './perspective';
import { cameraFromProjection, intrinsicsFromProjection, projectionFromIntrinsics, projectionMatrix, resizeCameraTensors } from './pinhole';

const CAMERA: Camera = { height: 480, width: 640, fx: 611.5, fy: 598.2, cx: 322.7, cy: 236.1, near: 0.05, far: 12 };

beforeAll(async () => { await tf.setBackend('cpu'); });

/** Where an OpenGL-frame point falls in pixels under a projection matrix, row 0 at the top. */
function toPixel(matrix: ArrayLike<number>, [x, y, z]: readonly number[], { height, width }: Camera): [number, number, number] {
  const row = (r: number) => matrix[4 * r] * x + matrix[4 * r + 1] * y + matrix[4 * r + 2] * z + matrix[4 * r + 3];
  return [((row(0) / row(3) + 1) * width) / 2, ((1 - row(1) / row(3)) * height) / 2, row(2) / row(3)];
}

describe('pinhole intrinsics and OpenGL projection', () => {
  it('see every point in the same pixel', () => {
    const random = createRandom(2);
    const matrix = projectionMatrix(CAMERA);
    const points = Array.from({ length: 50 }, () => [random.normal(), random.normal(), -1 - 5 * random.uniform()]);
    // The pinhole's frame is OpenGL's turned by diag(1, −1, −1).
    const turned = tf.tensor2d(points.map(([x, y, z]) => [x, -y, -z]));
    const pixels = project(turned, tf.tensor1d([CAMERA.fx, CAMERA.fy]), tf.tensor1d([CAMERA.cx, CAMERA.cy])).dataSync();
    points.forEach((point, i) => {
      const [u, v] = toPixel(matrix, point, CAMERA);
      expect(u).toBeCloseTo((CAMERA.fx * point[0]) / -point[2] + CAMERA.cx, 9);
      expect(v).toBeCloseTo((CAMERA.fy * point[1]) / point[2] + CAMERA.cy, 9);
      expect(Math.abs(u - pixels[2 * i]) + Math.abs(v - pixels[2 * i + 1])).toBeLessThan(1e-3);
    });
  });

  it('place the clip planes at NDC −1 and 1', () => {
    const matrix = projectionMatrix(CAMERA);
    expect(toPixel(matrix, [0, 0, -CAMERA.near], CAMERA)[2]).toBeCloseTo(-1, 9);
    expect(toPixel(matrix, [0, 0, -CAMERA.far], CAMERA)[2]).toBeCloseTo(1, 9);
  });

  it('convert back exactly', () => {
    const back = cameraFromProjection(projectionMatrix(CAMERA), CAMERA);
    for (const [name, value] of Object.entries(CAMERA)) expect(back[name as keyof Camera]).toBeCloseTo(value, 9);
    const { fx, fy, cx, cy } = CAMERA;
    const intrinsics = tf.tensor2d([[fx, fy, cx, cy], [500, 510, 300, 250]]);
    const projection = projectionFromIntrinsics(intrinsics, CAMERA);
    expect(projection.shape).toEqual([2, 4, 4]);
    projectionMatrix(CAMERA).forEach((value, i) => expect(projection.dataSync()[i]).toBeCloseTo(value, 5));
    intrinsicsFromProjection(projection, CAMERA).dataSync().forEach((value, i) => expect(value).toBeCloseTo(intrinsics.dataSync()[i], 3));
  });

  it('agree with a centred field of view', () => {
    const [height, width, fov] = [480, 640, 0.7];
    const focal = height / 2 / Math.tan(fov / 2);
    const camera = { height, width, fx: focal, fy: focal, cx: width / 2, cy: height / 2, near: 0.1, far: 9 };
    const theirs = rightHanded(tf.tensor1d([fov]), tf.tensor1d([width / height]), tf.tensor1d([0.1]), tf.tensor1d([9])).dataSync();
    projectionMatrix(camera).forEach((value, i) => expect(theirs[i]).toBeCloseTo(value, 5));
  });

  it('have gradients, and resize as the record does', () => {
    const { fx, fy, cx, cy, ...view } = CAMERA;
    expect(checkGradient((x) => probe(projectionFromIntrinsics(x, view)), [4], [fx, fy, cx, cy], 1).relativeError).toBeLessThan(1e-3);
    const half = resizeCameraTensors({ ...view, intrinsics: tf.tensor1d([fx, fy, cx, cy]) }, { height: 120, width: 320 });
    expect(Array.from(half.intrinsics.dataSync())).toEqual([fx / 2, fy / 4, cx / 2, cy / 4].map(Math.fround));
    expect(() => projectionFromIntrinsics(tf.zeros([3]), view)).toThrow(/intrinsics must have exactly 4/);
  });
});
