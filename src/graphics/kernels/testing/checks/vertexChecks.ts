import * as tf from '../../../tf';
import { BROADCAST_MAT_MUL } from '../../broadcastMatMul/broadcastMatMul';
import { LAMBERT } from '../../lambert/names';
import { POSE_MATRIX, POSE_MATRIX_GRAD_ROTATION, POSE_MATRIX_GRAD_TRANSLATION, QUATERNION_MATRIX, QUATERNION_MATRIX_GRAD } from '../../poseMatrix/names';
import { TRANSFORM_VERTICES } from '../../transformVertices/names';
import { randomValues } from '../views';
import { real, type KernelCheck, type KernelChecks } from './kernelCheck';

const AFTER = { after: Array.from(randomValues(16, 5)) };
const ZERO_QUATERNION = () => tf.tensor2d([[0, 0, 0, 0], [0, 0, 0, 1e-30]]);

/** One matrix [3, 4] times each of two [4, 5]. */
const product = (transposeA: boolean, transposeB: boolean): KernelCheck => {
  const shapes = { a: transposeA ? [1, 4, 3] : [1, 3, 4], b: transposeB ? [2, 5, 4] : [2, 4, 5] };
  return {
    inputs: () => ({ a: real(shapes.a, 1), b: real(shapes.b, 2) }),
    attrs: { transposeA, transposeB },
    differentiable: ['a', 'b'],
    degenerate: { 'matrices without rank': () => ({ a: tf.zeros(shapes.a), b: tf.zeros(shapes.b) }) },
  };
};

/** Poses, vertices and their light. */
export const VERTEX_CHECKS: KernelChecks = {
  [LAMBERT]: {
    inputs: () => ({ albedo: real([1, 5, 3], 1), normals: real([1, 5, 3], 2), towards: real([2, 3, 3], 3), colors: real([1, 3, 3], 4), ambient: real([2, 3], 5) }),
    differentiable: ['albedo', 'normals', 'towards', 'colors', 'ambient'],
    degenerate: {
      'zero normals': () => ({ normals: tf.zeros([1, 5, 3]) }),
      'a light at the surface, which has no direction': () => ({ towards: tf.zeros([2, 3, 3]) }),
      'light along the surface': () => ({ normals: tf.tile(tf.tensor3d([[[0, 0, 1]]]), [1, 5, 1]), towards: tf.tile(tf.tensor3d([[[1, 0, 0]]]), [2, 3, 1]) }),
      'no lights': () => ({ towards: tf.zeros([2, 1, 3]), colors: tf.zeros([1, 1, 3]) }),
    },
  },
  [`${LAMBERT}#one albedo for all vertices, one pose`]: {
    inputs: () => ({ albedo: real([1, 1, 3], 1), normals: real([1, 5, 3], 2), towards: real([1, 3, 3], 3), colors: real([1, 3, 3], 4), ambient: real([1, 3], 5) }),
    differentiable: ['albedo', 'normals', 'towards', 'colors', 'ambient'],
    degenerate: { 'zero normals': () => ({ normals: tf.zeros([1, 5, 3]) }) },
  },
  [QUATERNION_MATRIX]: {
    inputs: () => ({ quaternions: real([3, 4], 1) }),
    differentiable: ['quaternions'],
    degenerate: { 'quaternions without length': () => ({ quaternions: ZERO_QUATERNION() }) },
  },
  [QUATERNION_MATRIX_GRAD]: {
    inputs: () => ({ dy: real([3, 3, 3], 1), quaternions: real([3, 4], 2) }),
    differentiable: ['dy', 'quaternions'],
    degenerate: { 'quaternions without length': () => ({ dy: real([2, 3, 3], 1), quaternions: ZERO_QUATERNION() }) },
  },
  [POSE_MATRIX]: {
    inputs: () => ({ rotation: real([2, 3, 3], 1), translation: real([2, 3], 2) }),
    attrs: AFTER,
    differentiable: ['rotation', 'translation'],
    degenerate: { 'nothing of a pose': () => ({ rotation: tf.zeros([2, 3, 3]), translation: tf.zeros([2, 3]) }) },
  },
  [POSE_MATRIX_GRAD_ROTATION]: {
    inputs: () => ({ dy: real([2, 4, 4], 1) }),
    attrs: AFTER,
    differentiable: ['dy'],
    degenerate: { 'no gradient': () => ({ dy: tf.zeros([2, 4, 4]) }) },
  },
  [POSE_MATRIX_GRAD_TRANSLATION]: {
    inputs: () => ({ dy: real([2, 4, 4], 1) }),
    attrs: AFTER,
    differentiable: ['dy'],
    degenerate: { 'no gradient': () => ({ dy: tf.zeros([2, 4, 4]) }) },
  },
  [TRANSFORM_VERTICES]: {
    inputs: () => ({ vertices: real([1, 5, 3], 1), matrices: real([2, 4, 4], 2) }),
    differentiable: ['vertices', 'matrices'],
    degenerate: {
      'vertices at w = 0': () => ({ vertices: tf.tensor3d([[[1, 2, 3, 0], [0, 0, 0, 0]]]) }),
      'matrices without rank': () => ({ matrices: tf.zeros([2, 4, 4]) }),
    },
  },
  [`${TRANSFORM_VERTICES}#homogeneous vertices in three poses`]: {
    inputs: () => ({ vertices: real([3, 5, 4], 1), matrices: real([3, 4, 4], 2) }),
    differentiable: ['vertices', 'matrices'],
    degenerate: { 'vertices at w = 0': () => ({ vertices: tf.zeros([3, 5, 4]) }) },
  },
  [`${TRANSFORM_VERTICES}#vertices of two poses under one matrix`]: {
    inputs: () => ({ vertices: real([2, 5, 3], 1), matrices: real([1, 4, 4], 2) }),
    differentiable: ['vertices', 'matrices'],
    degenerate: { 'matrices without rank': () => ({ matrices: tf.zeros([1, 4, 4]) }) },
  },
  [BROADCAST_MAT_MUL]: product(false, false),
  [`${BROADCAST_MAT_MUL}#transposed a`]: product(true, false),
  [`${BROADCAST_MAT_MUL}#transposed b`]: product(false, true),
  [`${BROADCAST_MAT_MUL}#both transposed`]: product(true, true),
};
