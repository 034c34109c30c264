import { geometry, tf } from '../../index';
import { constant, nonzero, rotation, rotation2d, uniform, unit } from './arguments';
import type { Argument, Equal, Table } from './entry';
import { PRESET_ANGLES, PRESET_MATRICES, PRESET_QUATERNIONS } from './presets';
import { SINES, SMOOTH } from './reasons';

const { axisAngle, euler, quaternion, rotationMatrix2d, rotationMatrix3d } = geometry.transformation;

/** Tait–Bryan angles away from the gimbal. */
const angles = (): Argument => uniform([3], -1.4, 1.4);
const angle = (): Argument => uniform([1], 0.2, 2.9);
const toMatrix = rotationMatrix3d.fromQuaternion;
/** Quaternions are compared as rotations, since q and −q are one. */
const sameRotation = (a: tf.Tensor, b: tf.Tensor): Equal => [toMatrix(a), toMatrix(b)];
const fromPair = ([axis, turn]: readonly tf.Tensor[]): tf.Tensor => rotationMatrix3d.fromAxisAngle(axis, turn);
const ones = (t: tf.Tensor): tf.Tensor => tf.onesLike(t);
const lengths = (t: tf.Tensor): tf.Tensor => tf.norm(t, 'euclidean', -1);
const isIdentity = (matrix: tf.Tensor): Equal => [matrix, tf.add(tf.zerosLike(matrix), tf.eye(matrix.shape[matrix.rank - 1]))];

const HALF = Math.SQRT1_2;
const HALF_TURNS = {
  identity: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], 'a half turn about x': [[1, 0, 0], [0, -1, 0], [0, 0, -1]],
  'a half turn about y': [[-1, 0, 0], [0, 1, 0], [0, 0, -1]], 'a half turn about z': [[-1, 0, 0], [0, -1, 0], [0, 0, 1]],
  'the 216 turns by multiples of 30° and 45°': PRESET_MATRICES,
  'a half turn about a diagonal': [[0, 1, 0], [1, 0, 0], [0, 0, -1]], 'a third of a turn': [[0, 0, 1], [1, 0, 0], [0, 1, 0]],
};
const GIMBAL = { 'the gimbal, up': [[0, 0, -1], [0, 1, 0], [1, 0, 0]], 'the gimbal, down': [[0, 0, 1], [0, 1, 0], [-1, 0, 0]] };
const TURNS = {
  'the 216 turns by multiples of 30° and 45°': PRESET_QUATERNIONS,
  identity: [0, 0, 0, 1], 'the identity, negated': [0, 0, 0, -1], 'a half turn about x': [1, 0, 0, 0], 'a half turn about y': [0, 1, 0, 0],
  'a half turn about z': [0, 0, 1, 0], 'the gimbal, up': [0, HALF, 0, HALF], 'the gimbal, down': [0, -HALF, 0, HALF],
};
/** Singular points of a function of one argument. */
const at = <V>(name: string, points: Readonly<Record<string, V>>): Record<string, Record<string, V>> =>
  Object.fromEntries(Object.entries(points).map(([title, value]) => [title, { [name]: value }]));

const NO_GRADIENTS = 'it answers yes or no';

export const TRANSFORMATION: Table = {
  'geometry.transformation.axisAngle.fromEuler': {
    args: { angles: angles() }, law: 'is the rotation of the angles',
    holds: ({ angles: a }, pair) => [[fromPair(pair), rotationMatrix3d.fromEuler(a)]],
    singular: { 'no turn': { angles: [0, 0, 0] }, 'a half turn': { angles: [Math.PI, 0, 0] }, 'the 216 turns by multiples of 30° and 45°': { angles: PRESET_ANGLES } },
    steepest: { limit: 1e8, reason: 'the axis of a turn by θ has a slope of 1 / θ, and three half turns round to a turn by 1e-7' },
  },
  'geometry.transformation.axisAngle.fromEulerWithSmallAnglesApproximation': {
    args: { angles: uniform([3], -0.05, 0.05) }, law: 'is nearly the rotation of the angles', tolerance: 1e-3,
    holds: ({ angles: a }, pair) => [[fromPair(pair), rotationMatrix3d.fromEuler(a)]], singular: { 'no turn': { angles: [0, 0, 0] } },
  },
  'geometry.transformation.axisAngle.fromRotationMatrix': {
    args: { rotationMatrix: rotation() }, law: 'is undone by rotationMatrix3d.fromAxisAngle',
    holds: ({ rotationMatrix }, pair) => [[fromPair(pair), rotationMatrix]], singular: at('rotationMatrix', HALF_TURNS),
  },
  'geometry.transformation.axisAngle.fromQuaternion': {
    args: { quaternion: unit(4) }, law: 'is undone by quaternion.fromAxisAngle',
    holds: ({ quaternion: q }, [axis, turn]) => [sameRotation(quaternion.fromAxisAngle(axis, turn), q), [lengths(axis), ones(lengths(axis))]],
    singular: at('quaternion', TURNS),
  },
  'geometry.transformation.axisAngle.inverse': {
    args: { axis: unit(3), angle: angle() }, batch: 'same', noSingular: SMOOTH, law: 'undoes the turn',
    holds: ({ axis, angle: a }, pair) => [isIdentity(tf.matMul(fromPair(pair), rotationMatrix3d.fromAxisAngle(axis, a)))],
  },
  'geometry.transformation.axisAngle.isNormalized': {
    args: { axis: unit(3), angle: angle() }, batch: 'same', law: 'accepts unit axes alone', noGradients: NO_GRADIENTS,
    holds: ({ axis, angle: a }, [yes]) => [[yes, ones(yes)], [axisAngle.isNormalized(tf.mul(axis, 1.01), a), tf.zerosLike(yes)]],
  },
  'geometry.transformation.axisAngle.rotate': {
    args: { point: uniform([3]), axis: unit(3), angle: angle() }, noSingular: SINES, law: 'is what the matrix does',
    holds: ({ point, axis, angle: a }, [moved]) => [[moved, rotationMatrix3d.rotate(point, rotationMatrix3d.fromAxisAngle(axis, a))]],
  },
  'geometry.transformation.euler.fromAxisAngle': {
    args: { axis: unit(3), angle: uniform([1], 0.2, 1.2) }, law: 'is undone by axisAngle.fromEuler',
    holds: ({ axis, angle: a }, [e]) => [[rotationMatrix3d.fromEuler(e), rotationMatrix3d.fromAxisAngle(axis, a)]],
    singular: { 'the gimbal, up': { axis: [0, 1, 0], angle: [Math.PI / 2] }, 'the gimbal, down': { axis: [0, 1, 0], angle: [-Math.PI / 2] }, 'no turn': { axis: [1, 0, 0], angle: [0] } },
  },
  'geometry.transformation.euler.fromQuaternion': {
    args: { quaternions: unit(4) }, law: 'is undone by quaternion.fromEuler',
    holds: ({ quaternions }, [e]) => [sameRotation(quaternion.fromEuler(e), quaternions)], singular: at('quaternions', TURNS),
  },
  'geometry.transformation.euler.fromRotationMatrix': {
    args: { rotationMatrix: rotation() }, law: 'is undone by rotationMatrix3d.fromEuler',
    holds: ({ rotationMatrix }, [e]) => [[rotationMatrix3d.fromEuler(e), rotationMatrix]], singular: at('rotationMatrix', { ...HALF_TURNS, ...GIMBAL }),
  },
  'geometry.transformation.linearBlendSkinning.blend': {
    args: { points: uniform([3]), skinningWeights: uniform(['W'], 0, 1), boneRotations: { ...rotation('W'), single: 'poses' }, boneTranslations: { ...uniform(['W', 3]), single: 'poses' } },
    noSingular: SMOOTH, law: 'moves a point of one bone as that bone moves',
    holds: ({ points, boneRotations, boneTranslations }) => {
      const bones = boneRotations.shape[0];
      const first = tf.oneHot(tf.zeros(points.shape.slice(0, -1) as [number], 'int32'), bones, 1, 0, 'float32');
      const [matrix, shift] = [tf.squeeze(tf.slice(boneRotations, 0, 1), [0]), tf.squeeze(tf.slice(boneTranslations, 0, 1), [0])];
      return [[geometry.transformation.linearBlendSkinning.blend(points, first, boneRotations, boneTranslations), tf.add(rotationMatrix3d.rotate(points, matrix), shift)]];
    },
  },
  'geometry.transformation.lookAt.rightHanded': {
    args: { cameraPosition: uniform([3], 2, 3), lookAt: uniform([3]), upVector: nonzero(3) }, law: 'is a rigid motion that takes the point looked at before the camera, onto −z', tolerance: 1e-3,
    holds: ({ cameraPosition, lookAt }, [view]) => {
      const [r] = tf.split(tf.split(view, [3, 1], -2)[0] as tf.Tensor, [3, 1], -1) as tf.Tensor[];
      const last = (t: tf.Tensor) => tf.broadcastTo(tf.expandDims(tf.concat([t, tf.ones([...t.shape.slice(0, -1), 1])], -1), -1), [...view.shape.slice(0, -1), 1]);
      const distance = tf.broadcastTo(lengths(tf.sub(lookAt, cameraPosition)), view.shape.slice(0, -2));
      const zero = tf.zerosLike(distance);
      return [isIdentity(tf.matMul(r, r, false, true)), [tf.squeeze(tf.matMul(view, last(lookAt)), [-1 + view.rank]), tf.stack([zero, zero, tf.neg(distance), ones(zero)], -1)]];
    },
    singular: {
      'up along the sight': { cameraPosition: [0, 0, 5], lookAt: [0, 0, 0], upVector: [0, 0, 1] },
      'up against the sight, slanted': { cameraPosition: [1, 2, 3], lookAt: [0, 0, 0], upVector: [-1, -2, -3] },
      'up nearly along the sight': { cameraPosition: [0.3, 0.7, 0.1], lookAt: [0.1, 0.2, 0.3], upVector: [0.2, 0.5, -0.2] },
      'no up': { cameraPosition: [0, 0, 5], lookAt: [0, 0, 0], upVector: [0, 0, 0] }, 'no sight': { cameraPosition: [1, 2, 3], lookAt: [1, 2, 3], upVector: [0, 1, 0] },
    },
  },
  'geometry.transformation.quaternion.conjugate': {
    args: { quaternion: unit(4) }, noSingular: SMOOTH, law: 'undoes a unit quaternion', holds: ({ quaternion: q }, [c]) => [isIdentity(toMatrix(quaternion.multiply(c, q)))],
  },
  'geometry.transformation.quaternion.fromAxisAngle': {
    args: { axis: unit(3), angle: angle() }, law: 'is the rotation of the matrix',
    holds: ({ axis, angle: a }, [q]) => [[toMatrix(q), rotationMatrix3d.fromAxisAngle(axis, a)]], singular: { 'no turn': { axis: [1, 0, 0], angle: [0] } },
  },
  'geometry.transformation.quaternion.fromEuler': {
    args: { angles: angles() }, noSingular: SINES, law: 'is undone by euler.fromQuaternion', holds: ({ angles: a }, [q]) => [[euler.fromQuaternion(q), a]],
  },
  'geometry.transformation.quaternion.fromEulerWithSmallAnglesApproximation': {
    args: { angles: uniform([3], -0.05, 0.05) }, law: 'is nearly the rotation of the angles, of unit length', tolerance: 1e-3,
    holds: ({ angles: a }, [q]) => [[q, quaternion.fromEuler(a)], [lengths(q), ones(lengths(q))]], singular: { 'no turn': { angles: [0, 0, 0] } },
  },
  'geometry.transformation.quaternion.fromRotationMatrix': {
    args: { rotationMatrix: rotation() }, law: 'is undone by rotationMatrix3d.fromQuaternion', holds: ({ rotationMatrix }, [q]) => [[toMatrix(q), rotationMatrix]],
    singular: at('rotationMatrix', { ...HALF_TURNS, ...GIMBAL }),
  },
  'geometry.transformation.quaternion.inverse': {
    args: { quaternion: nonzero(4) }, law: 'undoes a quaternion of any length',
    holds: ({ quaternion: q }, [i]) => [[quaternion.multiply(i, q), tf.add(tf.zerosLike(q), tf.tensor1d([0, 0, 0, 1]))]], singular: { zero: { quaternion: [0, 0, 0, 0] } },
  },
  'geometry.transformation.quaternion.isNormalized': {
    args: { quaternion: unit(4) }, law: 'accepts unit quaternions alone', noGradients: NO_GRADIENTS,
    holds: ({ quaternion: q }, [yes]) => [[yes, ones(yes)], [quaternion.isNormalized(tf.mul(q, 1.01)), tf.zerosLike(yes)]],
  },
  'geometry.transformation.quaternion.normalize': {
    args: { quaternion: nonzero(4) }, law: 'has length 1 and the same direction', singular: { zero: { quaternion: [0, 0, 0, 0] } },
    holds: ({ quaternion: q }, [n]) => [[lengths(n), ones(lengths(n))], [tf.sum(tf.mul(q, n), -1), lengths(q)]],
  },
  'geometry.transformation.quaternion.multiply': {
    args: { quaternion1: uniform([4]), quaternion2: uniform([4]) }, noSingular: SMOOTH, law: 'multiplies lengths, and turns by one after the other',
    holds: ({ quaternion1: a, quaternion2: b }, [ab]) => {
      const unitOf = (q: tf.Tensor) => tf.div(q, tf.expandDims(lengths(q), -1));
      return [[lengths(ab), tf.mul(lengths(a), lengths(b))], [toMatrix(unitOf(ab)), tf.matMul(toMatrix(unitOf(a)), toMatrix(unitOf(b)))]];
    },
  },
  'geometry.transformation.quaternion.rotate': {
    args: { point: uniform([3]), quaternion: unit(4) }, noSingular: SMOOTH, law: 'is what the matrix does',
    holds: ({ point, quaternion: q }, [moved]) => [[moved, rotationMatrix3d.rotate(point, toMatrix(q))]],
  },
  'geometry.transformation.quaternion.relativeAngle': {
    args: { quaternion1: unit(4), quaternion2: unit(4) }, law: 'does not depend on order, sign or a common rotation', tolerance: 1e-3,
    holds: ({ quaternion1: a, quaternion2: b }, [turn], random) => {
      const common = random.directions([4]);
      const moved = (q: tf.Tensor) => quaternion.multiply(common, q);
      return [[quaternion.relativeAngle(b, a), turn], [quaternion.relativeAngle(tf.neg(a), b), turn], [quaternion.relativeAngle(moved(a), moved(b)), turn]];
    },
    singular: {
      'equal ones': { quaternion1: [0, 0, HALF, HALF], quaternion2: [0, 0, HALF, HALF] }, 'opposite ones': { quaternion1: [0.5, 0.5, 0.5, 0.5], quaternion2: [-0.5, -0.5, -0.5, -0.5] },
      'half a turn apart': { quaternion1: [0, 0, 0, 1], quaternion2: [1, 0, 0, 0] },
    },
  },
  'geometry.transformation.quaternion.betweenTwoVectors3d': {
    args: { vector1: nonzero(3), vector2: nonzero(3) }, law: 'turns the one direction into the other', tolerance: 1e-3,
    holds: ({ vector1, vector2 }, [q]) => {
      const unitOf = (v: tf.Tensor) => tf.div(v, tf.expandDims(lengths(v), -1));
      const turned = quaternion.rotate(unitOf(vector1), q);
      return [[turned, tf.add(tf.zerosLike(turned), unitOf(vector2))]];
    },
    singular: {
      'equal ones': { vector1: [1, 0, 0], vector2: [1, 0, 0] }, 'opposite along x': { vector1: [1, 0, 0], vector2: [-1, 0, 0] }, 'opposite along y': { vector1: [0, 1, 0], vector2: [0, -1, 0] },
      'opposite along z': { vector1: [0, 0, 2], vector2: [0, 0, -1] }, 'opposite, slanted': { vector1: [1, 2, 3], vector2: [-1, -2, -3] }, 'no direction': { vector1: [0, 0, 0], vector2: [0, 0, 1] },
    },
  },
  'geometry.transformation.quaternion.standardize': {
    args: { quaternion: unit(4) }, law: 'is the same rotation with w not negative',
    holds: ({ quaternion: q }, [s]) => { const w = tf.slice(s, s.shape.map((_, i) => (i < s.rank - 1 ? 0 : 3)), s.shape.map((n, i) => (i < s.rank - 1 ? n : 1))); return [sameRotation(s, q), [tf.abs(w), w]]; },
    singular: { 'a half turn': { quaternion: [1, 0, 0, 0] } },
  },
  'geometry.transformation.rotationMatrix2d.fromEuler': {
    args: { angle: uniform([1], -3, 3) }, noSingular: SINES, law: 'adds angles', holds: ({ angle: a }, [m]) => [[tf.matMul(m, m), rotationMatrix2d.fromEuler(tf.mul(a, 2))]],
  },
  'geometry.transformation.rotationMatrix2d.fromEulerWithSmallAnglesApproximation': {
    args: { angles: uniform([1], -0.05, 0.05) }, noSingular: SMOOTH, law: 'is nearly the rotation', tolerance: 1e-3, holds: ({ angles: a }, [m]) => [[m, rotationMatrix2d.fromEuler(a)]],
  },
  'geometry.transformation.rotationMatrix2d.inverse': { args: { matrix: rotation2d() }, noSingular: SMOOTH, law: 'undoes the rotation', holds: ({ matrix }, [i]) => [isIdentity(tf.matMul(i, matrix))] },
  'geometry.transformation.rotationMatrix2d.isValid': {
    args: { matrix: rotation2d() }, law: 'accepts rotations alone', noGradients: NO_GRADIENTS,
    holds: ({ matrix }, [yes]) => [[yes, ones(yes)], [rotationMatrix2d.isValid(tf.mul(matrix, tf.tensor2d([[1], [-1]]))), tf.zerosLike(yes)]],
  },
  'geometry.transformation.rotationMatrix2d.rotate': {
    args: { point: uniform([2]), matrix: rotation2d() }, noSingular: SMOOTH, law: 'keeps lengths, and is undone by the inverse',
    holds: ({ point, matrix }, [moved]) => { const back = rotationMatrix2d.rotate(moved, rotationMatrix2d.inverse(matrix)); return [[back, tf.add(tf.zerosLike(back), point)]]; },
  },
  'geometry.transformation.rotationMatrix3d.fromAxisAngle': {
    args: { axis: unit(3), angle: angle() }, noSingular: SINES, law: 'is a rotation that leaves its axis where it is',
    holds: ({ axis }, [m]) => { const kept = rotationMatrix3d.rotate(axis, m); return [[kept, tf.add(tf.zerosLike(kept), axis)], isIdentity(tf.matMul(m, m, false, true))]; },
  },
  'geometry.transformation.rotationMatrix3d.fromEuler': { args: { angles: angles() }, noSingular: SINES, law: 'is undone by euler.fromRotationMatrix', holds: ({ angles: a }, [m]) => [[euler.fromRotationMatrix(m), a]] },
  'geometry.transformation.rotationMatrix3d.fromEulerWithSmallAnglesApproximation': {
    args: { angles: uniform([3], -0.03, 0.03) }, noSingular: SMOOTH, law: 'is nearly the rotation', tolerance: 2e-3, holds: ({ angles: a }, [m]) => [[m, rotationMatrix3d.fromEuler(a)]],
  },
  'geometry.transformation.rotationMatrix3d.fromQuaternion': { args: { quaternion: unit(4) }, noSingular: SMOOTH, law: 'is a rotation, undone by quaternion.fromRotationMatrix', holds: ({ quaternion: q }, [m]) => [isIdentity(tf.matMul(m, m, true)), sameRotation(quaternion.fromRotationMatrix(m), q)] },
  'geometry.transformation.rotationMatrix3d.inverse': { args: { matrix: rotation() }, noSingular: SMOOTH, law: 'undoes the rotation', holds: ({ matrix }, [i]) => [isIdentity(tf.matMul(i, matrix))] },
  'geometry.transformation.rotationMatrix3d.isValid': {
    args: { matrix: rotation() }, law: 'accepts rotations alone', noGradients: NO_GRADIENTS, holds: ({ matrix }, [yes]) => [[yes, ones(yes)], [rotationMatrix3d.isValid(tf.neg(matrix)), tf.zerosLike(yes)]],
  },
  'geometry.transformation.rotationMatrix3d.assertRotationMatrixNormalized': { args: { matrix: rotation() }, call: ({ matrix }) => tf.clone(rotationMatrix3d.assertRotationMatrixNormalized(matrix)), noSingular: SMOOTH, law: 'gives the matrix back', holds: ({ matrix }, [same]) => [[same, matrix]] },
  'geometry.transformation.rotationMatrix3d.rotate': {
    args: { point: uniform([3]), matrix: rotation() }, noSingular: SMOOTH, law: 'is undone by the inverse',
    holds: ({ point, matrix }, [moved]) => { const back = rotationMatrix3d.rotate(moved, rotationMatrix3d.inverse(matrix)); return [[back, tf.add(tf.zerosLike(back), point)]]; },
  },
  'geometry.transformation.rotationMatrixCommon.isValid': {
    args: { matrix: constant(rotation(), NO_GRADIENTS) }, law: 'accepts rotations alone', noGradients: NO_GRADIENTS, holds: ({ matrix }, [yes]) => [[yes, ones(yes)], [geometry.transformation.rotationMatrixCommon.isValid(tf.mul(matrix, 1.1)), tf.zerosLike(yes)]],
  },
};
