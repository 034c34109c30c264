import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../../testing/gradients';
import { largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { intrinsicsFromMatrix, matrixFromIntrinsics, parametersFromRightHanded, project, ray, rightHanded, unproject } from './perspective';

beforeAll(async () => { await tf.setBackend('cpu'); });

const [FOCAL, CENTRE] = [[100, 90], [32, 24]];
const focal = () => tf.tensor1d(FOCAL);
const centre = () => tf.tensor1d(CENTRE);

describe('the pinhole', () => {
  it('refuses shapes by name', () => {
    expect(() => project(tf.zeros([2, 2]), focal(), centre())).toThrow(/point3d must have exactly 3/);
    expect(() => ray(tf.zeros([2, 2]), tf.zeros([3, 2]), centre())).toThrow(/point2d: \[2\], focal: \[3\]/);
    expect(() => unproject(tf.zeros([2, 2]), tf.zeros([2]), focal(), centre())).toThrow(/depth must have exactly 1/);
  });

  it('comes back through unproject on random batches (seed 1)', () => {
    const random = randomTensors(1);
    for (let trial = 0; trial < 5; trial++) {
      const batch = random.batch();
      const [xy, z] = [random.uniform([...batch, 2]), random.uniform([...batch, 1], 1, 4)];
      const points = tf.concat([xy, z], -1);
      expect(largestDifference(unproject(project(points, focal(), centre()), z, focal(), centre()), points)).toBeLessThan(1e-5);
    }
  });

  it('has the gradients of central differences', () => {
    const weigh = (x: tf.Tensor) => probe(tf.div(x, 100));
    expect(checkGradient((x) => weigh(project(x, focal(), centre())), [3], [0.4, -0.3, 1.5]).relativeError).toBeLessThan(1e-3);
    expect(checkGradient((x) => weigh(project(tf.tensor1d([0.4, -0.3, 1.5]), x, centre())), [2], FOCAL, 1).relativeError).toBeLessThan(1e-3);
    expect(checkGradient((x) => probe(ray(tf.tensor1d([50, 60]), x, centre())), [2], FOCAL, 1).relativeError).toBeLessThan(1e-3);
  });

  it('is finite in the plane of the pinhole and for a focal length of 0, with gradients of 0', () => {
    const through = (point: tf.Tensor) => project(point, focal(), centre());
    for (const point of [[1, 2, 0], [0, 0, 0], [1, -1, -1e-7]]) {
      expect(Math.max(...through(tf.tensor1d(point)).dataSync().map(Math.abs))).toBeLessThan(1e9);
      expect([...tf.abs(tf.grad((x) => tf.sum(through(x)))(tf.tensor1d(point))).dataSync()]).toEqual([0, 0, 0]);
    }
    const toFocal = tf.grad((f) => tf.sum(ray(tf.tensor1d([50, 60]), f, centre())))(tf.zeros([2]));
    expect([...tf.abs(toFocal).dataSync()]).toEqual([0, 0]);
  });
});

describe('camera matrices', () => {
  it('give their parameters back, with gradients (seed 2)', () => {
    const random = randomTensors(2);
    const batch = random.batch();
    const [angle, aspect, near, far] = [[0.5, 1.5], [0.8, 1.5], [0.5, 1], [3, 5]].map(([low, high]) => random.uniform([...batch, 1], low, high));
    const back = parametersFromRightHanded(rightHanded(angle, aspect, near, far));
    [[back.verticalFieldOfView, angle], [back.aspectRatio, aspect], [back.near, near], [back.far, far]]
      .forEach(([actual, expected]) => expect(largestDifference(actual, expected)).toBeLessThan(1e-5));
    const scalar = (x: number) => tf.tensor1d([x]);
    expect(checkGradient((x) => probe(rightHanded(x, scalar(1.5), scalar(1), scalar(4))), [1], [0.9]).relativeError).toBeLessThan(2e-3);
    expect(() => rightHanded(tf.zeros([2, 1]), scalar(1), scalar(1), tf.zeros([3, 1]))).toThrow(/verticalFieldOfView: \[2\].*far: \[3\]/);
  });

  it('take whole numbers for what they are', () => {
    const whole = (values: number[], shape: number[]) => tf.tensor(values, shape, 'int32');
    expect(matrixFromIntrinsics(whole([5, 6], [2]), whole([3, 4], [2]), { skew: whole([1], [1]) }).arraySync()).toEqual([[5, 1, 3], [0, 6, 4], [0, 0, 1]]);
    const projection = whole([2, 0, 0, 0, 0, 3, 0, 0, 0, 0, -2, -3, 0, 0, -1, 0], [4, 4]);
    const { aspectRatio, verticalFieldOfView, far } = parametersFromRightHanded(projection);
    expect([aspectRatio, verticalFieldOfView, far].map((x) => x.dataSync()[0])).toEqual([1.5, 2 * Math.atan(1 / 3), 3].map((x) => expect.closeTo(x, 5) as unknown));
    expect([...project(whole([1, 2, 4], [3]), focal(), centre()).dataSync()]).toEqual([57, 69]);
    const { focal: found, skew } = intrinsicsFromMatrix(whole([5, 1, 3, 0, 6, 4, 0, 0, 1], [3, 3]));
    expect([...found.dataSync(), ...skew.dataSync()]).toEqual([5, 6, 1]);
  });
});
