import { beforeAll, expect, it } from 'vitest';
import { icosphereMesh } from '../../scene/primitives';
import { buildTopology } from '../../scene/topology';
import { keepOnGPU } from '../kernels/testing/backends';
import { probe } from '../testing/gradients';
import * as tf from '../tf';
import { createNeighborhood, disposeNeighborhood, meshNeighborhood } from './convolution';
import { umeyama } from './registration';
import { grid, mesh, ray } from './representation';
import { quaternion, rotation9d, se3 } from './transformation';

beforeAll(keepOnGPU);

const sphere = icosphereMesh(1, 1);
const count = sphere.positions.length / 3;

/** Values that vary without a seed. */
const wave = (shape: number[], phase = 0): tf.Tensor =>
  tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(1.3 * i + phase) + 0.3 * Math.cos(7.1 * i)), shape);

type Build = () => { readonly f: (x: tf.Tensor) => tf.Tensor; readonly x: tf.Tensor; readonly done?: () => void };

/** What has no golden case: the values and gradients of both backends are compared. */
const CASES: Record<string, Build> = {
  'se3.exp': () => ({ f: se3.exp, x: wave([2, 3, 6]) }),
  'se3.log': () => ({ f: (x) => se3.log(se3.exp(x)), x: wave([5, 6]) }),
  rotation9d: () => ({ f: rotation9d.toRotationMatrix, x: wave([7, 9]) }),
  umeyama: () => ({ f: (x) => umeyama(x, wave([6, 3], 1)).rotation, x: wave([2, 6, 3]) }),
  'quaternion.rotate of deep batches': () => ({ f: (x) => quaternion.rotate(x, wave([2, 1, 1, 2, 4])), x: wave([3, 1, 2, 3]) }),
  'grid.generate': () => ({ f: (x) => grid.generate(x, tf.ones([2]), [3, 4]), x: wave([2, 2]) }),
  'ray samples': () => ({ f: (x) => ray.sampleStratified1d(x, wave([4, 3], 2), 0.5, 2, 6, { seed: 1 }).points, x: wave([4, 3]) }),
  'resampled rays': () => ({ f: (x) => ray.sampleInverseTransformStratified1d(x, wave([4, 3], 2), tf.tensor1d([0, 1, 2, 3]), tf.ones([4]), 5, { seed: 1 }).points, x: wave([4, 3]) }),
  'mesh sampler': () => {
    const faces = tf.tensor2d(Int32Array.from(sphere.faces), [sphere.faces.length / 3, 3], 'int32');
    return { f: (x) => mesh.sampler.areaWeightedRandomSampleTriangleMesh(x, faces, 40, { vertexPositions: tf.tensor2d(sphere.positions, [count, 3]), seed: 1 }).samplePoints, x: wave([2, count, 3]) };
  },
  'cotangent laplacian': () => {
    const topology = mesh.createTopology(buildTopology(sphere));
    const x = tf.add(tf.tensor2d(sphere.positions, [count, 3]), tf.mul(wave([2, count, 3]), 0.05));
    return { f: (v) => mesh.laplacian.cotangent(v, v, topology), x, done: () => mesh.disposeTopology(topology) };
  },
  'taubin smoothing': () => {
    const around = createNeighborhood(meshNeighborhood(sphere, { selfEdges: false }));
    return { f: (x) => mesh.smoothing.taubin(x, around, { iterations: 3 }), x: wave([2, count, 3]), done: () => disposeNeighborhood(around) };
  },
  subdivision: () => {
    const map = createNeighborhood(mesh.subdivision.planSubdivision({ faces: sphere.faces, vertexCount: count }).map);
    return { f: (x) => mesh.subdivision.subdivide(x, map), x: wave([2, count, 3]), done: () => disposeNeighborhood(map) };
  },
};

/** Relative to the largest value: a few roundings of float32, which logarithms and normalisations carry on. */
const TOLERANCE = 1e-4;

async function evaluate(backend: 'cpu' | 'webgl', build: Build): Promise<{ values: Float32Array; gradient: Float32Array; left: number }> {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const [values, gradient] = tf.tidy(() => {
    const { f, x, done } = build();
    const results = [f(x), tf.grad((t) => probe(f(t)))(x)].map((t) => t.dataSync() as Float32Array);
    done?.();
    return results;
  });
  return { values, gradient, left: tf.memory().numTensors - before };
}

const difference = (a: Float32Array, b: Float32Array): number => {
  const scale = b.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-6);
  return a.reduce((most, x, i) => (Math.abs(x - b[i]) <= most ? most : Math.abs(x - b[i])), 0) / scale;
};

it.each(Object.entries(CASES))('%s is the same on webgl as on cpu, with its gradient, and leaves nothing behind', async (_name, build) => {
  const [cpu, webgl] = [await evaluate('cpu', build), await evaluate('webgl', build)];
  expect(difference(webgl.values, cpu.values)).toBeLessThan(TOLERANCE);
  expect(difference(webgl.gradient, cpu.gradient)).toBeLessThan(TOLERANCE);
  expect([cpu.left, webgl.left]).toEqual([0, 0]);
});
