import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../../testing/gradients';
import * as tf from '../../tf';
import { axisAngle, lookAt, quaternion, rotation6d, rotationMatrix3d, so3 } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

const largest = (t: tf.Tensor): number => tf.max(tf.abs(t)).dataSync()[0];
const gradientOf = (f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): number[] => Array.from(tf.grad((t) => probe(f(t)))(x).dataSync());
const randomQuaternions = (n: number, seed: number) => quaternion.normalizedRandomUniform([n], { seed });

/** Products of {0, π, π/2, π/3, π/4, π/6} for three Euler angles: 216 rotations, with every half turn among them. */
const PRESETS = (() => {
  const angles = [0, Math.PI, Math.PI / 2, Math.PI / 3, Math.PI / 4, Math.PI / 6];
  return angles.flatMap((x) => angles.flatMap((y) => angles.map((z) => [x, y, z])));
})();

describe('rotations', () => {
  it('agree between quaternion, matrix, axis and angle, and Euler angles (seed 1)', () => {
    const q = randomQuaternions(50, 1);
    const points = tf.randomNormal([50, 3], 0, 1, 'float32', 3);
    const matrix = rotationMatrix3d.fromQuaternion(q);
    const { axis, angle } = axisAngle.fromQuaternion(q);
    const rotated = quaternion.rotate(points, q);
    expect(largest(tf.sub(rotated, rotationMatrix3d.rotate(points, matrix)))).toBeLessThan(2e-6);
    expect(largest(tf.sub(rotated, axisAngle.rotate(points, axis, angle)))).toBeLessThan(3e-6);
    expect(largest(tf.sub(matrix, rotationMatrix3d.fromAxisAngle(axis, angle)))).toBeLessThan(2e-6);
    expect(largest(tf.sub(points, quaternion.rotate(rotated, quaternion.inverse(q))))).toBeLessThan(3e-6);
    expect(Array.from(rotationMatrix3d.isValid(matrix).dataSync())).toEqual(new Array(50).fill(1));
  });

  it('multiply as their matrices do (seeds 2, 3)', () => {
    const [a, b] = [randomQuaternions(20, 2), randomQuaternions(20, 3)];
    const product = rotationMatrix3d.fromQuaternion(quaternion.multiply(a, b));
    expect(largest(tf.sub(product, tf.matMul(rotationMatrix3d.fromQuaternion(a), rotationMatrix3d.fromQuaternion(b))))).toBeLessThan(2e-6);
  });

  it('come back from matrices, with finite gradients, for all 216 presets', () => {
    const matrices = rotationMatrix3d.fromEuler(tf.tensor2d(PRESETS));
    const back = rotationMatrix3d.fromQuaternion(quaternion.fromRotationMatrix(matrices));
    expect(largest(tf.sub(matrices, back))).toBeLessThan(2e-6);
    expect(gradientOf(quaternion.fromRotationMatrix, matrices).every(Number.isFinite)).toBe(true);
  });

  it('measure the angle between equal orientations as 0, with a finite gradient', () => {
    const q = randomQuaternions(10, 4);
    expect(largest(quaternion.relativeAngle(q, q))).toBeLessThan(1e-6);
    expect(gradientOf((x) => quaternion.relativeAngle(x, q), q).every(Number.isFinite)).toBe(true);
    const turned = quaternion.multiply(q, quaternion.fromAxisAngle(tf.tensor1d([0, 0, 1]), tf.tensor1d([0.3])));
    quaternion.relativeAngle(q, tf.neg(turned)).dataSync().forEach((angle) => expect(angle).toBeCloseTo(0.3, 5));
  });

  it('have the gradients of central differences', () => {
    const vector = [0.4, -0.8, 0.5];
    expect(checkGradient((x) => probe(so3.exp(x)), [3], vector, 1e-2).relativeError).toBeLessThan(1e-3);
    expect(checkGradient((x) => probe(so3.log(so3.exp(x))), [3], vector, 1e-2).relativeError).toBeLessThan(1e-3);
    expect(checkGradient((x) => probe(so3.expQuaternion(x)), [3], vector, 1e-2).relativeError).toBeLessThan(1e-3);
    expect(checkGradient((x) => probe(rotation6d.toRotationMatrix(x)), [6], [1.2, 0.3, -0.4, 0.1, 0.9, 0.5], 1e-2).relativeError).toBeLessThan(2e-3);
  });
});

describe('so3', () => {
  const at = (angle: number) => tf.tensor2d([[0.6, 0, 0.8], [-0.48, 0.6, 0.64], [0, 1, 0]].map((axis) => axis.map((x) => x * angle)));

  it.each([0, 1e-8, 1e-4, 0.03, 0.5, 2, 3, Math.PI - 1e-3])('log undoes exp at %f rad, as matrix and as quaternion', (angle) => {
    const vectors = at(angle);
    // Near a half turn float32 entries leave the angle itself uncertain by their square root.
    const tolerance = angle > 3.1 ? 2e-3 : 3e-6;
    expect(largest(tf.sub(so3.log(so3.exp(vectors)), vectors))).toBeLessThan(tolerance);
    expect(largest(tf.sub(so3.logQuaternion(so3.expQuaternion(vectors)), vectors))).toBeLessThan(tolerance);
    expect(largest(tf.sub(so3.exp(vectors), rotationMatrix3d.fromQuaternion(so3.expQuaternion(vectors))))).toBeLessThan(2e-6);
  });

  it.each([0, 1e-8, Math.PI - 1e-4, Math.PI, 2 * Math.PI])('is finite with its gradients at %f rad', (angle) => {
    const vectors = at(angle);
    for (const f of [so3.exp, so3.expQuaternion, (x: tf.Tensor) => so3.log(so3.exp(x)), (x: tf.Tensor) => so3.logQuaternion(so3.expQuaternion(x))]) {
      expect([...f(vectors).dataSync(), ...gradientOf(f, vectors)].every(Number.isFinite)).toBe(true);
    }
  });

  it('gives a half turn the angle π about either end of its axis', () => {
    const half = so3.log(so3.exp(at(Math.PI)));
    tf.norm(half, 'euclidean', 1).dataSync().forEach((angle) => expect(angle).toBeCloseTo(Math.PI, 4));
  });

  it('is the identity to first order at 0', () => {
    const gradient = gradientOf((x) => so3.exp(x), tf.zeros([3]));
    // d/dv of [v]× against the weights of the nine entries.
    const w = (i: number) => Math.sin(0.7 * (i + 1));
    [w(7) - w(5), w(2) - w(6), w(3) - w(1)].forEach((expected, i) => expect(gradient[i]).toBeCloseTo(expected, 5));
  });
});

describe('rotation6d and lookAt', () => {
  it('6D gives back any rotation, and a rotation from any numbers', () => {
    const matrices = rotationMatrix3d.fromQuaternion(randomQuaternions(20, 5));
    expect(largest(tf.sub(rotation6d.toRotationMatrix(rotation6d.fromRotationMatrix(matrices)), matrices))).toBeLessThan(2e-6);
    const any = rotation6d.toRotationMatrix(tf.randomNormal([20, 6], 0, 1, 'float32', 6));
    expect(Array.from(rotationMatrix3d.isValid(any).dataSync())).toEqual(new Array(20).fill(1));
    expect(gradientOf(rotation6d.toRotationMatrix, tf.zeros([1, 6])).every(Number.isFinite)).toBe(true);
  });

  it('lookAt puts the point looked at straight ahead', () => {
    const view = lookAt.rightHanded(tf.tensor2d([[2, 3, 6]]), tf.tensor2d([[0.5, -1, 1]]), tf.tensor2d([[0, 2, 0]]));
    const eye = tf.matMul(tf.reshape(view, [4, 4]), tf.tensor2d([[0.5], [-1], [1], [1]])).dataSync();
    [0, 0, -Math.hypot(1.5, 4, 5), 1].forEach((expected, i) => expect(eye[i]).toBeCloseTo(expected, 5));
  });

  it('name the argument whose shape is wrong', () => {
    expect(() => quaternion.multiply(tf.zeros([3]), tf.zeros([4]))).toThrow(/quaternion1 must have exactly 4 dimensions in axis -1/);
    expect(() => quaternion.fromRotationMatrix(tf.zeros([3, 4]))).toThrow(/rotationMatrix must have exactly 3 dimensions in axis -1/);
    expect(() => so3.exp(tf.zeros([2]))).toThrow(/vector must have exactly 3/);
    expect(() => rotation6d.toRotationMatrix(tf.zeros([5]))).toThrow(/rotation6d must have exactly 6/);
    expect(() => rotationMatrix3d.rotate(tf.zeros([2]), tf.zeros([3, 3]))).toThrow(/point must have exactly 3/);
  });
});
