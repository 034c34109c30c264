import { math, tf } from '../../index';
import { nonzero, uniform } from './arguments';
import type { Entry, Table } from './entry';
import { MATH_BASICS } from './mathBasics';
import { MATH_INTERPOLATION } from './mathInterpolation';
import { SMOOTH } from './reasons';

// Entries for options other than the defaults, with the arguments of the entries for the defaults.

const { bspline, slerp, weighted } = math.interpolation;
const { vector } = math;

type Changed = Pick<Entry, 'call' | 'law' | 'holds'> & Partial<Entry>;
const changed = (table: Table, path: string, words: string, entry: Changed): Table => ({ [`${path}#${words}`]: { ...table[path], ...entry } });

/** Knots are few for every degree, open and around; at degree 0 and 1 the slope jumps at knots alone. */
const splines: Table = Object.assign({}, ...[0, 1, 2, 4].flatMap((degree) => [false, true].map((cyclical) => changed(
  MATH_INTERPOLATION, 'math.interpolation.bspline.interpolate', `degree ${degree}, ${cyclical ? 'around' : 'open'}`, {
    args: { knots: MATH_INTERPOLATION['math.interpolation.bspline.interpolate'].args.knots, positions: uniform([], 0.1, 0.9) }, sizes: { C: [6, 7] },
    call: ({ knots, positions }) => bspline.interpolate(knots, positions, degree, cyclical), law: 'keeps constants, and is linear in the knots',
    holds: ({ knots, positions }, [s]) => [[bspline.interpolate(tf.add(tf.mul(knots, 2), 1), positions, degree, cyclical), tf.add(tf.mul(s, 2), 1)]],
  },
)))) as Table;

export const MATH_OPTIONS: Table = {
  ...splines,
  ...changed(MATH_INTERPOLATION, 'math.interpolation.slerp.interpolate', 'vectors', {
    args: { vector1: nonzero('M'), vector2: nonzero('M'), percent: uniform([1], 0.1, 0.9) }, sizes: { M: [3, 3] }, call: ({ vector1, vector2, percent }) => slerp.interpolate(vector1, vector2, percent, { method: 'VECTOR' }),
    law: 'is the same from the other end, and grows with both', holds: ({ vector1: a, vector2: b, percent: t }, [s]) => [
      [slerp.interpolate(b, a, tf.sub(1, t), { method: 'VECTOR' }), s], [slerp.interpolate(tf.mul(a, 3), tf.mul(b, 3), t, { method: 'VECTOR' }), tf.mul(s, 3)],
    ],
    singular: MATH_INTERPOLATION['math.interpolation.slerp.vectorWeights'].singular,
  }),
  ...changed(MATH_INTERPOLATION, 'math.interpolation.weighted.interpolate', 'not normalised', {
    call: ({ points, weights, indices }) => weighted.interpolate(points, weights, indices, { normalize: false }), law: 'is linear in the weights',
    holds: ({ points, weights, indices }, [s]) => [[weighted.interpolate(points, tf.mul(weights, 3), indices, { normalize: false }), tf.mul(s, 3)]],
  }),
  ...changed(MATH_BASICS, 'math.vector.cross', 'along the first axis', {
    args: { vector1: { ...uniform([3, 'K']), single: true, lenient: 'further axes broadcast' }, vector2: { ...uniform([3, 'K']), single: true, lenient: 'further axes broadcast' } }, batch: 'none', singular: undefined, noSingular: SMOOTH,
    refuses: { 'four components': { shapes: { vector1: [4, 2] }, named: ['vector1'] } },
    call: ({ vector1, vector2 }) => vector.cross(vector1, vector2, { axis: 0 }), law: 'is that along the last, transposed', holds: ({ vector1, vector2 }, [c]) => [[tf.transpose(vector.cross(tf.transpose(vector1), tf.transpose(vector2))), c]],
  }),
  ...changed(MATH_BASICS, 'math.vector.dot', 'without the axis', {
    call: ({ vector1, vector2 }) => vector.dot(vector1, vector2, { keepdims: false }), law: 'is the same without the axis', holds: ({ vector1, vector2 }, [d]) => [[tf.expandDims(d, -1), vector.dot(vector1, vector2)]],
  }),
  ...changed(MATH_BASICS, 'math.vector.reflect', 'along the first axis', {
    args: { vector: { ...uniform([3, 'K']), single: true, lenient: 'further axes broadcast' }, normal: { ...uniform([3, 'K']), single: true, lenient: 'further axes broadcast', make: (random, shape) => tf.transpose(random.directions([...shape].reverse())) } }, batch: 'none',
    refuses: { 'a normal of four components': { shapes: { vector: [3, 2], normal: [4, 2] }, named: ['normal'] } },
    call: (x) => vector.reflect(x.vector, x.normal, { axis: 0 }), law: 'is that along the last, transposed', holds: (x, [r]) => [[tf.transpose(vector.reflect(tf.transpose(x.vector), tf.transpose(x.normal))), r]],
  }),
};
