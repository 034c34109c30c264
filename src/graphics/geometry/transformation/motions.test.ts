import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../../testing/gradients';
import * as tf from '../../tf';
import { quaternion, rotation9d, rotationMatrix3d, se3, so3 } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

const largest = (t: tf.Tensor): number => tf.max(tf.abs(t)).dataSync()[0];
const finite = (t: tf.Tensor): boolean => t.dataSync().every(Number.isFinite);
const gradientOf = (f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Tensor => tf.grad((t) => probe(f(t)))(x);
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

describe('se3', () => {
  const twists = (angle: number) => tf.tensor2d([[0.6, 0, 0.8], [-0.48, 0.6, 0.64]].map((axis) => [1, -2, 0.5, ...axis.map((x) => x * angle)]));

  it.each([0, 1e-4, 0.03, 0.5, 0.99, 1.01, 2, 3])('log undoes exp at %f rad', (angle) => {
    expect(largest(tf.sub(se3.log(se3.exp(twists(angle))), twists(angle)))).toBeLessThan(2e-5);
  });

  it.each([0, 1e-8, Math.PI - 1e-4, Math.PI])('is finite with its gradients at %f rad', (angle) => {
    for (const f of [se3.exp, (x: tf.Tensor) => se3.log(se3.exp(x))]) expect([finite(f(twists(angle))), finite(gradientOf(f, twists(angle)))]).toEqual([true, true]);
  });

  it('adds along one twist, and takes batches (seed 1)', () => {
    const twist = normal([2, 3, 6], 1);
    const half = se3.exp(tf.div(twist, 2));
    expect(largest(tf.sub(tf.matMul(half, half), se3.exp(twist)))).toBeLessThan(1e-5);
    const { rotation, translation } = se3.toRotationTranslation(half);
    expect(largest(tf.sub(se3.fromRotationTranslation(rotation, translation), half))).toBe(0);
  });

  it('is a screw: its axis points move along the axis alone', () => {
    // A turn about the z axis through (1, 0, 0) has ρ = −φ × p there.
    const motion = se3.exp(tf.tensor1d([0, -1.3, 0, 0, 0, 1.3]));
    expect(largest(tf.sub(tf.matMul(motion, tf.tensor2d([[1], [0], [5], [1]])), tf.tensor2d([[1], [0], [5], [1]])))).toBeLessThan(1e-6);
  });

  it('has the gradients of central differences, and refuses wrong shapes', () => {
    for (const angle of [0.3, 1.7]) {
      const values = Array.from(tf.slice(twists(angle), [0, 0], [1, 6]).dataSync());
      expect(checkGradient((x) => probe(se3.exp(x)), [6], values).relativeError).toBeLessThan(2e-3);
      expect(checkGradient((x) => probe(se3.log(se3.exp(x))), [6], values).relativeError).toBeLessThan(2e-3);
    }
    expect(() => se3.exp(tf.zeros([5]))).toThrow(/twist must have exactly 6/);
    expect(() => se3.fromRotationTranslation(tf.zeros([4, 3, 3]), tf.zeros([5, 3]))).toThrow(/Not all batch dimensions are broadcast-compatible: \[rotation: \[4\], translation: \[5\]\]/);
    expect(() => se3.log(tf.zeros([3, 4]))).toThrow(/matrix must have exactly 4 dimensions in axis -2/);
  });
});

describe('so3.uniformGrid', () => {
  it('leaves no rotation far from it (seed 2), and refuses an empty one', () => {
    const grid = so3.uniformGrid(500);
    const cosines = tf.max(tf.abs(tf.matMul(quaternion.normalizedRandomUniform([200], { seed: 2 }) as tf.Tensor2D, grid, false, true)), 1);
    // 500 balls that fill SO(3) have radii of about 13°; twice that leaves room for the gaps.
    expect(2 * Math.acos(tf.min(cosines).dataSync()[0])).toBeLessThan((30 * Math.PI) / 180);
    expect(() => so3.uniformGrid(0)).toThrow(/count must be/);
  });
});

describe('rotation9d', () => {
  it('gives rotations back, scaled ones too, and a rotation from any numbers (seeds 3, 4)', () => {
    const matrices = rotationMatrix3d.fromQuaternion(quaternion.normalizedRandomUniform([4, 10], { seed: 3 }));
    expect(largest(tf.sub(rotation9d.toRotationMatrix(rotation9d.fromRotationMatrix(matrices)), matrices))).toBeLessThan(2e-6);
    expect(largest(tf.sub(rotation9d.orthogonalize(tf.mul(matrices, 1e-4)), matrices))).toBeLessThan(2e-6);
    const any = rotation9d.toRotationMatrix(normal([50, 9], 4));
    expect(largest(tf.sub(tf.matMul(any, any, true), tf.eye(3)))).toBeLessThan(3e-6);
    expect(Array.from(rotationMatrix3d.isValid(any).dataSync())).toEqual(new Array(50).fill(1));
  });

  it('is the nearest: RᵀM is symmetric, and no small turn is nearer, mirrors included (seeds 5, 6)', () => {
    const matrices = normal([40, 3, 3], 5);
    const nearest = rotation9d.orthogonalize(matrices);
    const stretch = tf.matMul(nearest, matrices, true);
    expect(largest(tf.sub(stretch, tf.transpose(stretch, [0, 2, 1])))).toBeLessThan(1e-5);
    const score = (r: tf.Tensor) => tf.sum(tf.mul(r, matrices), [1, 2]);
    for (const size of [0.01, 1, 3]) {
      const turned = tf.matMul(nearest, so3.exp(tf.mul(normal([40, 3], 6), size)));
      expect(tf.max(tf.sub(score(turned), score(nearest))).dataSync()[0]).toBeLessThan(1e-5);
    }
  });

  it('has the gradients of central differences, of the second order too', () => {
    const values = [1.2, 0.3, -0.4, 0.1, 0.9, 0.5, -0.3, 0.2, 1.4];
    expect(checkGradient((x) => probe(rotation9d.toRotationMatrix(x)), [9], values).relativeError).toBeLessThan(2e-3);
    const mirror = values.map((x, i) => (i < 3 ? -x : x));
    expect(checkGradient((x) => probe(rotation9d.toRotationMatrix(x)), [9], mirror).relativeError).toBeLessThan(1e-2);
    const slope = (x: tf.Tensor) => tf.sum(tf.square(tf.grad((y) => probe(rotation9d.toRotationMatrix(y)))(x)));
    expect(checkGradient(slope, [9], values).relativeError).toBeLessThan(1e-2);
  });

  it.each([
    ['0', [0, 0, 0, 0, 0, 0, 0, 0, 0]], ['rank 1', [1, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['a mirror', [1, 0, 0, 0, 1, 0, 0, 0, -1]], ['the point reflection', [-1, 0, 0, 0, -1, 0, 0, 0, -1]],
  ])('is a rotation, with a finite gradient, at %s', (_name, values) => {
    const x = tf.tensor1d(values);
    expect(rotationMatrix3d.isValid(rotation9d.toRotationMatrix(x)).dataSync()[0]).toBe(1);
    expect(finite(gradientOf(rotation9d.toRotationMatrix, x))).toBe(true);
  });

  it('leaves no tensors behind, and refuses wrong shapes', () => {
    const x = normal([3, 9], 7);
    const before = tf.memory().numTensors;
    rotation9d.toRotationMatrix(x).dispose();
    tf.grad((t) => tf.sum(rotation9d.toRotationMatrix(t)))(x).dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(() => rotation9d.toRotationMatrix(tf.zeros([6]))).toThrow(/rotation9d must have exactly 9/);
    expect(() => rotation9d.orthogonalize(tf.zeros([2, 3]))).toThrow(/matrix must have exactly 3 dimensions in axis -2/);
  });
});
