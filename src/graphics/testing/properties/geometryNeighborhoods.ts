import { geometry, tf } from '../../index';
import { constant, rotation, uniform, unit } from './arguments';
import type { Argument, Equal, Exempt, Inputs, Table } from './entry';
import { edges, neighbors, poolMap } from './fixtures';
import { LINEAR, SMOOTH } from './reasons';

// Graphs, deformation energies, neighbours and registration.

const { convolution, neighborhood, pointHierarchy, registration } = geometry;
const { graphConvolution, graphPooling, utils } = convolution;
const { rotate } = geometry.transformation.rotationMatrix3d;
const { energy } = geometry.deformationEnergy.asConformalAsPossible;

const isZero = (t: tf.Tensor): Equal => [t, tf.zerosLike(t)];
const turned = (points: tf.Tensor, matrix: tf.Tensor): tf.Tensor => rotate(points, tf.expandDims(matrix, -3));
const aTurn = (random: Parameters<Argument['make']>[0]): tf.Tensor => rotation().make(random, [3, 3], [3, 3]);
/** As in TensorFlow Graphics. */
const FLOATS = 'data of another type are refused';
const shared = (argument: Argument): Argument => ({ ...argument, single: true });
const steering = { varU: shared(uniform(['C', 'W'])), varV: shared(uniform(['C', 'W'])), varC: shared(uniform(['W'])) };
const steered = (x: Inputs) => graphConvolution.featureSteeredConvolution(x.data, neighbors(), null, x.varU, x.varV, x.varC, x.varW, x.varB);
const difference = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sub(b, a);
const repeated = (x: tf.Tensor4D): tf.Tensor => tf.reshape(tf.concat([x, x], 3), [1, 1, 2 * x.shape[2], x.shape[3]]);

/** Clouds of points; none are equally far from each other. */
const cloud = (): Argument => uniform(['N', 'D']);
const SIZES = { N: [5, 8], D: [3, 3] } as const;
const CONSTANT = 'neighbours are choices: to differentiate a distance, gather both ends';
const reversedRows = (points: tf.Tensor): tf.Tensor => tf.reverse(points, points.rank - 2);

export const NEIGHBORHOODS: Table = {
  'geometry.convolution.graphConvolution.featureSteering': {
    floatsOnly: FLOATS,
    args: { data: uniform([4, 'C']), ...steering }, call: (x) => graphConvolution.featureSteering(x.data, neighbors(), x.varU, x.varV, x.varC), law: 'sums to 1, and does not see a constant of all matrices',
    holds: (x, [q]) => [[tf.sum(q, -1), tf.onesLike(tf.sum(q, -1))], [graphConvolution.featureSteering(x.data, neighbors(), x.varU, x.varV, tf.add(x.varC, 3)), q]],
    singular: { 'huge features': { data: [[1e4], [-1e4], [1e4], [0]], varU: [[1, -1]], varV: [[1, -1]], varC: [0, 0] } },
  },
  'geometry.convolution.graphConvolution.featureSteeredConvolution': {
    floatsOnly: FLOATS,
    args: { data: uniform([4, 'C']), ...steering, varW: shared(uniform(['W', 'C', 'D'])), varB: shared(uniform(['D'])) }, call: steered, law: 'is the one matrix where all are equal, and linear in the bias',
    holds: (x, [y]) => [[tf.sub(steered({ ...x, varB: tf.add(x.varB, 2) }), 2), y]],
    singular: { 'huge features': { data: [[1e3], [-1e3], [1e3], [0]], varU: [[1, -1]], varV: [[1, -1]], varC: [0, 0], varW: [[[1]], [[2]]], varB: [0] } },
    beyondHalf: { 'huge features': 'products of two features are beyond 65504' },
  },
  'geometry.convolution.graphConvolution.edgeConvolutionTemplate': {
    floatsOnly: FLOATS,
    args: { data: uniform([4, 'C']) }, call: ({ data }) => graphConvolution.edgeConvolutionTemplate(data, neighbors(), null, difference, 'weighted', undefined), noSingular: LINEAR, law: 'of differences does not see constants',
    holds: ({ data }, [y]) => [[graphConvolution.edgeConvolutionTemplate(tf.add(data, 3), neighbors(), null, difference, 'weighted', undefined), y]],
  },
  'geometry.convolution.graphPooling.pool': {
    floatsOnly: FLOATS,
    args: { data: uniform([4, 'C']) }, call: ({ data }) => graphPooling.pool(data, poolMap(), null), noSingular: LINEAR, law: 'keeps constants, and grows with its input', holds: ({ data }, [y]) => [[graphPooling.pool(tf.add(tf.mul(data, 2), 1), poolMap(), null), tf.add(tf.mul(y, 2), 1)]],
  },
  'geometry.convolution.graphPooling.unpool': {
    floatsOnly: FLOATS,
    args: { data: uniform([2, 'C']) }, call: ({ data }) => graphPooling.unpool(data, poolMap(), null), noSingular: LINEAR, law: 'is undone by pooling', holds: ({ data }, [y]) => [[graphPooling.pool(y, poolMap(), null), data]],
  },
  'geometry.convolution.graphPooling.upsampleTransposedConvolution': {
    floatsOnly: FLOATS,
    args: { data: uniform([2, 'C']) }, sizes: { C: [2, 3] }, call: ({ data }) => graphPooling.upsampleTransposedConvolution(data, poolMap(), null, 2, repeated), noSingular: LINEAR, law: 'is linear in what it is given', notElementwise: 'the op sees all of a batch as one row',
    holds: ({ data }, [y]) => [[graphPooling.upsampleTransposedConvolution(tf.mul(data, 3), poolMap(), null, 2, repeated), tf.mul(y, 3)]],
  },
  'geometry.convolution.utils.flattenBatchTo2d': {
    args: { data: uniform(['B', 'D1', 'D2']) }, batch: 'none', call: ({ data }) => [utils.flattenBatchTo2d(data).flat], noSingular: SMOOTH, law: 'is undone by its way back', holds: ({ data }) => { const { flat, unflatten } = utils.flattenBatchTo2d(data); return [[unflatten(flat), data]]; },
  },
  'geometry.convolution.utils.unflatten2dToBatch': {
    args: { data: uniform([5, 'D2']) }, batch: 'none', call: ({ data }) => tf.tidy(() => utils.unflatten2dToBatch(data, tf.tensor1d([2, 3], 'int32'))), noSingular: SMOOTH, law: 'is undone by flattening',
    holds: ({ data }, [padded]) => [[utils.flattenBatchTo2d(padded, { sizes: tf.tensor1d([2, 3], 'int32') }).flat, data]],
  },
  'geometry.deformationEnergy.asConformalAsPossible.energy': {
    args: { verticesRestPose: shared(uniform(['V', 3])), verticesDeformedPose: uniform(['V', 3]), quaternions: unit('V', 4) }, batch: 'same', sizes: { V: [4, 4] }, law: 'is 0 for a turn, and turns with the pose', tolerance: 1e-3,
    call: (x) => energy(x.verticesRestPose, x.verticesDeformedPose, x.quaternions, edges()),
    holds: ({ verticesRestPose: rest, verticesDeformedPose: moved, quaternions }, [e], random) => {
      const turn = random.directions([4]);
      const { multiply, rotate: turnBy } = geometry.transformation.quaternion;
      const still = tf.broadcastTo(turn, [4, 4]);
      return [isZero(energy(rest, turnBy(rest, turn), still, edges())), [energy(rest, turnBy(moved, turn), multiply(turn, quaternions), edges()), e]];
    },
    singular: { 'no quaternions': { quaternions: [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]] } },
  },
  'geometry.neighborhood.kNearestNeighbors': {
    args: { points: cloud() }, sizes: SIZES, call: ({ points }) => neighborhood.kNearestNeighbors(points, 3), noGradients: CONSTANT, law: 'turns with the points, and follows their order',
    holds: ({ points }, [indices, squared], random) => {
      const [count] = points.shape.slice(-2);
      const moved = neighborhood.kNearestNeighbors(turned(points, aTurn(random)), 3);
      const back = neighborhood.kNearestNeighbors(reversedRows(points), 3);
      return [[moved.indices, indices], [moved.squaredDistances, squared], [tf.sub(count - 1, reversedRows(tf.cast(back.indices, 'float32'))), tf.cast(indices, 'float32')]];
    },
    singular: { 'one place': { points: [[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3]] } },
  },
  'geometry.neighborhood.ballQuery': {
    args: { points: cloud() }, sizes: SIZES, call: ({ points }) => neighborhood.ballQuery(points, 0.9, { maxNeighbors: 4 }), noGradients: CONSTANT, law: 'turns with the points, and holds the point itself first',
    holds: ({ points }, [indices, squared, mask], random) => {
      const moved = neighborhood.ballQuery(turned(points, aTurn(random)), 0.9, { maxNeighbors: 4 });
      const [count] = points.shape.slice(-2);
      const own = tf.add(tf.zeros(points.shape.slice(0, -1) as [number]), tf.range(0, count));
      const first = tf.unstack(tf.cast(indices, 'float32'), -1)[0];
      return [[moved.mask, mask], [tf.maximum(squared, 0.81), tf.fill(squared.shape, 0.81)], [first, own]];
    },
    singular: { 'one place': { points: [[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3]] } },
  },
  'geometry.neighborhood.farthestPointSampling': {
    args: { points: cloud() }, sizes: SIZES, call: ({ points }) => neighborhood.farthestPointSampling(points, 4), noGradients: CONSTANT, law: 'turns with the points, and does not see the scale',
    holds: ({ points }, [indices], random) => [[neighborhood.farthestPointSampling(turned(tf.mul(points, 3), aTurn(random)), 4).indices, indices]], singular: { 'one place': { points: [[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3]] } },
  },
  'geometry.neighborhood.poissonDiskSampling': {
    args: { points: cloud() }, sizes: SIZES, call: ({ points }) => neighborhood.poissonDiskSampling(points, 0.7), noGradients: CONSTANT, notElementwise: 'a batch is padded to its largest sample', law: 'turns with the points, as the radius grows with them',
    holds: ({ points }, [indices], random) => [[neighborhood.poissonDiskSampling(turned(tf.mul(points, 3), aTurn(random)), 2.1).indices, indices]],
  },
  'geometry.neighborhood.interpolateByInverseDistance': {
    args: { features: uniform(['N', 'C']), sources: constant(uniform(['N', 'D']), CONSTANT), points: constant(uniform(['M', 'D']), CONSTANT) }, batch: 'same', sizes: SIZES, law: 'keeps constants, and is linear in the features',
    holds: ({ features, sources, points }, [y]) => [[neighborhood.interpolateByInverseDistance(tf.add(tf.mul(features, 2), 1), sources, points), tf.add(tf.mul(y, 2), 1)]],
    singular: { 'one place': { features: [[1], [2], [3]], sources: [[0, 0, 0], [0, 0, 0], [0, 0, 0]], points: [[0, 0, 0]] } },
  },
  'geometry.neighborhood.kernelDensity': {
    args: { points: cloud() }, sizes: SIZES, call: ({ points }) => neighborhood.kernelDensity(points, 0.8), law: 'turns with the points, and falls with the cube of the scale', tolerance: 1e-3, gradientTolerance: 1e-4,
    holds: ({ points }, [d], random) => [[neighborhood.kernelDensity(turned(points, aTurn(random)), 0.8), d], [tf.mul(8, neighborhood.kernelDensity(tf.mul(points, 2), 1.6)), d]], singular: { 'one place': { points: [[1, 2, 3], [1, 2, 3]] } },
  },
  'geometry.pointHierarchy.axisAlignedBoundingBox': {
    args: { points: cloud() }, sizes: SIZES, law: 'moves and grows with the points, and turns over when they are mirrored',
    holds: ({ points }, [min, max]) => {
      const [moved, mirrored] = [pointHierarchy.axisAlignedBoundingBox(tf.add(tf.mul(points, 2), 1)), pointHierarchy.axisAlignedBoundingBox(tf.neg(points))];
      return [[moved.min, tf.add(tf.mul(min, 2), 1)], [moved.max, tf.add(tf.mul(max, 2), 1)], [mirrored.min, tf.neg(max)], [mirrored.max, tf.neg(min)]];
    },
    singular: { 'one place': { points: [[1, 2, 3], [1, 2, 3], [1, 2, 3]] } },
  },
  'geometry.pointHierarchy.regularGrid': {
    args: { points: cloud() }, sizes: SIZES, call: ({ points }) => pointHierarchy.regularGrid(points, 0.7), noGradients: CONSTANT,
    notElementwise: 'cells are counted in the largest cloud\'s grid', law: 'does not see the scale, as the cells grow with it',
    holds: ({ points }, [cells, order]) => { const grown = pointHierarchy.regularGrid(tf.mul(points, 2), 1.4); return [[grown.cells, cells], [grown.order, order]]; },
    singular: { 'one place': { points: [[1, 2, 3], [1, 2, 3], [1, 2, 3]] } },
  },
  'geometry.registration.umeyama': {
    args: { source: uniform(['N', 3]), target: uniform(['N', 3]), weights: uniform(['N'], 0.2, 1) }, sizes: { N: [5, 6] }, call: ({ source, target, weights }) => registration.umeyama(source, target, { weights }), law: 'finds the motion that was made', tolerance: 1e-3, gradientTolerance: 1e-4,
    holds: ({ source, weights }, _, random) => {
      const [turn, shift] = [aTurn(random), random.uniform([3])];
      const found = registration.umeyama(source, tf.add(tf.mul(turned(source, turn), 2), shift), { weights });
      return [[found.rotation, tf.add(tf.zerosLike(found.rotation), turn)], [found.translation, tf.add(tf.zerosLike(found.translation), shift)], [found.scale, tf.fill(found.scale.shape, 2)]];
    },
    singular: {
      'no weight': { source: [[0, 0, 0], [1, 0, 0], [0, 1, 0]], target: [[0, 0, 0], [1, 0, 0], [0, 1, 0]], weights: [0, 0, 0] }, 'one place': { source: [[1, 1, 1], [1, 1, 1]], target: [[2, 2, 2], [2, 2, 2]], weights: [1, 1] },
      'a line': { source: [[0, 0, 0], [1, 0, 0], [2, 0, 0]], target: [[0, 0, 0], [0, 1, 0], [0, 2, 0]], weights: [1, 1, 1] }, 'a mirror image': { source: [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]], target: [[-1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]], weights: [1, 1, 1, 1] },
    },
  },
  'geometry.registration.icp': {
    args: { source: uniform(['N', 3]), target: uniform(['M', 3]) }, sizes: { N: [6, 8], M: [6, 8] }, batch: 'none', call: ({ source, target }) => registration.icp(source, target), noGradients: 'not differentiable: umeyama of its pairs is', law: 'finds a small motion that was made', tolerance: 1e-3,
    holds: ({ source }) => {
      const found = registration.icp(source, tf.add(source, tf.tensor1d([0.01, -0.02, 0.01])));
      return [[found.rotation, tf.eye(3)], [found.translation, tf.tensor1d([0.01, -0.02, 0.01])]];
    },
  },
  'geometry.registration.epnp': {
    args: {
      points3d: { axes: ['N', 3], make: (random, shape) => random.uniform(shape) }, points2d: uniform(['N', 2], 200, 400), focal: shared(uniform([2], 400, 500)), principalPoint: shared(uniform([2], 200, 300)),
    },
    sizes: { N: [8, 10] }, batch: 'none', noGradients: 'not differentiable', law: 'finds the pose from which points were seen', tolerance: 1e-2,
    holds: ({ points3d, focal, principalPoint }, _, random) => {
      const [turn, shift] = [aTurn(random), tf.tensor1d([0.2, -0.1, 6])];
      const [x, y, z] = tf.split(tf.add(turned(points3d, turn), shift), 3, -1);
      const seen = tf.add(tf.mul(tf.div(tf.concat([x, y], -1), z), focal), principalPoint);
      const found = registration.epnp(points3d, seen, focal, principalPoint);
      return [[found.rotation, turn], [found.translation, shift]];
    },
  },
};

const PLAIN = 'it takes plain arrays; its tests stand in scene';
const LISTS = 'it takes or makes lists of neighbours, not tensors; graphConvolution.test.ts and graphPooling.test.ts';
const ASYNC = 'it is its namesake, read another way: the tests beside it compare the two';
const HIERARCHY = 'it takes a hierarchy: its values and gradients are tried in setAbstraction.test.ts';
const CHECKS = 'it only refuses; graphConvolution.test.ts and graphPooling.test.ts';

export const NEIGHBORHOODS_EXEMPT: Exempt = {
  'geometry.neighborhood.kNearestNeighborsAsync': ASYNC, 'geometry.neighborhood.ballQueryAsync': ASYNC, 'geometry.registration.icpAsync': ASYNC,
  'geometry.convolution.averageRows': PLAIN, 'geometry.convolution.neighborhoodFromEntries': PLAIN, 'geometry.convolution.normalizeRows': PLAIN, 'geometry.convolution.stackNeighborhoods': PLAIN,
  'geometry.convolution.transposeNeighborhood': PLAIN, 'geometry.convolution.coarsenNeighborhood': PLAIN, 'geometry.convolution.meshLevels': PLAIN, 'geometry.convolution.meshNeighborhood': PLAIN,
  'geometry.convolution.symmetricWeights': PLAIN, 'geometry.pointHierarchy.dropPoints': PLAIN, 'geometry.convolution.neighborhoodFromDense': PLAIN, 'geometry.convolution.neighborhoodFromTable': PLAIN, 'geometry.pointHierarchy.buildPointHierarchy': PLAIN,
  'geometry.pointHierarchy.createPointHierarchy': PLAIN, 'geometry.pointHierarchy.disposePointHierarchy': PLAIN, 'geometry.pointHierarchy.withPositions': HIERARCHY, 'geometry.pointHierarchy.createPointRows': PLAIN, 'geometry.pointHierarchy.disposePointRows': PLAIN,
  'geometry.convolution.createNeighborhood': LISTS, 'geometry.convolution.disposeNeighborhood': LISTS, 'geometry.convolution.fromDense': LISTS, 'geometry.convolution.transpose': LISTS,
  'geometry.convolution.utils.convertToBlockDiag2d': LISTS, 'geometry.neighborhood.neighborhoodOf': LISTS, 'geometry.neighborhood.radiusPairs': LISTS, 'geometry.neighborhood.gridAverageMap': LISTS,
  'geometry.convolution.utils.checkValidGraphConvolutionInput': CHECKS, 'geometry.convolution.utils.checkValidGraphPoolingInput': CHECKS, 'geometry.convolution.utils.checkValidGraphUnpoolingInput': CHECKS,
};
