import { beforeAll, describe, expect, it } from 'vitest';
import { icosphereMesh, sixColorCube } from '../../../../scene/primitives';
import { buildTopology } from '../../../../scene/topology';
import { checkGradient, probe } from '../../../testing/gradients';
import * as tf from '../../../tf';
import { normals, sampler, utils } from '.';
import { createTopology } from './topology';

beforeAll(async () => { await tf.setBackend('cpu'); });

const largest = (t: tf.Tensor): number => tf.max(tf.abs(t)).dataSync()[0];
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const meshTensors = ({ positions, faces }: { positions: Float32Array; faces: Uint32Array }) =>
  [tf.tensor2d(positions, [positions.length / 3, 3]), tf.tensor2d(Int32Array.from(faces), [faces.length / 3, 3], 'int32')] as const;

describe('normals of plain indices', () => {
  const [vertices, faces] = meshTensors(sixColorCube());
  const topology = createTopology(buildTopology(sixColorCube()));

  it('are those of a topology, with their gradients, in batches (seed 3)', () => {
    const batch = tf.add(vertices, tf.mul(normal([2, 1, 24, 3], 3), 0.1));
    const f = (x: tf.Tensor) => normals.vertexNormals(x, faces);
    const g = (x: tf.Tensor) => normals.vertexNormals(x, topology);
    expect(largest(tf.sub(f(batch), g(batch)))).toBeLessThan(1e-6);
    expect(largest(tf.sub(tf.grad((x) => probe(f(x)))(batch), tf.grad((x) => probe(g(x)))(batch)))).toBeLessThan(1e-4);
    expect(largest(tf.sub(normals.gatherFaces(batch, faces), normals.gatherFaces(batch, topology)))).toBe(0);
    expect(largest(tf.add(f(batch), normals.vertexNormals(batch, faces, { clockwise: false })))).toBeLessThan(1e-6);
  });

  it('take polygons, another list of faces for each mesh, and refuse wrong shapes', () => {
    const square = tf.tensor2d([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0], [9, 9, 9]]);
    const lists = tf.tensor3d([[[0, 1, 2, 3]], [[3, 2, 1, 0]]], [2, 1, 4], 'int32');
    const result = normals.vertexNormals(square, lists);
    expect(result.shape).toEqual([2, 5, 3]);
    expect(Array.from(tf.slice(result, [0, 0, 2], [2, 5, 1]).dataSync())).toEqual([1, 1, 1, 1, 0, -1, -1, -1, -1, 0]);
    expect(normals.gatherFaces(square, lists).shape).toEqual([2, 1, 4, 3]);
    expect(() => normals.vertexNormals(tf.zeros([4, 2]), lists)).toThrow(/vertices must have exactly 3/);
    expect(() => normals.gatherFaces(tf.zeros([3, 4, 3]), lists)).toThrow(/vertices: \[3\], indices: \[2\]/);
    expect(() => normals.faceNormals(tf.zeros([2, 3]))).toThrow(/faces must have greater than 2 dimensions in axis -2/);
  });
});

describe('mesh.utils', () => {
  it('finds every edge of a closed mesh once: V − E + F = 2, from arrays, rows and tensors', () => {
    const sphere = icosphereMesh(1, 1);
    const weldless = Uint32Array.of(0, 1, 2, 0, 2, 3, 0, 3, 1, 1, 3, 2);
    expect(utils.extractUniqueEdgesFromTriangularMesh(weldless).length / 2).toBe(4 + 4 - 2);
    const edges = utils.extractUniqueEdgesFromTriangularMesh(sphere.faces, { directedEdges: true });
    expect(edges.length % 4).toBe(0);
    expect(Array.from(utils.extractUniqueEdgesFromTriangularMesh([[2, 1, 0]]))).toEqual([0, 1, 0, 2, 1, 2]);
    expect(utils.extractUniqueEdgesFromTriangularMesh(tf.tensor2d([[0, 1, 2]], [1, 3], 'int32')).dtype).toBe('int32');
    const weights = utils.getDegreeBasedEdgeWeights(edges, { dtype: 'float64' });
    const sums = new Map<number, number>();
    weights.forEach((weight, i) => sums.set(edges[2 * i], (sums.get(edges[2 * i]) ?? 0) + weight));
    [...sums.values()].forEach((sum) => expect(sum).toBeCloseTo(1, 12));
  });

  it('refuses what is not rows of whole numbers', () => {
    expect(() => utils.extractUniqueEdgesFromTriangularMesh([0, 1])).toThrow(/faces must have rows of 3 numbers/);
    expect(() => utils.extractUniqueEdgesFromTriangularMesh([0, 1, -2])).toThrow(/faces must be whole numbers/);
    expect(() => utils.getDegreeBasedEdgeWeights(tf.zeros([2, 3]))).toThrow(/edges must have exactly 2/);
  });
});

describe('mesh.sampler', () => {
  const cube = sixColorCube();
  const [vertices, faces] = meshTensors(cube);

  it('draws faces by weight, never those without (seed 4)', () => {
    const drawn = sampler.generateRandomFaceIndices(4000, tf.tensor2d([[1, 0, 3, 0], [0, 0, 0, 0]]), { seed: 4 });
    expect([drawn.shape, drawn.dtype]).toEqual([[2, 4000], 'int32']);
    const counts = (row: number) => [0, 1, 2, 3].map((face) => drawn.dataSync().slice(4000 * row, 4000 * (row + 1)).filter((f) => f === face).length);
    expect(counts(0)[1] + counts(0)[3]).toBe(0);
    expect(Math.abs(counts(0)[0] - 1000)).toBeLessThan(120);
    counts(1).forEach((n) => expect(Math.abs(n - 1000)).toBeLessThan(120));
  });

  it('draws barycentric coordinates with the mean of the centroid (seed 5)', () => {
    const shares = sampler.generateRandomBarycentricCoordinates([2, 5000], { seed: 5 });
    expect(shares.shape).toEqual([2, 5000, 3]);
    expect(tf.min(shares).dataSync()[0]).toBeGreaterThanOrEqual(0);
    expect(largest(tf.sub(tf.sum(shares, -1), 1))).toBeLessThan(1e-6);
    expect(largest(tf.sub(tf.mean(shares, [0, 1]), 1 / 3))).toBeLessThan(0.01);
    expect(() => sampler.generateRandomBarycentricCoordinates([1], { seed: 1, dtype: 'int32' as 'float32' })).toThrow(/dtype must be float32/);
  });

  it('puts points on the surface, all over it, the same for the same seed (seed 6)', () => {
    const { samplePoints, sampleFaceIndices } = sampler.areaWeightedRandomSampleTriangleMesh(vertices, faces, 3000, { seed: 6 });
    const again = sampler.areaWeightedRandomSampleTriangleMesh(vertices, faces, 3000, { seed: 6 });
    expect(largest(tf.sub(samplePoints, again.samplePoints))).toBe(0);
    expect(largest(tf.sub(tf.max(tf.abs(samplePoints), 1), 0.5))).toBeLessThan(1e-6);
    expect(largest(tf.mean(samplePoints, 0))).toBeLessThan(0.03);
    expect([samplePoints.shape, sampleFaceIndices.shape]).toEqual([[3000, 3], [3000]]);
    const colors = sampler.areaWeightedRandomSampleTriangleMesh(normal([2, 24, 5], 7), faces, 10, { vertexPositions: vertices, seed: 6 });
    expect(colors.samplePoints.shape).toEqual([2, 10, 5]);
  });

  it('lets gradients through to the vertices, leaves nothing behind, and refuses wrong shapes', () => {
    const single = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
    const f = (x: tf.Tensor) => sampler.weightedRandomSampleTriangleMesh(x, single, 5, tf.ones([1]), { seed: 8 }).samplePoints;
    expect(checkGradient((x) => probe(f(x)), [3, 3], [0, 0, 0, 1, 0, 0, 0, 1, 0]).relativeError).toBeLessThan(2e-3);
    const before = tf.memory().numTensors;
    tf.dispose(sampler.areaWeightedRandomSampleTriangleMesh(vertices, faces, 5, { seed: 1 }));
    expect(tf.memory().numTensors).toBe(before);
    // Weights alone may be a batch, too.
    expect(sampler.weightedRandomSampleTriangleMesh(vertices, faces, 5, tf.ones([2, 12]), { seed: 1 }).samplePoints.shape).toEqual([2, 5, 3]);
    expect(() => sampler.weightedRandomSampleTriangleMesh(vertices, faces, 5, tf.ones([3]), { seed: 1 })).toThrow(/faceWeights must have exactly 12/);
    expect(() => sampler.triangleArea(tf.zeros([2]), tf.zeros([3]), tf.zeros([3]))).toThrow(/vertex0 must have exactly 3/);
    expect(() => sampler.generateRandomFaceIndices(0, tf.ones([3]), { seed: 1 })).toThrow(/numSamples must be a whole number/);
  });
});
