import { geometry, tf } from '../../index';
import { nonzero, rotation, uniform, unit } from './arguments';
import type { Argument, Equal, Exempt, Table } from './entry';
import { PRESET_MATRICES, PRESET_QUATERNIONS } from './presets';
import { SINES, SMOOTH } from './reasons';

// The transformations beyond rotations in three or four numbers.

const { dualQuaternion, quaternion, rotation6d, rotation9d, rotationMatrix3d, se3, so3 } = geometry.transformation;

const isIdentity = (matrix: tf.Tensor): Equal => [matrix, tf.add(tf.zerosLike(matrix), tf.eye(matrix.shape[matrix.rank - 1]))];
const flatten = (m: tf.Tensor): tf.Tensor => tf.reshape(m, [...m.shape.slice(0, -2), 9]);
const orthonormal = (m: tf.Tensor): Equal => isIdentity(tf.matMul(m, m, true));

/** Unit dual quaternions: a rotation and a translation, made apart from the code under test. */
const rigid = (): Argument => ({
  axes: [8],
  make: (random, shape) => tf.tidy(() => {
    const batch = shape.slice(0, -1);
    const turn = random.directions([...batch, 4]);
    const across = random.uniform([...batch, 4]);
    // Any dual part at right angles to the real one.
    return tf.concat([turn, tf.sub(across, tf.mul(turn, tf.sum(tf.mul(turn, across), -1, true)))], -1);
  }),
});
/** Eight numbers whose first four are not short. */
const anyDual = (): Argument => ({ axes: [8], make: (random, shape) => tf.concat([nonzero(4).make(random, [...shape.slice(0, -1), 4], [4]), random.uniform([...shape.slice(0, -1), 4])], -1) });
/** 4 × 4 matrices of a rotation and a translation. */
const motion = (): Argument => ({
  axes: [4, 4],
  make: (random, shape) => tf.tidy(() => {
    const batch = shape.slice(0, -2);
    const upper = tf.concat([rotation().make(random, [...batch, 3, 3], [3, 3]), random.uniform([...batch, 3, 1])], -1);
    return tf.concat([upper, tf.broadcastTo(tf.tensor2d([[0, 0, 0, 1]]), [...batch, 1, 4])], -2);
  }),
});
/** Matrices near a rotation, so that the nearest rotation is well determined. */
const nearRotation = (): Argument => ({
  axes: [3, 3], make: (random, shape) => tf.tidy(() => tf.mul(tf.add(rotation().make(random, shape, shape), random.uniform(shape, -0.2, 0.2)), 1.5)),
});

const ROTATIONS = { identity: [0, 0, 0], 'a half turn': [Math.PI, 0, 0], 'nearly a half turn': [0, 3.1415, 0], 'a small turn': [1e-4, 0, 0], 'a tiny turn': [0, 1e-9, 0], 'a whole turn': [0, 0, 2 * Math.PI] };
const at = <V>(name: string, points: Readonly<Record<string, V>>): Record<string, Record<string, V>> =>
  Object.fromEntries(Object.entries(points).map(([title, value]) => [title, { [name]: value }]));
const HALF_TURNS = { identity: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], 'a half turn about x': [[1, 0, 0], [0, -1, 0], [0, 0, -1]], 'a half turn about z': [[-1, 0, 0], [0, -1, 0], [0, 0, 1]] };
const PRESETS = 'the 216 turns by multiples of 30° and 45°';
const DEGENERATE = {
  zero: [[0, 0, 0], [0, 0, 0], [0, 0, 0]], 'rank one': [[1, 0, 0], [0, 0, 0], [0, 0, 0]], 'rank two': [[1, 0, 0], [0, 2, 0], [0, 0, 0]], 'a mirror': [[1, 0, 0], [0, 1, 0], [0, 0, -1]],
  'a point reflection': [[-1, 0, 0], [0, -1, 0], [0, 0, -1]], 'a dense matrix of rank one': [[1, 2, 3], [2, 4, 6], [3, 6, 9]],
};

/** A rotation matrix with a translation, as 4 × 4. */
const toMotion = (rows: readonly (readonly number[])[]): number[][] => [...rows.map((row, i) => [...row, i]), [0, 0, 0, 1]];

export const MOTIONS: Table = {
  'geometry.transformation.dualQuaternion.conjugate': { args: { dualQuaternion: rigid() }, noSingular: SMOOTH, law: 'undoes a unit dual quaternion', holds: ({ dualQuaternion: d }, [c]) => [[dualQuaternion.multiply(c, d), tf.add(tf.zerosLike(d), tf.tensor1d([0, 0, 0, 1, 0, 0, 0, 0]))]] },
  'geometry.transformation.dualQuaternion.conjugateDual': { args: { dualQuaternion: uniform([8]) }, noSingular: SMOOTH, law: 'is undone by itself', holds: ({ dualQuaternion: d }, [c]) => [[dualQuaternion.conjugateDual(c), d]] },
  'geometry.transformation.dualQuaternion.multiply': {
    args: { dualQuaternion1: rigid(), dualQuaternion2: rigid() }, noSingular: SMOOTH, law: 'moves by one after the other',
    holds: ({ dualQuaternion1: a, dualQuaternion2: b }, [ab], random) => {
      const point = random.uniform([3]);
      const move = (d: tf.Tensor, p: tf.Tensor) => { const { rotation: r, translation } = dualQuaternion.toRotationTranslation(d); return tf.add(quaternion.rotate(p, r), translation); };
      return [[move(ab, point), move(a, move(b, point))]];
    },
  },
  'geometry.transformation.dualQuaternion.inverse': {
    args: { dualQuaternion: anyDual() }, law: 'undoes a dual quaternion of any length', tolerance: 1e-3,
    holds: ({ dualQuaternion: d }, [i]) => [[dualQuaternion.multiply(i, d), tf.add(tf.zerosLike(d), tf.tensor1d([0, 0, 0, 1, 0, 0, 0, 0]))]], singular: { zero: { dualQuaternion: [0, 0, 0, 0, 0, 0, 0, 0] }, 'no real part': { dualQuaternion: [0, 0, 0, 0, 1, 2, 3, 4] } },
  },
  'geometry.transformation.dualQuaternion.norm': {
    args: { dualQuaternion: anyDual() }, law: 'multiplies, as dual numbers do',
    holds: ({ dualQuaternion: d }, [n]) => {
      const [real, dual] = tf.split(n, 2, -1);
      return [[dualQuaternion.norm(dualQuaternion.multiply(d, d)), tf.concat([tf.square(real), tf.mul(2, tf.mul(real, dual))], -1)]];
    },
    singular: { zero: { dualQuaternion: [0, 0, 0, 0, 0, 0, 0, 0] }, 'no real part': { dualQuaternion: [0, 0, 0, 0, 1, 2, 3, 4] } },
  },
  'geometry.transformation.dualQuaternion.isNormalized': {
    args: { dualQuaternion: rigid() }, law: 'accepts rigid motions alone', noGradients: 'it answers yes or no',
    holds: ({ dualQuaternion: d }, [yes]) => [[yes, tf.onesLike(yes)], [dualQuaternion.isNormalized(tf.mul(d, 1.01)), tf.zerosLike(yes)]],
  },
  'geometry.transformation.dualQuaternion.fromRotationTranslation': {
    args: { rotationQuaternion: unit(4), translationVector: uniform([3]) }, noSingular: SMOOTH, law: 'is undone by toRotationTranslation',
    holds: ({ rotationQuaternion, translationVector }, [d]) => { const { rotation: r, translation } = dualQuaternion.toRotationTranslation(d); return [[r, tf.add(tf.zerosLike(r), rotationQuaternion)], [translation, tf.add(tf.zerosLike(translation), translationVector)]]; },
  },
  'geometry.transformation.dualQuaternion.toRotationTranslation': { args: { dualQuaternion: rigid() }, noSingular: SMOOTH, law: 'is undone by fromRotationTranslation', holds: ({ dualQuaternion: d }, [r, t]) => [[dualQuaternion.fromRotationTranslation(r, t), d]] },
  'geometry.transformation.dualQuaternion.fromAxisAngleTranslation': {
    args: { axis: unit(3), angle: uniform([1], 0.2, 2.9), translationVector: uniform([3]) }, noSingular: SINES, law: 'is the quaternion and the translation',
    holds: ({ axis, angle, translationVector }, [d]) => [[d, dualQuaternion.fromRotationTranslation(quaternion.fromAxisAngle(axis, angle), translationVector)]],
  },
  'geometry.transformation.dualQuaternion.pointToDualQuaternion': {
    args: { point: uniform([3]) }, noSingular: SMOOTH, law: 'adds points as motions do',
    holds: ({ point }, [d]) => [[dualQuaternion.multiply(d, d), dualQuaternion.pointToDualQuaternion(tf.mul(point, 2))]],
  },
  'geometry.transformation.euler.inverse': { args: { eulerAngle: uniform([3]) }, noSingular: SMOOTH, law: 'is undone by itself', holds: ({ eulerAngle }, [back]) => [[geometry.transformation.euler.inverse(back), eulerAngle]] },
  'geometry.transformation.rotation6d.toRotationMatrix': {
    args: { rotation6d: uniform([6]) }, law: 'is a rotation whose columns do not depend on the lengths of the halves', tolerance: 1e-3, gradientTolerance: 1e-4,
    holds: ({ rotation6d: six }, [m]) => [orthonormal(m), [rotation6d.toRotationMatrix(tf.mul(six, tf.tensor1d([2, 2, 2, 3, 3, 3]))), m]],
    singular: {
      zero: { rotation6d: [0, 0, 0, 0, 0, 0] }, 'parallel halves': { rotation6d: [1, 2, 3, 2, 4, 6] }, 'parallel halves along an axis': { rotation6d: [0, 0, 1, 0, 0, 1] }, 'opposite halves': { rotation6d: [0.1, 0.2, 0.3, -0.3, -0.6, -0.9] },
      'no first half': { rotation6d: [0, 0, 0, 1, 2, 3] }, 'no second half': { rotation6d: [1, 2, 3, 0, 0, 0] }, 'nearly parallel halves': { rotation6d: [0.1, 0.7, 0.2, 0.1, 0.7, 0.2000001] },
    },
  },
  'geometry.transformation.rotation6d.fromRotationMatrix': { args: { rotationMatrix: rotation() }, noSingular: SMOOTH, law: 'is undone by toRotationMatrix', holds: ({ rotationMatrix }, [six]) => [[rotation6d.toRotationMatrix(six), rotationMatrix]] },
  'geometry.transformation.rotation9d.orthogonalize': {
    args: { matrix: nearRotation() }, law: 'is a rotation, and turns with the matrix', tolerance: 1e-3,
    holds: ({ matrix }, [m], random) => { const turn = rotation().make(random, [3, 3], [3, 3]); return [orthonormal(m), [rotation9d.orthogonalize(tf.matMul(tf.add(tf.zerosLike(matrix), turn), matrix)), tf.matMul(tf.add(tf.zerosLike(m), turn), m)]]; },
    singular: at('matrix', { ...DEGENERATE, ...HALF_TURNS, [PRESETS]: PRESET_MATRICES }),
  },
  'geometry.transformation.rotation9d.toRotationMatrix': {
    args: { rotation9d: { axes: [9], make: (random, shape) => flatten(nearRotation().make(random, [...shape.slice(0, -1), 3, 3], [3, 3])) } }, law: 'does not depend on the length', tolerance: 1e-3,
    holds: ({ rotation9d: nine }, [m]) => [orthonormal(m), [rotation9d.toRotationMatrix(tf.mul(nine, 3)), m]], singular: at('rotation9d', { zero: [0, 0, 0, 0, 0, 0, 0, 0, 0], 'rank one': [0, 0, 0, 0, 1, 0, 0, 0, 0] }),
  },
  'geometry.transformation.rotation9d.fromRotationMatrix': { args: { rotationMatrix: rotation() }, noSingular: SMOOTH, law: 'is undone by toRotationMatrix', holds: ({ rotationMatrix }, [nine]) => [[rotation9d.toRotationMatrix(nine), rotationMatrix]] },
  'geometry.transformation.se3.exp': {
    args: { twist: uniform([6]) }, law: 'is undone by log', holds: ({ twist }, [m]) => [[se3.log(m), twist]], singular: at('twist', Object.fromEntries(Object.entries(ROTATIONS).map(([title, phi]) => [title, [1, 2, 3, ...phi]]))),
  },
  'geometry.transformation.se3.log': {
    args: { matrix: motion() }, law: 'is undone by exp', tolerance: 1e-3, holds: ({ matrix }, [twist]) => [[se3.exp(twist), matrix]],
    singular: at('matrix', { ...Object.fromEntries(Object.entries(HALF_TURNS).map(([title, rows]) => [title, toMotion(rows)])), [PRESETS]: PRESET_MATRICES.map(toMotion) }),
  },
  'geometry.transformation.se3.fromRotationTranslation': {
    args: { rotation: rotation(), translation: uniform([3]) }, noSingular: SMOOTH, law: 'is undone by toRotationTranslation',
    holds: ({ rotation: r, translation: t }, [m]) => { const back = se3.toRotationTranslation(m); return [[back.rotation, tf.add(tf.zerosLike(back.rotation), r)], [back.translation, tf.add(tf.zerosLike(back.translation), t)]]; },
  },
  'geometry.transformation.se3.toRotationTranslation': { args: { matrix: motion() }, noSingular: SMOOTH, law: 'is undone by fromRotationTranslation', holds: ({ matrix }, [r, t]) => [[se3.fromRotationTranslation(r, t), matrix]] },
  'geometry.transformation.so3.exp': {
    args: { vector: uniform([3]) }, law: 'is undone by log, and is the rotation of the quaternion', holds: ({ vector }, [m]) => [[so3.log(m), vector], [rotationMatrix3d.fromQuaternion(so3.expQuaternion(vector)), m]], singular: at('vector', ROTATIONS),
  },
  'geometry.transformation.so3.expQuaternion': { args: { vector: uniform([3]) }, law: 'is undone by logQuaternion', holds: ({ vector }, [q]) => [[so3.logQuaternion(q), vector]], singular: at('vector', ROTATIONS) },
  'geometry.transformation.so3.logQuaternion': {
    args: { quaternion: unit(4) }, law: 'is undone by exp', holds: ({ quaternion: q }, [v]) => [[so3.exp(v), rotationMatrix3d.fromQuaternion(q)]],
    singular: at('quaternion', { [PRESETS]: PRESET_QUATERNIONS, identity: [0, 0, 0, 1], 'the identity, negated': [0, 0, 0, -1], 'a half turn': [1, 0, 0, 0], 'a tiny turn': [1e-9, 0, 0, 1], 'nearly a half turn': [1, 0, 0, 1e-7], zero: [0, 0, 0, 0] }),
  },
  'geometry.transformation.so3.log': { args: { rotationMatrix: rotation() }, law: 'is undone by exp', tolerance: 1e-3, holds: ({ rotationMatrix }, [v]) => [[so3.exp(v), rotationMatrix]], singular: at('rotationMatrix', { ...HALF_TURNS, [PRESETS]: PRESET_MATRICES }) },
};

export const MOTIONS_EXEMPT: Exempt = {
  'geometry.transformation.quaternion.normalizedRandomUniform': 'it takes a shape and a seed, no tensors; quaternion.test.ts has its distribution',
  'geometry.transformation.quaternion.normalizedRandomUniformInitializer': 'it takes a seed, no tensors; quaternion.test.ts',
  'geometry.transformation.so3.uniformGrid': 'it takes a count, no tensors; rigid.test.ts',
};
