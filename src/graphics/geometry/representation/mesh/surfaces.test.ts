import { beforeAll, describe, expect, it } from 'vitest';
import { icosphereMesh } from '../../../../scene/primitives';
import { createRandom } from '../../../../scene/random';
import { buildTopology } from '../../../../scene/topology';
import { weldPositions } from '../../../../scene/weld';
import { checkGradient, probe } from '../../../testing/gradients';
import * as tf from '../../../tf';
import { createNeighborhood, disposeNeighborhood, meshNeighborhood } from '../../convolution';
import { energy } from '../../deformationEnergy/asConformalAsPossible';
import { createTopology, disposeTopology, distance, laplacian, smoothing, subdivision } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

const largest = (t: tf.Tensor): number => tf.max(tf.abs(t)).dataSync()[0];
const finite = (t: tf.Tensor): boolean => t.dataSync().every(Number.isFinite);
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

/** A closed sphere with one vertex at each place. */
function weldedSphere(subdivisions: number) {
  const mesh = icosphereMesh(1, subdivisions);
  const { ids, count } = weldPositions(mesh.positions);
  const positions = new Float32Array(3 * count);
  ids.forEach((id, v) => positions.set(mesh.positions.subarray(3 * v, 3 * v + 3), 3 * id));
  return { positions, faces: Uint32Array.from(mesh.faces, (v) => ids[v]), count };
}
const sphere = weldedSphere(2);
const vertices = tf.tensor2d(sphere.positions, [sphere.count, 3]);
const faces = tf.tensor2d(Int32Array.from(sphere.faces), [sphere.faces.length / 3, 3], 'int32');
const topology = createTopology(buildTopology(sphere));
const neighborhood = createNeighborhood(meshNeighborhood(sphere, { selfEdges: false }));
// A bumpy square of two triangles and a far point without faces.
const square = { positions: Float32Array.of(0, 0, 0, 1, 0, 0.2, 1, 1, 0, 0, 1, 0.1, 5, 5, 5), faces: Uint32Array.of(0, 1, 2, 0, 2, 3) };

describe('laplacian', () => {
  it('is 0 for what is constant, in batches, and for vertices without neighbours (seed 1)', () => {
    const batch = normal([2, 1, sphere.count, 3], 1);
    for (const f of [(x: tf.Tensor) => laplacian.uniform(x, neighborhood), (x: tf.Tensor) => laplacian.cotangent(x, batch, topology)]) {
      expect(largest(f(tf.ones([2, 1, sphere.count, 4])))).toBeLessThan(1e-4);
    }
    const lonely = createNeighborhood(meshNeighborhood(square, { selfEdges: false }));
    expect(largest(tf.slice(laplacian.uniform(tf.tensor2d(square.positions, [5, 3]), lonely), [4, 0], [1, 3]))).toBe(0);
  });

  it('of a unit sphere points inwards, by area with a length of 2', () => {
    const curvature = laplacian.cotangent(vertices, vertices, topology, { perArea: true });
    // On average: a third of the triangles' area is a vertex's own share only where they are regular.
    expect(tf.mean(tf.sum(tf.mul(curvature, vertices), 1)).dataSync()[0]).toBeCloseTo(-2, 1);
    expect(tf.max(tf.sum(tf.mul(laplacian.uniform(vertices, neighborhood), vertices), 1)).dataSync()[0]).toBeLessThan(0);
  });

  it('by cotangents is 0 inside a plane however it is meshed, and edge by edge the same', () => {
    const flat = { positions: Float32Array.of(0, 0, 0, 2, 0, 0, 2, 1, 0, 0, 1, 0, 0.3, 0.6, 0), faces: Uint32Array.of(0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4) };
    const [points, flatTopology] = [tf.tensor2d(flat.positions, [5, 3]), createTopology(buildTopology(flat))];
    expect(largest(tf.slice(laplacian.cotangent(points, points, flatTopology), [4, 0], [1, 3]))).toBeLessThan(1e-5);
    const weights = laplacian.cotangentEdgeWeights(points, flatTopology);
    // Edges from vertex 4 are the last of each vertex's.
    const edges = [[0, 1], [0, 3], [0, 4], [1, 2], [1, 4], [2, 3], [2, 4], [3, 4]];
    expect(weights.shape).toEqual([edges.length]);
    const values = weights.dataSync();
    const atMiddle = edges.reduce((sum, [a, b], e) => (b === 4 ? sum + values[e] * (flat.positions[3 * a] - 0.3) : sum), 0);
    expect(atMiddle).toBeCloseTo(0, 5);
    expect(energy(points, points, tf.tile(tf.tensor2d([[0, 0, 0, 1]]), [5, 1]), tf.tensor2d(edges, [8, 2], 'int32'), { edgeWeight: weights }).dataSync()[0]).toBe(0);
    disposeTopology(flatTopology);
  });

  it('has the gradients of central differences, finite without area, and refuses wrong shapes', () => {
    const [bumpy, bumpyTopology] = [Array.from(square.positions), createTopology(buildTopology(square))];
    expect(checkGradient((x) => probe(laplacian.cotangent(x, x, bumpyTopology)), [5, 3], bumpy, 3e-3).relativeError).toBeLessThan(5e-3);
    expect(checkGradient((x) => probe(laplacian.cotangent(x, x, bumpyTopology, { perArea: true })), [5, 3], bumpy.map((x, i) => x + 0.1 * Math.sin(i)), 3e-3).relativeError).toBeLessThan(1e-2);
    expect(finite(tf.grad((x) => probe(laplacian.cotangent(x, x, bumpyTopology, { perArea: true })))(tf.zeros([5, 3])))).toBe(true);
    expect(() => laplacian.cotangent(tf.zeros([4, 3]), tf.zeros([4, 3]), bumpyTopology)).toThrow(/values must have exactly 5 dimensions in axis -2/);
    expect(() => laplacian.uniform(tf.zeros([4, 3]), neighborhood)).toThrow(/values must have exactly 162 dimensions in axis -2/);
  });
});

describe('smoothing.taubin', () => {
  it('takes noise away and keeps the size, which plain smoothing does not (seed 2)', () => {
    const noisy = tf.mul(vertices, tf.add(1, tf.mul(normal([sphere.count, 1], 2), 0.03)));
    const radius = (x: tf.Tensor) => tf.norm(x, 'euclidean', 1);
    const spread = (x: tf.Tensor) => tf.moments(radius(x)).variance.dataSync()[0];
    const size = (x: tf.Tensor) => tf.mean(radius(x)).dataSync()[0];
    const smooth = smoothing.taubin(noisy, neighborhood);
    expect(spread(smooth)).toBeLessThan(spread(noisy) / 2);
    expect(Math.abs(size(smooth) - size(noisy))).toBeLessThan(0.01);
    expect(size(smoothing.taubin(noisy, neighborhood, { mu: 0 }))).toBeLessThan(0.85);
    expect(smoothing.taubin(noisy, neighborhood, { iterations: 0 }).shape).toEqual([sphere.count, 3]);
  });

  it('has the gradients of central differences, and leaves nothing behind', () => {
    const small = createNeighborhood(meshNeighborhood(square, { selfEdges: false }));
    expect(checkGradient((x) => probe(smoothing.taubin(x, small, { iterations: 3 })), [5, 3], Array.from(square.positions)).relativeError).toBeLessThan(2e-3);
    disposeNeighborhood(small);
    const before = tf.memory().numTensors;
    smoothing.taubin(vertices, neighborhood).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('subdivision', () => {
  it.each(['loop', 'midpoint'] as const)('by %s makes four faces of one, keeps winding and the sum of weights', (scheme) => {
    const plan = subdivision.planSubdivision({ faces: sphere.faces, vertexCount: sphere.count }, { scheme });
    const map = createNeighborhood(plan.map);
    const fine = subdivision.subdivide(vertices, map);
    expect(plan.faces.length).toBe(4 * sphere.faces.length);
    expect(fine.shape[0] - plan.faces.length / 6).toBe(2);
    expect(largest(tf.sub(subdivision.subdivide(tf.ones([2, sphere.count, 1]), map), 1))).toBeLessThan(1e-6);
    const mesh = { positions: fine.dataSync() as Float32Array, faces: plan.faces };
    const fineTopology = createTopology(buildTopology(mesh));
    expect(tf.min(fineTopology.opposites).dataSync()[0]).toBeGreaterThanOrEqual(0);
    expect(tf.max(tf.sum(tf.mul(laplacian.cotangent(fine, fine, fineTopology), fine), 1)).dataSync()[0]).toBeLessThan(1e-5);
    disposeTopology(fineTopology);
  });

  it('by Loop has the weights of the paper: at valence 3, on open edges, at corners', () => {
    const tetrahedron = subdivision.planSubdivision({ faces: [0, 1, 2, 0, 2, 3, 0, 3, 1, 1, 3, 2], vertexCount: 4 });
    const row = ({ map }: subdivision.Subdivision, r: number) => Array.from(map.weights.slice(map.offsets[r], map.offsets[r + 1]));
    expect(row(tetrahedron, 0).sort()).toEqual([3 / 16, 3 / 16, 3 / 16, 7 / 16]);
    expect(row(tetrahedron, 4).sort()).toEqual([1 / 8, 1 / 8, 3 / 8, 3 / 8]);
    const open = subdivision.planSubdivision({ faces: square.faces, vertexCount: 5 });
    expect(row(open, 1).sort()).toEqual([1 / 8, 1 / 8, 3 / 4]);
    expect(row(open, 4)).toEqual([1]);
    expect(row(open, 5)).toEqual([1 / 2, 1 / 2]);
    // Three faces on one edge: it and its ends are sharp, and its ends, where three sharp edges meet, stay.
    const fan = subdivision.planSubdivision({ faces: [0, 1, 2, 0, 1, 3, 0, 1, 4], vertexCount: 5 });
    expect(row(fan, 0)).toEqual([1]);
    expect(row(fan, 5)).toEqual([1 / 2, 1 / 2]);
  });

  it('lets gradients through, and refuses wrong shapes', () => {
    const map = createNeighborhood(subdivision.planSubdivision({ faces: square.faces, vertexCount: 5 }).map);
    expect(checkGradient((x) => probe(subdivision.subdivide(x, map)), [5, 3], Array.from(square.positions)).relativeError).toBeLessThan(2e-3);
    expect(() => subdivision.subdivide(tf.zeros([4, 3]), map)).toThrow(/values must have exactly 5 dimensions in axis 0/);
  });
});

describe('distance.pointsToMesh', () => {
  it('finds the nearest place as looking at every face does (seed 3)', () => {
    const random = createRandom(3);
    const queries = Array.from({ length: 60 }, () => [random.normal(), random.normal(), random.normal()]);
    const points = tf.tensor2d(queries);
    const { squaredDistances, closestPoints, faceIndices, barycentrics } = distance.pointsToMesh(points, vertices, faces);
    const nearestTo = (f: number) => distance.pointsToMesh(points, vertices, tf.slice(faces, [f, 0], [1, 3])).squaredDistances;
    const least = tf.tidy(() => Array.from({ length: faces.shape[0] }, (_, f) => nearestTo(f)).reduce((a, b) => tf.minimum(a, b)));
    expect(largest(tf.sub(squaredDistances, least))).toBeLessThan(1e-6);
    expect([closestPoints.shape, faceIndices.shape, largest(tf.sub(tf.sum(barycentrics, 1), 1)) < 1e-6]).toEqual([[60, 3], [60], true]);
    // A sphere's nearest place lies almost along the point's own direction.
    const cosine = tf.div(tf.sum(tf.mul(points, closestPoints), 1), tf.mul(tf.norm(points, 'euclidean', 1), tf.norm(closestPoints, 'euclidean', 1)));
    expect(tf.min(cosine).dataSync()[0]).toBeGreaterThan(0.95);
  });

  it.each([
    ['inside', [0.2, 0.3, 2], [0.2, 0.3, 0]], ['an edge', [0.5, -1, 0], [0.5, 0, 0]], ['a corner', [-1, -1, 1], [0, 0, 0]], ['the long edge', [1, 1, 0], [0.5, 0.5, 0]],
  ])('finds %s of a triangle', (_name, point, expected) => {
    const triangle = tf.tensor2d([[0, 0, 0], [1, 0, 0], [0, 1, 0]]);
    const { closestPoints } = distance.pointsToMesh(tf.tensor2d([point]), triangle, tf.tensor2d([[0, 1, 2]], [1, 3], 'int32'));
    Array.from(closestPoints.dataSync()).forEach((x, k) => expect(x).toBeCloseTo(expected[k], 6));
  });

  it('has the gradients of central differences in points and vertices, and takes triangles without area', () => {
    const [two, ends] = [tf.tensor2d(square.positions, [5, 3]), tf.tensor2d(Int32Array.from(square.faces), [2, 3], 'int32')];
    const points = [0.2, 0.3, 2, -1, 0.5, 0.3, 1.5, 0.4, -1];
    const f = (p: tf.Tensor, v: tf.Tensor) => distance.pointsToMesh(p, v, ends).squaredDistances;
    expect(checkGradient((x) => probe(f(x, two)), [3, 3], points).relativeError).toBeLessThan(2e-3);
    expect(checkGradient((x) => probe(f(tf.tensor2d(points, [3, 3]), x)), [5, 3], Array.from(square.positions)).relativeError).toBeLessThan(2e-2);
    const nothing = distance.pointsToMesh(tf.tensor2d([[1, 2, 2]]), tf.zeros([5, 3]), ends).squaredDistances;
    expect(nothing.dataSync()[0]).toBeCloseTo(9, 5);
    expect(finite(tf.grad((x) => probe(f(x, two)))(two))).toBe(true);
  });

  it('leaves nothing behind, and refuses wrong shapes and empty meshes', () => {
    const before = tf.memory().numTensors;
    tf.dispose(distance.pointsToMesh(vertices, vertices, faces));
    expect(tf.memory().numTensors).toBe(before);
    expect(() => distance.pointsToMesh(tf.zeros([3]), vertices, faces)).toThrow(/points must have a rank of 2/);
    expect(() => distance.pointsToMesh(tf.tensor2d([[0, 0, 0], [NaN, 0, 0]]), vertices, faces)).toThrow(/must be finite.*nothing is nearest to point 1/);
    expect(() => distance.pointsToMesh(vertices, vertices, tf.zeros([0, 3], 'int32'))).toThrow(/faces must have greater than 0 dimensions/);
  });
});
