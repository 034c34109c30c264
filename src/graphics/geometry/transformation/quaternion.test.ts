import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { enableAssertions } from '../../assertions';
import * as tf from '../../tf';
import { axisAngle, quaternion, rotationMatrix3d } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });
afterEach(() => enableAssertions(false));

describe('quaternion', () => {
  it('initialises weights with rotations, and refuses other types and widths', () => {
    const initialize = quaternion.normalizedRandomUniformInitializer({ seed: 1 });
    const weights = initialize([5, 4]);
    expect(weights.shape).toEqual([5, 4]);
    expect(Array.from(quaternion.isNormalized(weights).dataSync())).toEqual([1, 1, 1, 1, 1]);
    expect(() => initialize([5, 3])).toThrow(/shape must have exactly 4 dimensions in axis -1/);
    expect(() => initialize([4], 'int32')).toThrow(/dtype must be float32/);
  });

  it('has an inverse of 0, with a gradient of 0, where there is none', () => {
    const pair = tf.tensor2d([[0, 0, 0, 0], [0, 0, 0, 2]]);
    expect(Array.from(quaternion.inverse(pair).dataSync()).map((x) => x + 0)).toEqual([0, 0, 0, 0, 0, 0, 0, 0.5]);
    const gradient = tf.grad((q) => tf.sum(quaternion.inverse(q)))(pair).dataSync();
    expect(Array.from(gradient).map((x) => x + 0)).toEqual([0, 0, 0, 0, -0.25, -0.25, -0.25, -0.25]);
  });

  it('takes whole numbers without truncating', () => {
    expect(quaternion.fromEuler(tf.tensor1d([1, 0, 0], 'int32')).dataSync()[0]).toBeCloseTo(Math.sin(0.5), 6);
    expect(axisAngle.rotate(tf.tensor1d([0, 1, 0], 'int32'), tf.tensor1d([1, 0, 0], 'int32'), tf.tensor1d([1], 'int32')).dataSync()[1]).toBeCloseTo(Math.cos(1), 6);
  });

  it('broadcasts deep batches', () => {
    const rotated = quaternion.rotate(tf.ones([2, 1, 2, 1, 3]), quaternion.normalizedRandomUniform([1, 3, 1, 2], { seed: 2 }));
    expect(rotated.shape).toEqual([2, 3, 2, 2, 3]);
  });
});

describe('assertions of values', () => {
  const long = tf.tensor1d([0, 0, 0, 1.1]);
  const stretched = tf.mul(tf.eye(3), 1.1);

  it('are off at first', () => {
    expect(rotationMatrix3d.assertRotationMatrixNormalized(stretched)).toBe(stretched);
    expect(() => rotationMatrix3d.fromQuaternion(long)).not.toThrow();
  });

  it('refuse what is not normalised once on, naming it', () => {
    enableAssertions(true);
    expect(() => rotationMatrix3d.assertRotationMatrixNormalized(stretched)).toThrow(/matrix is a rotation must be 1/);
    expect(rotationMatrix3d.assertRotationMatrixNormalized(tf.eye(3), { eps: 1e-2 }).shape).toEqual([3, 3]);
    expect(() => rotationMatrix3d.fromQuaternion(long)).toThrow(/the length of quaternion must be 1/);
    expect(() => axisAngle.fromQuaternion(long)).toThrow(/the length of quaternion/);
    expect(() => quaternion.fromAxisAngle(tf.ones([3]), tf.ones([1]))).toThrow(/the length of axis/);
    expect(() => quaternion.relativeAngle(long, long)).toThrow(/the length of quaternion1/);
  });
});
