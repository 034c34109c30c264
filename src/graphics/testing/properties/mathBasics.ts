import { math, tf } from '../../index';
import { constant, integers, nonzero, uniform, unit } from './arguments';
import type { Argument, Equal, Exempt, Inputs, Table } from './entry';
import { ANY_SHAPE, LINEAR, SINES, SMOOTH, WITHIN } from './reasons';

const { mathHelpers, safeOps, sampling, vector } = math;

const SEED = { seed: 11 };
const DRAWN = 'each element has random numbers of its own';
const lengths = (t: tf.Tensor): tf.Tensor => tf.norm(t, 'euclidean', -1);
const parts = (t: tf.Tensor): tf.Tensor[] => tf.unstack(t, -1);
/** One tensor less the next along the last axis. */
const steps = (t: tf.Tensor): tf.Tensor => { const all = parts(t); return tf.stack(all.slice(1).map((next, i) => tf.sub(next, all[i])), -1); };
const isZero = (t: tf.Tensor): Equal => [t, tf.zerosLike(t)];
const first = (t: tf.Tensor): tf.Tensor => parts(t)[0];
const last = (t: tf.Tensor): tf.Tensor => parts(t)[t.shape[t.rank - 1] - 1];
const wide = (t: tf.Tensor, like: tf.Tensor): tf.Tensor => tf.broadcastTo(t, like.shape);
/** The ends of an interval, apart from each other and from 0. */
const ends = (): Record<'near' | 'far', Argument> => ({ near: uniform([], 0.5, 1), far: uniform([], 2, 3) });
/** Samples that lie between near and far, in order. */
const inOrder = ({ near, far }: Inputs, [samples]: readonly tf.Tensor[]): readonly Equal[] => [
  isZero(tf.minimum(steps(samples), 0)), isZero(tf.minimum(tf.sub(first(samples), near), 0)), isZero(tf.maximum(tf.sub(last(samples), far), 0)),
];
const reachesEnds = ({ near, far }: Inputs, samples: tf.Tensor): readonly Equal[] => [[first(samples), wide(near, first(samples))], [last(samples), wide(far, last(samples))]];
const evenSteps = (t: tf.Tensor): Equal => { const s = steps(t); return [s, wide(tf.expandDims(first(s), -1), s)]; };

export const MATH_BASICS: Table = {
  'math.vector.cross': {
    args: { vector1: uniform([3]), vector2: uniform([3]) }, law: 'is at right angles to both, and as long as the parallelogram is large',
    holds: ({ vector1: a, vector2: b }, [c]) => {
      const dots = (u: tf.Tensor, v: tf.Tensor) => tf.sum(tf.mul(u, v), -1);
      return [isZero(dots(a, c)), isZero(dots(b, c)), [dots(c, c), tf.sub(tf.mul(dots(a, a), dots(b, b)), tf.square(dots(a, b)))]];
    },
    singular: { parallel: { vector1: [1, 2, 3], vector2: [2, 4, 6] } },
  },
  'math.vector.dot': {
    args: { vector1: uniform(['M']), vector2: uniform(['M']) }, noSingular: SMOOTH, law: 'is the law of cosines',
    holds: ({ vector1: a, vector2: b }, [d]) => [[tf.mul(d, 2), tf.sub(tf.add(tf.sum(tf.square(a), -1, true), tf.sum(tf.square(b), -1, true)), tf.sum(tf.squaredDifference(a, b), -1, true))]],
  },
  'math.vector.reflect': {
    args: { vector: uniform(['M']), normal: unit('M') }, noSingular: SMOOTH, law: 'is undone by itself',
    holds: ({ vector: v, normal }, [r]) => { const back = vector.reflect(r, normal); return [[back, wide(v, back)]]; },
  },
  'math.vector.normalize': {
    args: { vector: nonzero('M') }, law: 'has length 1, whatever the length was', holds: ({ vector: v }, [n]) => [[lengths(n), tf.onesLike(lengths(n))], [vector.normalize(tf.mul(v, 7)), n]],
    singular: { zero: { vector: [0, 0, 0] }, 'next to nothing': { vector: [1e-12, 0, 0] } },
  },
  'math.mathHelpers.cartesianToSphericalCoordinates': {
    args: { pointCartesian: nonzero(3) }, law: 'is undone by sphericalToCartesianCoordinates', holds: ({ pointCartesian }, [s]) => [[mathHelpers.sphericalToCartesianCoordinates(s), pointCartesian]],
    singular: { 'the origin': { pointCartesian: [0, 0, 0] }, 'the pole': { pointCartesian: [0, 0, 1] }, 'the south pole': { pointCartesian: [0, 0, -2] }, 'the seam': { pointCartesian: [-1, 0, 0] } },
  },
  'math.mathHelpers.sphericalToCartesianCoordinates': {
    args: { pointSpherical: { axes: [3], make: (random, shape) => tf.add(tf.mul(random.uniform(shape, 0.1, 0.9), tf.tensor1d([2, 3, 3])), tf.tensor1d([0, 0, -1.5])) } },
    law: 'is undone by cartesianToSphericalCoordinates', holds: ({ pointSpherical }, [p]) => [[mathHelpers.cartesianToSphericalCoordinates(p), pointSpherical]],
    singular: { 'the origin': { pointSpherical: [0, 0, 0] }, 'the pole': { pointSpherical: [1, 0, 1] } },
  },
  'math.mathHelpers.squareToSphericalCoordinates': {
    args: { point2d: uniform([2], 0.05, 0.95) }, law: 'goes down evenly: the cosine of θ is 1 − 2x',
    holds: ({ point2d }, [s]) => { const [x, y] = parts(point2d); const [r, theta, phi] = parts(s); return [[r, tf.onesLike(r)], [tf.cos(theta), tf.sub(1, tf.mul(x, 2))], [phi, tf.mul(y, 2 * Math.PI)]]; },
    singular: { 'the pole': { point2d: [0, 0.3] }, 'the south pole': { point2d: [1, 0.3] }, 'near the pole': { point2d: [1e-13, 0.3] } },
    steepest: { limit: 1e7, reason: 'θ has an infinite slope at the poles: it grows with the root of x' },
  },
  'math.mathHelpers.factorial': {
    args: { n: uniform([], 0.1, 11) }, noRefusals: ANY_SHAPE, law: 'multiplies by the next number', holds: ({ n }, [f]) => [[tf.div(mathHelpers.factorial(tf.add(n, 1)), f), tf.add(n, 1)]],
    singular: { zero: { n: 0 }, 'a whole number': { n: 3 }, 'next to one': { n: [0.9999999, 1.0000001] } },
  },
  'math.mathHelpers.doubleFactorial': {
    args: { n: integers([], 12) }, noRefusals: ANY_SHAPE, law: 'makes factorials, two by two', noGradients: 'of whole numbers', holds: ({ n }, [f]) => [[tf.div(tf.mul(f, mathHelpers.doubleFactorial(tf.add(n, 1))), mathHelpers.factorial(tf.add(n, 1))), tf.onesLike(f)]],
  },
  'math.safeOps.nonzeroSign': { args: { x: uniform([]) }, noRefusals: ANY_SHAPE, law: 'takes the sign away', noGradients: 'a constant', holds: ({ x }, [s]) => [[tf.mul(s, x), tf.abs(x)]], singular: { zero: { x: 0 } } },
  'math.safeOps.safeSignedDiv': {
    args: { a: uniform([]), b: { axes: [], make: (random, shape) => tf.squeeze(nonzero(1).make(random, [...shape, 1], [1]), [shape.length]) } }, law: 'is undone by a product', holds: ({ a, b }, [q]) => [[tf.mul(q, b), wide(a, q)]],
    singular: { 'zero by zero': { a: 0, b: 0 }, 'one by zero': { a: 1, b: 0 } }, steepest: { limit: 1.1e10, reason: '1 / eps is what it gives there by its definition' },
  },
  'math.safeOps.safeUnsignedDiv': {
    args: { a: uniform([]), b: uniform([], 0.5, 2) }, law: 'is undone by a product', holds: ({ a, b }, [q]) => [[tf.mul(q, b), wide(a, q)]],
    singular: { 'zero by zero': { a: 0, b: 0 }, 'one by zero': { a: 1, b: 0 } }, steepest: { limit: 1.1e10, reason: '1 / eps is what it gives there by its definition' },
  },
  'math.safeOps.safeShrink': {
    args: { vector: uniform([], -2, 2) }, noRefusals: ANY_SHAPE, law: 'leaves what is inside, and does nothing twice', holds: ({ vector: v }, [s]) => [[safeOps.safeShrink(s), s], [s, tf.minimum(tf.maximum(v, -1), 1)]], singular: { 'the bound': { vector: [1] } },
  },
  'math.safeOps.safeSinpxDivSinx': {
    args: { theta: uniform([], 0.3, 2.5), factor: uniform([], 0, 1) }, law: 'is sin px by sin x', holds: ({ theta, factor }, [q]) => [[tf.mul(q, tf.sin(theta)), tf.sin(tf.mul(factor, theta))]],
    singular: { zero: { theta: 0, factor: 0.3 }, 'next to zero': { theta: 1e-8, factor: 0.3 } },
  },
  'math.safeOps.safeCospxDivCosx': {
    args: { theta: uniform([], -1, 1), factor: uniform([], 0, 1) }, law: 'is cos px by cos x', holds: ({ theta, factor }, [q]) => [[tf.mul(q, tf.cos(theta)), tf.cos(tf.mul(factor, theta))]], singular: { zero: { theta: 0, factor: 0.3 } },
  },
  'math.featureRepresentation.positionalEncoding': {
    args: { features: uniform(['M']) }, call: ({ features }) => math.featureRepresentation.positionalEncoding(features, 3), noSingular: SINES, law: 'begins with the features, then sines and cosines in pairs',
    holds: ({ features }, [code]) => {
      const [x, ...waves] = tf.split(code, 7, -1);
      return [[x, features], ...[0, 1, 2].map((k): Equal => [tf.add(tf.square(waves[2 * k]), tf.square(waves[2 * k + 1])), tf.onesLike(x)]), [waves[2], tf.mul(2, tf.mul(waves[0], waves[1]))]];
    },
  },
  'math.sampling.regular1d': { args: ends(), call: ({ near, far }) => sampling.regular1d(near, far, 5), noSingular: LINEAR, law: 'reaches both ends in even steps', holds: (inputs, [s]) => [...reachesEnds(inputs, s), evenSteps(s)] },
  'math.sampling.regularInverse1d': { args: ends(), call: ({ near, far }) => sampling.regularInverse1d(near, far, 5), noSingular: WITHIN, law: 'reaches both ends in even steps of the inverse', holds: (inputs, [s]) => [...reachesEnds(inputs, s), evenSteps(tf.reciprocal(s))] },
  'math.sampling.logspace1d': {
    args: ends(), call: ({ near, far }) => sampling.logspace1d(near, far, 5), noSingular: WITHIN, law: 'has even steps in its logarithm', holds: (inputs, [s]) => { const logs = tf.div(tf.log(s), Math.LN10); return [...reachesEnds(inputs, logs), evenSteps(logs)]; },
  },
  'math.sampling.geomspace1d': { args: ends(), call: ({ near, far }) => sampling.geomspace1d(near, far, 5), noSingular: WITHIN, law: 'reaches both ends by a constant factor', holds: (inputs, [s]) => [...reachesEnds(inputs, s), evenSteps(tf.log(s))] },
  'math.sampling.uniform1d': {
    args: ends(), call: ({ near, far }) => sampling.uniform1d(near, far, 6, SEED), notElementwise: DRAWN, noSingular: LINEAR, law: 'stays between the ends, and moves with them',
    holds: ({ near, far }, [s]) => {
      const [low, high] = [near, far].map((t) => tf.expandDims(t, -1));
      const moved = sampling.uniform1d(tf.add(near, 1), tf.add(far, 1), 6, SEED);
      return [isZero(tf.minimum(tf.sub(s, low), 0)), isZero(tf.maximum(tf.sub(s, high), 0)), [moved, tf.add(s, 1)]];
    },
  },
  'math.sampling.stratified1d': { args: ends(), call: ({ near, far }) => sampling.stratified1d(near, far, 6, SEED), notElementwise: DRAWN, law: 'lies between the ends, in order', holds: inOrder, singular: { 'no interval': { near: 1, far: 1 } } },
  'math.sampling.stratifiedGeomspace1d': { args: ends(), call: ({ near, far }) => sampling.stratifiedGeomspace1d(near, far, 6, SEED), notElementwise: DRAWN, law: 'lies between the ends, in order', holds: inOrder, singular: { 'no interval': { near: 1, far: 1 } } },
  'math.sampling.inverseTransformSampling1d': {
    args: { bins: uniform(['M']), pdf: constant(uniform(['M'], 0.1, 1), 'the choice of a bin has no slope') }, call: ({ bins, pdf }) => sampling.inverseTransformSampling1d(bins, pdf, 6, SEED), notElementwise: DRAWN,
    law: 'moves with the bins, whatever the scale of the probabilities', holds: ({ bins, pdf }, [s]) => [[sampling.inverseTransformSampling1d(tf.add(bins, 2), pdf, 6, SEED), tf.add(s, 2)], [sampling.inverseTransformSampling1d(bins, tf.mul(pdf, 1), 6, SEED), s]],
    singular: { 'no probability': { bins: [1, 2, 3], pdf: [0, 0, 0] } },
  },
  'math.sampling.inverseTransformStratified1d': {
    args: { binStart: uniform(['M']), binWidth: uniform(['M'], 0, 1), pdf: constant(uniform(['M'], 0.1, 1), 'the choice of a bin has no slope') },
    call: ({ binStart, binWidth, pdf }) => sampling.inverseTransformStratified1d(binStart, binWidth, pdf, 6, SEED), notElementwise: DRAWN, law: 'is the bin itself where bins have no width',
    holds: ({ binStart, binWidth, pdf }) => [[sampling.inverseTransformStratified1d(binStart, tf.zerosLike(binWidth), pdf, 6, SEED), tf.add(sampling.inverseTransformSampling1d(tf.add(tf.zerosLike(binWidth), binStart), pdf, 6, SEED), 0)]],
    singular: { 'no probability': { binStart: [1, 2, 3], binWidth: [0, 0, 0], pdf: [0, 0, 0] } },
  },
};

export const MATH_EXEMPT: Exempt = {
  'math.optimizer.levenbergMarquardt.minimize': 'it takes functions; levenbergMarquardt.test.ts has its minima',
  'math.sphericalHarmonics.generateLMPermutations': 'it takes a number, no tensors; sphericalHarmonics.test.ts',
  'math.sphericalHarmonics.generateLMZonal': 'it takes a number, no tensors; sphericalHarmonics.test.ts',
};
