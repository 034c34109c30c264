import { math, tf } from '../../index';
import { integers, nonzero, uniform, unit } from './arguments';
import type { Argument, Equal, Table } from './entry';
import { ANY_SHAPE, LINEAR, SMOOTH } from './reasons';

const { bspline, slerp, trilinear, weighted } = math.interpolation;
const { sphericalHarmonics } = math;

const lengths = (t: tf.Tensor): tf.Tensor => tf.norm(t, 'euclidean', -1, true);
const wide = (t: tf.Tensor, like: tf.Tensor): tf.Tensor => tf.broadcastTo(t, like.shape);
const percent = (): Argument => uniform([1], 0.1, 0.9);
const HALF = Math.SQRT1_2;
const QUATERNIONS = {
  'equal ones': { quaternion1: [0, 0, 0, 1], quaternion2: [0, 0, 0, 1] }, 'opposite ones': { quaternion1: [0, 0, HALF, HALF], quaternion2: [0, 0, -HALF, -HALF] },
  'half a turn apart': { quaternion1: [0, 0, 0, 1], quaternion2: [1, 0, 0, 0] }, 'nearly equal ones': { quaternion1: [0, 0, 0, 1], quaternion2: [0, 0, 1e-6, 1] },
};
const VECTORS = {
  'equal ones': { vector1: [1, 2, 3], vector2: [1, 2, 3] }, 'opposite ones': { vector1: [1, 2, 3], vector2: [-1, -2, -3] }, 'parallel ones': { vector1: [1, 0, 0], vector2: [2, 0, 0] },
  'nearly opposite ones': { vector1: [1, 0, 0], vector2: [-1, 1e-4, 0] }, zeros: { vector1: [0, 0, 0], vector2: [0, 0, 0] }, 'one zero': { vector1: [0, 0, 0], vector2: [1, 0, 0] },
};
/** Weights of the ends at both ends: 1 and 0 up to the sign of the shorter way, 0 and 1. */
const endWeights = (weights: (t: tf.Tensor) => { readonly weight1: tf.Tensor; readonly weight2: tf.Tensor }): readonly Equal[] => {
  const [start, stop] = [weights(tf.tensor1d([0])), weights(tf.tensor1d([1]))];
  return [[tf.abs(start.weight1), tf.onesLike(start.weight1)], [start.weight2, tf.zerosLike(start.weight2)], [stop.weight1, tf.zerosLike(stop.weight1)], [stop.weight2, tf.onesLike(stop.weight2)]];
};
const BANDS = 'degrees and orders are whole numbers';
/** Degrees of at least 3 and orders up to 3 go together in any combination. */
const degrees = (...axes: Argument['axes']): Argument => ({ axes, make: (random, shape) => tf.add(random.integers(shape, 3), tf.scalar(3, 'int32')), constant: BANDS });
const orders = (...axes: Argument['axes']): Argument => ({ axes, make: (random, shape) => tf.sub(random.integers(shape, 7), tf.scalar(3, 'int32')), constant: BANDS });
/** A place in a grid of 3 × 3, for each weight. */
const places = (): Argument => integers(['P', 2], 3);

export const MATH_INTERPOLATION: Table = {
  'math.interpolation.slerp.quaternionWeights': {
    transcendental: true, args: { quaternion1: unit(4), quaternion2: unit(4), percent: percent() }, law: 'begins at the one and ends at the other', gradientTolerance: 1e-4,
    holds: ({ quaternion1: a, quaternion2: b }) => endWeights((t) => slerp.quaternionWeights(a, b, t)), singular: QUATERNIONS,
  },
  'math.interpolation.slerp.vectorWeights': {
    transcendental: true, args: { vector1: nonzero('M'), vector2: nonzero('M'), percent: percent() }, sizes: { M: [3, 4] }, law: 'begins at the one and ends at the other',
    holds: ({ vector1: a, vector2: b }) => endWeights((t) => slerp.vectorWeights(a, b, t)), singular: VECTORS,
  },
  'math.interpolation.slerp.interpolateWithWeights': {
    args: { vector1: uniform(['M']), vector2: uniform(['M']), weight1: uniform([1]), weight2: uniform([1]) }, noSingular: SMOOTH, law: 'is linear in both',
    holds: ({ vector1: a, vector2: b, weight1: u, weight2: v }, [s]) => [[slerp.interpolateWithWeights(b, a, v, u), s], [slerp.interpolateWithWeights(tf.mul(a, 2), tf.mul(b, 2), u, v), tf.mul(s, 2)]],
  },
  'math.interpolation.slerp.interpolate': {
    transcendental: true, args: { vector1: unit('M'), vector2: unit('M'), percent: percent() }, sizes: { M: [4, 4] }, law: 'keeps unit length, and is the same from the other end', tolerance: 1e-3, gradientTolerance: 1e-4,
    holds: ({ vector1: a, vector2: b, percent: t }, [s]) => {
      const back = slerp.interpolate(b, a, tf.sub(1, t));
      return [[lengths(s), tf.onesLike(lengths(s))], [tf.abs(tf.sum(tf.mul(back, s), -1, true)), tf.onesLike(lengths(s))]];
    },
    singular: Object.fromEntries(Object.entries(QUATERNIONS).map(([title, { quaternion1, quaternion2 }]) => [title, { vector1: quaternion1, vector2: quaternion2 }])),
  },
  'math.interpolation.bspline.cardinalWeights': {
    args: { position: uniform([], 0.1, 0.9) }, noRefusals: ANY_SHAPE, call: ({ position }) => bspline.cardinalWeights(position, 3), law: 'sums to 1, and is the same from the other end',
    holds: ({ position }, [w]) => [[tf.sum(w, -1), tf.onesLike(position)], [tf.reverse(bspline.cardinalWeights(tf.sub(1, position), 3), -1), w]], singular: { 'a knot': { position: 0 }, 'the next': { position: 1 } },
  },
  'math.interpolation.bspline.knotWeights': {
    args: { positions: uniform([], 0.1, 2.9) }, noRefusals: ANY_SHAPE, call: ({ positions }) => bspline.knotWeights(positions, 6, 3, false), law: 'sums to 1, and is the same from the other end', gradientTolerance: 1e-4,
    holds: ({ positions }, [w]) => [[tf.sum(w, -1), tf.onesLike(positions)], [tf.reverse(bspline.knotWeights(tf.sub(3, positions), 6, 3, false), -1), w]], singular: { 'a knot': { positions: 1 }, 'the begin': { positions: 0 }, 'the end': { positions: 3 } },
  },
  'math.interpolation.bspline.interpolateWithWeights': {
    args: { knots: { ...uniform(['B', 'C']), single: 'values, which follow the batch of the weights', lenient: 'B may be missing' }, weights: uniform(['C']) }, noSingular: SMOOTH, law: 'picks a knot by a weight of 1',
    holds: ({ knots }) => [[bspline.interpolateWithWeights(knots, tf.eye(knots.shape[1] ?? 0)), tf.transpose(knots)]],
  },
  'math.interpolation.bspline.interpolate': {
    args: { knots: { ...uniform(['B', 'C']), single: 'values, which follow the batch of the positions', lenient: 'B may be missing' }, positions: uniform([], 0.1, 1.9) }, sizes: { C: [5, 6] }, refuses: { 'a knot alone': { shapes: { knots: [] }, named: ['knots'] } }, call: ({ knots, positions }) => bspline.interpolate(knots, positions, 3, false),
    law: 'keeps constants, and is linear in the knots', gradientTolerance: 1e-4,
    holds: ({ knots, positions }, [s]) => [[bspline.interpolate(tf.onesLike(knots), positions, 3, false), tf.onesLike(s)], [bspline.interpolate(tf.add(tf.mul(knots, 2), 1), positions, 3, false), tf.add(tf.mul(s, 2), 1)]],
    singular: { 'a knot': { positions: 1 }, 'the begin': { positions: 0 }, 'beyond the begin': { positions: -3 } },
  },
  'math.interpolation.trilinear.interpolate': {
    args: { grid3d: uniform(['H', 'W', 'D', 'C']), samplingPoints: uniform(['M', 3], 0.05, 0.95) }, batch: 'same', law: 'is linear in the grid, and keeps constants',
    holds: ({ grid3d, samplingPoints }, [s]) => [[trilinear.interpolate(tf.add(tf.mul(grid3d, 2), 1), samplingPoints), tf.add(tf.mul(s, 2), 1)], [trilinear.interpolate(tf.onesLike(grid3d), samplingPoints), tf.onesLike(s)]],
    singular: { 'a voxel, and outside': { samplingPoints: [[0, 1, 0], [-5, 9, 3]] } },
  },
  'math.interpolation.weighted.interpolate': {
    args: { points: { ...uniform([3, 3, 'M']), single: 'a grid, of any number of axes', lenient: 'a grid may have any number of axes' }, weights: uniform(['P'], 0.2, 1), indices: { ...places(), axes: ['P', 2] } }, batch: 'same',
    law: 'keeps constants, and does not depend on the scale of the weights',
    holds: ({ points, weights, indices }, [s]) => [[weighted.interpolate(tf.onesLike(points), weights, indices), tf.onesLike(s)], [weighted.interpolate(points, tf.mul(weights, 3), indices), s]],
    singular: { 'no weight': { weights: [0, 0], indices: [[0, 0], [1, 2]] } },
  },
  'math.interpolation.weighted.getBarycentricCoordinates': {
    args: { triangleVertices: { axes: [3, 2], make: (random, shape) => tf.add(random.uniform(shape, -0.3, 0.3), tf.tensor2d([[0, 0], [2, 0], [0, 2]])) }, pixels: uniform(['N', 2]) }, law: 'gives back the pixels',
    holds: ({ triangleVertices, pixels }, [shares]) => { const back = tf.sum(tf.mul(tf.expandDims(shares, -1), tf.expandDims(triangleVertices, -3)), -2); return [[back, wide(pixels, back)], [tf.sum(shares, -1), tf.onesLike(tf.sum(shares, -1))]]; },
    singular: { 'a line': { triangleVertices: [[0, 0], [1, 1], [2, 2]] }, 'a point': { triangleVertices: [[1, 1], [1, 1], [1, 1]] } },
  },
  'math.sphericalHarmonics.evaluateLegendrePolynomial': {
    args: { degreeL: degrees(), orderM: orders(), x: uniform([], -0.95, 0.95) }, law: 'is even or odd with l + m', tolerance: 1e-3, gradientTolerance: 1e-4,
    holds: ({ degreeL, orderM, x }, [p]) => [[sphericalHarmonics.evaluateLegendrePolynomial(degreeL, orderM, tf.neg(x)), tf.mul(p, tf.cos(tf.mul(Math.PI, tf.cast(tf.add(degreeL, orderM), 'float32'))))]],
    singular: { 'one, of order 1': { degreeL: 5, orderM: 1, x: 1 }, 'minus one, of order 3': { degreeL: 5, orderM: 3, x: -1 }, 'order 0': { degreeL: 3, orderM: 0, x: 1 } },
    steepest: { limit: 1e8, reason: 'odd orders have an infinite slope at ±1, and polynomials of degree 5 are of order 10' },
  },
  'math.sphericalHarmonics.evaluateSphericalHarmonics': {
    args: { degreeL: degrees('C'), orderM: orders('C'), theta: uniform([1], 0.2, 2.9), phi: uniform([1], -3, 3) }, law: 'turns over to (−1)^l of itself at the opposite point', tolerance: 1e-3, gradientTolerance: 1e-4,
    holds: ({ degreeL, orderM, theta, phi }, [y]) => [[sphericalHarmonics.evaluateSphericalHarmonics(degreeL, orderM, tf.sub(Math.PI, theta), tf.add(phi, Math.PI)), tf.mul(y, tf.cos(tf.mul(Math.PI, tf.cast(degreeL, 'float32'))))]],
    singular: { 'the pole': { theta: [0], phi: [0] }, 'the south pole': { theta: [Math.PI], phi: [1] } },
  },
  'math.sphericalHarmonics.integrationProduct': {
    args: { harmonics1: uniform(['C']), harmonics2: uniform(['C']) }, noSingular: SMOOTH, law: 'is symmetric and linear', holds: ({ harmonics1: a, harmonics2: b }, [p]) => [[sphericalHarmonics.integrationProduct(b, a), p], [sphericalHarmonics.integrationProduct(tf.mul(a, 2), b), tf.mul(p, 2)]],
  },
  'math.sphericalHarmonics.rotateZonalHarmonics': {
    args: { zonalCoeffs: { ...uniform(['C']), single: true }, theta: uniform([1], 0.2, 2.9), phi: uniform([1], -3, 3) }, law: 'keeps what the function integrates to, squared', tolerance: 1e-3,
    holds: ({ zonalCoeffs }, [turned]) => { const squares = tf.sum(tf.square(turned), -1); return [[squares, tf.broadcastTo(tf.sum(tf.square(zonalCoeffs)), squares.shape)]]; },
    singular: { 'the pole': { theta: [0], phi: [0] }, 'the south pole': { theta: [Math.PI], phi: [1] } },
  },
  'math.sphericalHarmonics.tileZonalCoefficients': {
    args: { coefficients: { ...uniform(['C']), single: true } }, batch: 'none', noSingular: LINEAR, law: 'repeats each for its orders', holds: ({ coefficients }, [t]) => [[tf.sum(t), tf.sum(tf.mul(coefficients, tf.add(1, tf.mul(2, tf.range(0, coefficients.shape[0])))))]],
  },
};
