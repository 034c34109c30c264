import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../../testing/gradients';
import * as tf from '../../tf';
import { dualQuaternion, euler, linearBlendSkinning, quaternion, rotationMatrix2d, rotationMatrix3d, rotationMatrixCommon } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

const largest = (t: tf.Tensor): number => tf.max(tf.abs(t)).dataSync()[0];
const finite = (t: tf.Tensor): boolean => t.dataSync().every(Number.isFinite);
const gradientOf = (f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Tensor => tf.grad((t) => probe(f(t)))(x);
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

describe('rotationMatrix2d', () => {
  it('turns counter-clockwise, back again, and composes by adding angles (seeds 1, 2)', () => {
    expect(Array.from(rotationMatrix2d.rotate(tf.tensor1d([1, 0]), rotationMatrix2d.fromEuler(tf.tensor1d([Math.PI / 2]))).dataSync())[1]).toBeCloseTo(1, 6);
    const [angle, point] = [normal([3, 2, 1], 1), normal([2, 2], 2)];
    const matrix = rotationMatrix2d.fromEuler(angle);
    expect(largest(tf.sub(rotationMatrix2d.rotate(rotationMatrix2d.rotate(point, matrix), rotationMatrix2d.inverse(matrix)), point))).toBeLessThan(2e-6);
    expect(largest(tf.sub(tf.matMul(matrix, matrix), rotationMatrix2d.fromEuler(tf.mul(angle, 2))))).toBeLessThan(2e-6);
    expect(Array.from(rotationMatrix2d.isValid(matrix).dataSync())).toEqual(new Array(6).fill(1));
  });

  it('has the gradients of central differences, and refuses wrong shapes', () => {
    expect(checkGradient((x) => probe(rotationMatrix2d.fromEuler(x)), [2, 1], [0.3, -1.2]).relativeError).toBeLessThan(1e-3);
    expect(checkGradient((x) => probe(rotationMatrix2d.fromEulerWithSmallAnglesApproximation(x)), [2, 1], [0.3, -0.2]).relativeError).toBeLessThan(1e-3);
    expect(() => rotationMatrix2d.fromEuler(tf.zeros([2]))).toThrow(/angle must have exactly 1 dimensions in axis -1/);
    expect(() => rotationMatrix2d.rotate(tf.zeros([2]), tf.zeros([3, 2]))).toThrow(/matrix must have exactly 2 dimensions in axis -2/);
    expect(() => rotationMatrix2d.rotate(tf.zeros([3, 2]), tf.zeros([2, 2, 2]))).toThrow(/batch dimensions.*point: \[3\], matrix: \[2\]/);
  });

  it('takes whole numbers as angles', () => {
    expect(rotationMatrix2d.fromEuler(tf.tensor1d([1], 'int32')).dataSync()[0]).toBeCloseTo(Math.cos(1), 6);
  });
});

describe('rotationMatrixCommon', () => {
  it('tells rotations of any size from mirrors and stretches', () => {
    const four = [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]];
    expect(rotationMatrixCommon.isValid(tf.tensor2d(four)).dataSync()[0]).toBe(1);
    expect(rotationMatrixCommon.isValid(tf.tensor2d([four[1], four[0], four[2], four[3]])).dataSync()[0]).toBe(0);
    expect(rotationMatrixCommon.isValid(tf.mul(tf.eye(3), 1.01)).dataSync()[0]).toBe(0);
    expect(rotationMatrixCommon.isValid(tf.mul(tf.eye(3), 1.01), { atol: 0.1 }).shape).toEqual([1]);
    expect(() => rotationMatrixCommon.isValid(tf.zeros([2, 3]))).toThrow(/matrix must have exactly 2 dimensions in axis -1/);
  });
});

describe('euler', () => {
  it('angles come back from quaternions and matrices in random batches (seed 3)', () => {
    const angles = tf.mul(tf.randomUniform([4, 3, 3], -1, 1, 'float32', 3), tf.tensor1d([3, 1.5, 3]));
    expect(largest(tf.sub(euler.fromQuaternion(quaternion.fromEuler(angles)), angles))).toBeLessThan(2e-5);
    expect(largest(tf.sub(euler.fromRotationMatrix(rotationMatrix3d.fromEuler(angles)), angles))).toBeLessThan(2e-5);
    const aboutY = tf.mul(angles, tf.tensor1d([0, 1, 0]));
    const back = rotationMatrix3d.fromEuler(euler.inverse(aboutY));
    expect(largest(tf.sub(tf.matMul(rotationMatrix3d.fromEuler(aboutY), back), tf.eye(3)))).toBeLessThan(5e-6);
  });

  it('is finite with its gradient in gimbal lock, and gives the same rotation', () => {
    const locked = tf.tensor2d([[0.4, Math.PI / 2, 1.1], [0.4, -Math.PI / 2, 1.1], [0, Math.PI / 2, 0]]);
    const matrix = rotationMatrix3d.fromEuler(locked);
    const angles = euler.fromRotationMatrix(matrix);
    expect(largest(tf.slice(angles, [0, 2], [3, 1]))).toBe(0);
    expect(largest(tf.sub(rotationMatrix3d.fromEuler(angles), matrix))).toBeLessThan(2e-3);
    expect(finite(gradientOf(euler.fromRotationMatrix, matrix))).toBe(true);
    expect(finite(gradientOf(euler.fromQuaternion, quaternion.fromEuler(locked)))).toBe(true);
    expect(finite(gradientOf((x) => euler.fromAxisAngle(x, tf.tensor1d([0])), tf.tensor1d([1, 0, 0])))).toBe(true);
  });

  it('has the gradients of central differences, and refuses wrong shapes', () => {
    const q = quaternion.fromEuler(tf.tensor1d([0.3, -0.7, 1.1]));
    expect(checkGradient((x) => probe(euler.fromQuaternion(x)), [4], Array.from(q.dataSync())).relativeError).toBeLessThan(1e-2);
    expect(checkGradient((x) => probe(euler.inverse(x)), [3], [0.3, -0.7, 1.1]).relativeError).toBeLessThan(2e-3);
    expect(() => euler.fromQuaternion(tf.zeros([3]))).toThrow(/quaternions must have exactly 4/);
    expect(() => euler.fromRotationMatrix(tf.zeros([3, 2]))).toThrow(/rotationMatrix must have exactly 3/);
  });
});

describe('dualQuaternion', () => {
  const random = (shape: number[], seed: number) =>
    dualQuaternion.fromRotationTranslation(quaternion.normalizedRandomUniform(shape, { seed }), normal([...shape, 3], seed + 1));

  it('moves points as its rotation and translation do (seeds 4 to 6)', () => {
    const motion = random([2, 5], 4);
    const { rotation, translation } = dualQuaternion.toRotationTranslation(motion);
    const points = normal([5, 3], 6);
    const sandwich = dualQuaternion.multiply(
      dualQuaternion.multiply(motion, dualQuaternion.pointToDualQuaternion(points)), dualQuaternion.conjugateDual(dualQuaternion.conjugate(motion)));
    const moved = tf.slice(sandwich, [0, 0, 4], [2, 5, 3]);
    expect(largest(tf.sub(moved, tf.add(quaternion.rotate(points, rotation), translation)))).toBeLessThan(5e-6);
    expect(Array.from(dualQuaternion.isNormalized(motion).dataSync())).toEqual(new Array(10).fill(1));
  });

  it('puts w last for points too', () => {
    expect(Array.from(dualQuaternion.pointToDualQuaternion(tf.tensor1d([1, 2, 3])).dataSync())).toEqual([0, 0, 0, 1, 1, 2, 3, 0]);
  });

  it('is undone by its inverse, of unit length or not (seeds 7, 8)', () => {
    const any = normal([6, 8], 7);
    const identity = tf.tensor1d([0, 0, 0, 1, 0, 0, 0, 0]);
    expect(largest(tf.sub(dualQuaternion.multiply(any, dualQuaternion.inverse(any)), identity))).toBeLessThan(2e-5);
    const unit = random([6], 8);
    expect(largest(tf.sub(dualQuaternion.inverse(unit), dualQuaternion.conjugate(unit)))).toBeLessThan(5e-6);
  });

  it('has the gradients of central differences, finite at 0, and refuses wrong shapes', () => {
    const values = [0.4, -0.3, 0.5, 0.7, 0.2, 0.9, -0.4, 0.1];
    for (const f of [dualQuaternion.norm, dualQuaternion.inverse, dualQuaternion.conjugateDual]) {
      expect(checkGradient((x) => probe(f(x)), [8], values, 3e-3).relativeError).toBeLessThan(3e-3);
    }
    expect(finite(gradientOf(dualQuaternion.norm, tf.zeros([2, 8])))).toBe(true);
    expect(() => dualQuaternion.norm(tf.zeros([7]))).toThrow(/dualQuaternion must have exactly 8/);
    expect(() => dualQuaternion.multiply(tf.zeros([3, 8]), tf.zeros([2, 8]))).toThrow(/dualQuaternion1: \[3\], dualQuaternion2: \[2\]/);
  });
});

describe('linearBlendSkinning', () => {
  const bones = (batch: number[], seed: number): [tf.Tensor, tf.Tensor] =>
    [rotationMatrix3d.fromQuaternion(quaternion.normalizedRandomUniform([...batch, 4], { seed })), normal([...batch, 4, 3], seed)];

  it('moves every point by every pose, as sums over bones do (seeds 9 to 11)', () => {
    const [rotations, translations] = bones([2, 1], 9);
    const [points, weights] = [normal([5, 3], 10), tf.softmax(normal([3, 5, 4], 11))];
    const moved = linearBlendSkinning.blend(points, weights, rotations, translations);
    expect(moved.shape).toEqual([2, 1, 3, 5, 3]);
    const perBone = tf.add(rotationMatrix3d.rotate(tf.reshape(points, [1, 1, 5, 1, 3]), tf.reshape(rotations, [2, 1, 1, 4, 3, 3])), tf.reshape(translations, [2, 1, 1, 4, 3]));
    const expected = tf.sum(tf.mul(perBone, tf.expandDims(weights, -1)), 3);
    expect(largest(tf.sub(tf.reshape(moved, [2, 3, 5, 3]), expected))).toBeLessThan(3e-6);
  });

  it('has the gradients of central differences, and refuses wrong shapes', () => {
    const [rotations, translations] = bones([], 12);
    const weights = tf.tensor2d([[0.1, 0.2, 0.3, 0.4]]);
    expect(checkGradient((x) => probe(linearBlendSkinning.blend(x, weights, rotations, translations)), [1, 3], [0.3, 1, -2]).relativeError).toBeLessThan(2e-3);
    expect(() => linearBlendSkinning.blend(tf.zeros([3]), tf.zeros([5]), rotations, translations)).toThrow(/boneTranslations must have exactly 5/);
    expect(() => linearBlendSkinning.blend(tf.zeros([2]), tf.zeros([4]), rotations, translations)).toThrow(/points must have exactly 3/);
  });
});
