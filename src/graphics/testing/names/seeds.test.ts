import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../tf';
import { lookUp } from './lookUp';

// TensorFlow Graphics draws from a global state where no seed is given. Here a seed must be: who calls without, as there, is told so by name.

const ray = () => [tf.zeros([3]), tf.ones([3])];
const mesh = () => [tf.ones([3, 3]), tf.tensor2d([[0, 1, 2]], [1, 3], 'int32')];

/** Everything of TensorFlow Graphics with chance in it, called as there. */
const CALLS: Readonly<Record<string, () => readonly unknown[]>> = {
  'geometry.representation.mesh.sampler.areaWeightedRandomSampleTriangleMesh': () => [...mesh(), 4],
  'geometry.representation.mesh.sampler.generateRandomBarycentricCoordinates': () => [[4]],
  'geometry.representation.mesh.sampler.generateRandomFaceIndices': () => [4, tf.ones([3])],
  'geometry.representation.mesh.sampler.weightedRandomSampleTriangleMesh': () => [...mesh(), 4, tf.ones([1])],
  'geometry.representation.ray.sample1d': () => [...ray(), 0, 1, 4],
  'geometry.representation.ray.sampleInverseTransformStratified1d': () => [...ray(), tf.ones([2]), tf.ones([2]), 4],
  'geometry.representation.ray.sampleStratified1d': () => [...ray(), 0, 1, 4],
  'geometry.transformation.quaternion.normalizedRandomUniform': () => [[2]],
  'math.sampling.inverseTransformSampling1d': () => [tf.ones([3]), tf.ones([3]), 4],
  'math.sampling.inverseTransformStratified1d': () => [tf.ones([3]), tf.ones([3]), tf.ones([3]), 4],
  'math.sampling.stratified1d': () => [tf.scalar(0), tf.scalar(1), 4],
  'math.sampling.stratifiedGeomspace1d': () => [tf.scalar(1), tf.scalar(2), 4],
  'math.sampling.uniform1d': () => [tf.scalar(0), tf.scalar(1), 4],
  'rendering.camera.perspective.randomPatches': () => [tf.ones([2]), tf.ones([2]), 8, 8, 3, 3],
  'rendering.camera.perspective.randomRays': () => [tf.ones([2]), tf.ones([2]), 8, 8, 4],
};

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('what has chance in it', () => {
  it.each(Object.entries(CALLS))('%s asks for a seed, and takes whole numbers alone', (path, args) => {
    const draw = lookUp(path) as (...values: unknown[]) => unknown;
    expect(() => draw(...args())).toThrow('seed must be a whole number');
    for (const seed of [undefined, 0.5, -1, Number.NaN]) expect(() => draw(...args(), { seed })).toThrow(`but it is ${seed}`);
    expect(() => draw(...args(), { seed: 0 })).not.toThrow();
  });
});
