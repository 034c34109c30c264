import { geometry, tf } from '../../index';
import { constant, integers, rotation, uniform, unit } from './arguments';
import type { Argument, Equal, Exempt, Table } from './entry';
import { CORNERS, FACES, halves, ring, topology } from './fixtures';
import { LINEAR, SMOOTH } from './reasons';

const { grid, point, ray, triangle } = geometry.representation;
const { distance, laplacian, marchingCubes, normals, sampler, smoothing, subdivision, utils } = geometry.representation.mesh;
const { rotate } = geometry.transformation.rotationMatrix3d;

const SEED = { seed: 11 };
const DRAWN = 'each element has random numbers of its own';
const wide = (t: tf.Tensor, like: tf.Tensor): tf.Tensor => tf.add(tf.zerosLike(like), t);
const dot = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.mul(a, b), -1);
const isZero = (t: tf.Tensor): Equal => [t, tf.zerosLike(t)];
const lengths = (t: tf.Tensor): tf.Tensor => tf.norm(t, 'euclidean', -1);

/** The tetrahedron's vertices, moved a little: four of them, or as many as a letter says where the number is free. */
const vertices = (...axes: Argument['axes']): Argument => ({ axes: axes.length > 0 ? axes : [4, 3], make: (random, shape) => tf.tidy(() => tf.add(random.uniform(shape, -0.3, 0.3), tf.tensor2d(CORNERS))) });
const faces = (corner: number | string = 3): Argument => ({
  axes: ['F', corner], make: (_, shape) => tf.tidy(() => tf.add(tf.zeros([...shape], 'int32'), tf.tensor2d(FACES, [4, 3], 'int32'))), constant: 'whole numbers',
});
/** Three corners of a triangle that is not thin. */
const corners = (names: readonly [string, string, string]): Record<string, Argument> => {
  const corner = (at: number[]): Argument => ({ axes: [3], make: (random, shape) => tf.add(random.uniform(shape, -0.3, 0.3), tf.tensor1d(at)) });
  return { [names[0]]: corner([0, 0, 0]), [names[1]]: corner([2, 0, 0]), [names[2]]: corner([0, 2, 1]) };
};
const flat = (names: readonly [string, string, string]) => ({
  'a point': { [names[0]]: [1, 2, 3], [names[1]]: [1, 2, 3], [names[2]]: [1, 2, 3] }, 'a line': { [names[0]]: [0, 0, 0], [names[1]]: [1, 1, 1], [names[2]]: [2, 2, 2] },
});
const rays = (): Record<string, Argument> => ({ rayOrg: uniform([3]), rayDir: unit(3) });
/** Distances in order along the last axis. */
const inOrder = (...axes: Argument['axes']): Argument => ({ axes, make: (random, shape) => tf.cumsum(random.uniform(shape, 0.2, 1), shape.length - 1) });
/** Points lie on their rays, at their distances. */
const onRays = (origin: tf.Tensor, direction: tf.Tensor, points: tf.Tensor, z: tf.Tensor): Equal =>
  [points, tf.add(tf.expandDims(origin, -2), tf.mul(tf.expandDims(direction, -2), tf.expandDims(z, -1)))];

const TRIANGLE = ['v0', 'v1', 'v2'] as const;
const TRIANGLE_OF_SAMPLER = ['vertex0', 'vertex1', 'vertex2'] as const;

export const REPRESENTATION: Table = {
  'geometry.representation.grid.generate': {
    args: { starts: uniform(['M']), stops: uniform(['M'], 2, 3) }, sizes: { M: [2, 2] }, call: ({ starts, stops }) => grid.generate(starts, stops, [3, 2]), noSingular: LINEAR, law: 'is turned over by exchanging the ends',
    holds: ({ starts, stops }, [g]) => [[tf.reverse(grid.generate(stops, starts, [3, 2]), [g.rank - 3, g.rank - 2]), g]],
  },
  'geometry.representation.point.distanceToRay': {
    args: { point: uniform(['M']), origin: uniform(['M']), direction: unit('M') }, law: 'is the distance of the projection',
    holds: ({ point: p, origin, direction }, [d]) => { const foot = point.projectToRay(p, origin, direction); return [[tf.squeeze(d, [d.rank - 1]), lengths(tf.sub(wide(p, foot), foot))]]; },
    singular: { 'on the ray': { point: [1, 2, 5], origin: [1, 2, 3], direction: [0, 0, 1] }, 'at the origin': { point: [1, 2, 3], origin: [1, 2, 3], direction: [0, 0, 1] } },
  },
  'geometry.representation.point.projectToRay': {
    args: { point: uniform(['M']), origin: uniform(['M']), direction: unit('M') }, law: 'does nothing twice, and leaves an offset at right angles',
    holds: ({ point: p, origin, direction }, [foot]) => [[point.projectToRay(foot, origin, direction), foot], isZero(dot(tf.sub(p, foot), direction))],
    singular: { 'on the ray': { point: [1, 2, 5], origin: [1, 2, 3], direction: [0, 0, 1] } },
  },
  'geometry.representation.ray.sample1d': {
    args: { ...rays(), near: { ...uniform([], 0.5, 1), lenient: 'a number does as well' }, far: { ...uniform([], 2, 3), lenient: 'a number does as well' } }, batch: 'same',
    call: ({ rayOrg, rayDir, near, far }) => ray.sample1d(rayOrg, rayDir, near, far, 5, { strategy: 'regular' }), law: 'lies on the rays',
    holds: ({ rayOrg, rayDir }, [points, z]) => [onRays(rayOrg, rayDir, points, z)], singular: { 'no interval': { near: 1, far: 1 } },
  },
  'geometry.representation.ray.sampleStratified1d': {
    args: { ...rays(), near: { ...uniform([], 0.5, 1), lenient: 'a number does as well' }, far: { ...uniform([], 2, 3), lenient: 'a number does as well' } }, batch: 'same', notElementwise: DRAWN,
    call: ({ rayOrg, rayDir, near, far }) => ray.sampleStratified1d(rayOrg, rayDir, near, far, 5, SEED), singular: { 'no interval': { near: 1, far: 1 } }, law: 'lies on the rays', holds: ({ rayOrg, rayDir }, [points, z]) => [onRays(rayOrg, rayDir, points, z)],
  },
  'geometry.representation.ray.sampleInverseTransformStratified1d': {
    args: { ...rays(), zValuesInit: constant(inOrder('M'), 'new samples are constants, and in truth move with the old'), weightsInit: constant(uniform(['M'], 0.1, 1), 'new samples are constants') }, sizes: { M: [3, 4] }, notElementwise: DRAWN, gradientTolerance: 1e-4,
    call: ({ rayOrg, rayDir, zValuesInit, weightsInit }) => { const { points, zValues } = ray.sampleInverseTransformStratified1d(rayOrg, rayDir, zValuesInit, weightsInit, 5, SEED); return { points, zValues }; },
    law: 'lies on the rays, and keeps the old samples',
    holds: ({ rayOrg, rayDir, zValuesInit }, [points, z]) => {
      const kept = tf.min(tf.abs(tf.sub(tf.expandDims(z, -1), tf.expandDims(zValuesInit, -2))), -2);
      return [onRays(rayOrg, rayDir, points, z), isZero(kept)];
    },
    singular: { 'no weight': { zValuesInit: [1, 2, 3], weightsInit: [0, 0, 0] } },
  },
  'geometry.representation.ray.triangulate': {
    args: { startpoints: uniform(['V', 3]), endpoints: uniform(['V', 3]), weights: uniform(['V'], 0.5, 1) }, sizes: { V: [3, 5] }, law: 'moves with the rays, whatever the scale of the weights', tolerance: 1e-3,
    holds: ({ startpoints, endpoints, weights }, [p]) => {
      const through = tf.tensor1d([0.3, -0.2, 0.5]);
      const ends = tf.add(startpoints, tf.mul(3, tf.sub(through, startpoints)));
      return [[ray.triangulate(tf.add(startpoints, 2), tf.add(endpoints, 2), tf.mul(weights, 3)), tf.add(p, 2)], [ray.triangulate(startpoints, ends, weights), wide(through, ray.triangulate(startpoints, ends, weights))]];
    },
    singular: {
      'no weight': { startpoints: [[0, 0, 0], [1, 0, 0]], endpoints: [[0, 1, 0], [1, 1, 1]], weights: [0, 0] }, 'parallel rays': { startpoints: [[0, 0, 0], [1, 0, 0]], endpoints: [[0, 0, 1], [1, 0, 1]], weights: [1, 1] },
      'points instead of rays': { startpoints: [[0, 0, 0], [1, 0, 0]], endpoints: [[0, 0, 0], [1, 0, 0]], weights: [1, 1] }, 'one ray': { startpoints: [[0, 0, 0]], endpoints: [[0, 0, 1]], weights: [1] },
    },
  },
  'geometry.representation.ray.intersectionRaySphere': {
    args: { sphereCenter: uniform([3], -0.2, 0.2), sphereRadius: uniform([1], 1, 2), ray: unit(3), pointOnRay: uniform([3], -0.4, 0.4) },
    call: (inputs) => tf.tidy(() => {
      const { points, normals: outwards, hits } = ray.intersectionRaySphere(inputs.sphereCenter, inputs.sphereRadius, inputs.ray, inputs.pointOnRay);
      const batchFirst = (t: tf.Tensor) => tf.transpose(t, [...t.shape.slice(1).map((_, i) => i + 1), 0]);
      return [batchFirst(points), batchFirst(outwards), hits];
    }),
    law: 'lies on the sphere, and normals point there from the centre',
    holds: ({ sphereCenter, sphereRadius }, [points, outwards, hits]) => {
      const [first, second] = tf.unstack(points, -1);
      const [n1] = tf.unstack(outwards, -1);
      const radius = (p: tf.Tensor) => lengths(tf.sub(p, sphereCenter));
      const expected = wide(tf.squeeze(sphereRadius, [sphereRadius.rank - 1]), radius(first));
      return [[radius(first), expected], [radius(second), expected], [first, tf.add(sphereCenter, tf.mul(sphereRadius, n1))], [hits, tf.onesLike(hits)]];
    },
    singular: {
      'a tangent': { sphereCenter: [0, 0, 0], sphereRadius: [1], ray: [0, 0, 1], pointOnRay: [1, 0, -3] }, 'a miss': { sphereCenter: [0, 0, 0], sphereRadius: [1], ray: [0, 0, 1], pointOnRay: [2, 0, 0] },
      'through the centre': { sphereCenter: [0, 0, 0], sphereRadius: [1], ray: [0, 0, 1], pointOnRay: [0, 0, 0] }, 'no radius': { sphereCenter: [0, 0, 0], sphereRadius: [0], ray: [0, 0, 1], pointOnRay: [0, 0, 1] },
    },
  },
  'geometry.representation.triangle.normal': {
    args: corners(TRIANGLE), law: 'is at right angles to both edges, of unit length, and turns over with the order',
    holds: ({ v0, v1, v2 }, [n]) => [isZero(dot(tf.sub(v1, v0), n)), isZero(dot(tf.sub(v2, v0), n)), [lengths(n), tf.onesLike(lengths(n))], [triangle.normal(v0, v2, v1), tf.neg(n)]], singular: flat(TRIANGLE),
  },
  'geometry.representation.triangle.area': {
    args: corners(TRIANGLE), law: 'does not depend on the place or the order', holds: ({ v0, v1, v2 }, [a]) => [[triangle.area(tf.add(v2, 5), tf.add(v0, 5), tf.add(v1, 5)), a]], tolerance: 1e-3, singular: flat(TRIANGLE),
  },
  'geometry.representation.mesh.distance.pointsToMesh': {
    args: { points: uniform(['N', 3], -3, 3), vertices: vertices('V', 3), faces: { ...faces(), single: true } }, batch: 'none', sizes: { F: [4, 4], V: [4, 4] }, law: 'is the distance of the closest points, which turn with everything', tolerance: 1e-3,
    holds: ({ points, vertices: v, faces: f }, [squared, closest], random) => {
      const turn = rotation().make(random, [3, 3], [3, 3]);
      const turned = distance.pointsToMesh(rotate(points, turn), rotate(v, turn), f);
      return [[squared, tf.sum(tf.squaredDifference(points, closest), -1)], [turned.closestPoints, rotate(closest, turn)]];
    },
    // The nearest places move on the mesh, but to first order the squared distances do not see it.
    differentiated: [0],
    singular: { 'on the mesh': { points: [[1, 1, 1]], vertices: CORNERS, faces: FACES } },
  },
  'geometry.representation.mesh.laplacian.uniform': {
    args: { values: uniform([4, 'C']) }, call: ({ values }) => laplacian.uniform(values, ring()), noSingular: LINEAR, law: 'sees no constants, and sums to nothing where all have equally many neighbours',
    holds: ({ values }, [l]) => [[laplacian.uniform(tf.add(values, 3), ring()), l], isZero(tf.sum(l, -2))],
  },
  'geometry.representation.mesh.laplacian.cotangent': {
    args: { values: uniform([4, 'C']), vertices: vertices() }, batch: 'same', call: ({ values, vertices: v }) => laplacian.cotangent(values, v, topology()), law: 'sees no constants, and is symmetric: it sums to nothing', tolerance: 1e-3,
    holds: ({ values, vertices: v }, [l]) => [[laplacian.cotangent(tf.add(values, 3), v, topology()), l], isZero(tf.sum(l, -2))], singular: { 'a point': { vertices: [[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]] }, 'a line': { vertices: [[0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 0, 0]] } },
  },
  'geometry.representation.mesh.laplacian.cotangentEdgeWeights': {
    args: { vertices: { ...vertices(), single: true } }, batch: 'none', call: ({ vertices: v }) => laplacian.cotangentEdgeWeights(v, topology()), law: 'does not depend on the scale', tolerance: 1e-3,
    holds: ({ vertices: v }, [w]) => [[laplacian.cotangentEdgeWeights(tf.mul(v, 3), topology()), w]], singular: { 'a line': { vertices: [[0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 0, 0]] } },
  },
  'geometry.representation.mesh.marchingCubes': {
    args: { values: { ...uniform(['A', 'B', 'C']), single: true, lenient: 'any grid of three axes' } }, batch: 'none', refuses: { 'a flat grid': { shapes: { values: [3, 3] }, named: ['values'] } }, sizes: { A: [3, 4], B: [3, 4], C: [3, 4] }, call: ({ values }) => marchingCubes(values, 0.1), noSingular: 'edges are cut where their ends lie on both sides of the level, and so differ', law: 'moves with origin and spacing', gradientTolerance: 1e-4,
    holds: ({ values }, [v]) => [[marchingCubes(values, 0.1, { origin: [1, 2, 3], spacing: [2, 2, 2] }).vertices, tf.add(tf.mul(v, 2), tf.tensor1d([1, 2, 3]))]],
  },
  'geometry.representation.mesh.normals.gatherFaces': {
    args: { vertices: vertices('V', 'D'), indices: faces('K') }, sizes: { F: [4, 4], V: [4, 4], D: [3, 3], K: [3, 3] }, noSingular: SMOOTH, law: 'moves with the vertices', holds: ({ vertices: v, indices }, [g]) => [[normals.gatherFaces(tf.add(v, 2), indices), tf.add(g, 2)], [normals.gatherFaces(v, topology()), normals.gatherFaces(v, tf.tensor2d(FACES, [4, 3], 'int32'))]],
  },
  'geometry.representation.mesh.normals.faceNormals': {
    args: { faces: { axes: ['M', 3], make: (random, shape) => tf.tidy(() => tf.add(random.uniform(shape, -0.2, 0.2), tf.tensor2d([[0, 0, 0], [2, 0, 0], [2, 2, 0], [0, 2, 0]].slice(0, shape[shape.length - 2])))) } }, sizes: { M: [3, 4] },
    law: 'does not depend on the scale, and has unit length', holds: ({ faces: f }, [n]) => [[normals.faceNormals(tf.mul(f, 3)), n], [lengths(n), tf.onesLike(lengths(n))]], singular: { 'a point': { faces: [[1, 1, 1], [1, 1, 1], [1, 1, 1]] }, 'a line': { faces: [[0, 0, 0], [1, 1, 1], [2, 2, 2]] } },
  },
  'geometry.representation.mesh.normals.vertexNormals': {
    args: { vertices: vertices('V', 3), indices: faces('K') }, sizes: { F: [4, 4], V: [4, 4], K: [3, 3] }, law: 'turns with the vertices, and has unit length', tolerance: 1e-3,
    holds: ({ vertices: v, indices }, [n], random) => { const turn = rotation().make(random, [3, 3], [3, 3]); return [[normals.vertexNormals(rotate(v, turn), indices), rotate(n, turn)], [lengths(n), tf.onesLike(lengths(n))]]; },
    singular: { 'a point': { vertices: [[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]] }, 'a flat mesh': { vertices: [[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]] } },
  },
  'geometry.representation.mesh.sampler.triangleArea': {
    args: corners(TRIANGLE_OF_SAMPLER), law: 'grows with the square of the scale', holds: ({ vertex0, vertex1, vertex2 }, [a]) => [[sampler.triangleArea(tf.mul(vertex0, 2), tf.mul(vertex1, 2), tf.mul(vertex2, 2)), tf.mul(a, 4)]], singular: flat(TRIANGLE_OF_SAMPLER),
  },
  'geometry.representation.mesh.sampler.generateRandomFaceIndices': {
    args: { faceWeights: uniform(['F'], 0, 1) }, call: ({ faceWeights }) => sampler.generateRandomFaceIndices(20, faceWeights, SEED), noGradients: 'choices', notElementwise: DRAWN, law: 'never draws a face without weight, whatever the scale',
    holds: ({ faceWeights }, [drawn]) => {
      const [size] = faceWeights.shape.slice(-1);
      const none = tf.mul(faceWeights, tf.cast(tf.greater(tf.range(0, size), 0), 'float32'));
      const other = sampler.generateRandomFaceIndices(20, none, SEED);
      return [isZero(tf.cast(tf.equal(other, 0), 'float32')), [tf.clipByValue(drawn, 0, size - 1), drawn]];
    },
    singular: { 'no weight': { faceWeights: [0, 0, 0] } },
  },
  'geometry.representation.mesh.sampler.weightedRandomSampleTriangleMesh': {
    args: { vertexAttributes: uniform(['V', 'D']), faces: faces(), faceWeights: constant(uniform(['F'], 0.1, 1), 'choices') }, sizes: { F: [4, 4], V: [4, 4] }, notElementwise: DRAWN,
    call: ({ vertexAttributes, faces: f, faceWeights }) => sampler.weightedRandomSampleTriangleMesh(vertexAttributes, f, 6, faceWeights, SEED), law: 'keeps constants, and is linear in what the vertices hold',
    holds: ({ vertexAttributes, faces: f, faceWeights }, [points]) => [[sampler.weightedRandomSampleTriangleMesh(tf.add(tf.mul(vertexAttributes, 2), 1), f, 6, faceWeights, SEED).samplePoints, tf.add(tf.mul(points, 2), 1)]], singular: { 'no weight': { faceWeights: [0, 0, 0, 0] } },
  },
  'geometry.representation.mesh.sampler.areaWeightedRandomSampleTriangleMesh': {
    // Areas from vertices that stand still: which faces are drawn would change with them.
    args: { vertexAttributes: uniform(['V', 'D']), faces: faces(), vertexPositions: constant(vertices('V', 3), 'choices') }, sizes: { F: [4, 4], V: [4, 4] }, notElementwise: DRAWN,
    call: ({ vertexAttributes, faces: f, vertexPositions }) => sampler.areaWeightedRandomSampleTriangleMesh(vertexAttributes, f, 6, { vertexPositions, ...SEED }), law: 'keeps constants, is linear, and does not see the scale of the mesh', tolerance: 1e-3,
    holds: ({ vertexAttributes, faces: f, vertexPositions }, [points]) => {
      const other = sampler.areaWeightedRandomSampleTriangleMesh(tf.add(tf.mul(vertexAttributes, 2), 1), f, 6, { vertexPositions: tf.mul(vertexPositions, 2), ...SEED });
      return [[other.samplePoints, tf.add(tf.mul(points, 2), 1)]];
    },
    singular: { 'a point': { vertexPositions: [[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]] } },
  },
  'geometry.representation.mesh.smoothing.taubin': {
    args: { vertices: { ...vertices(), axes: [4, 'C'], make: (random, shape) => random.uniform(shape) } }, call: ({ vertices: v }) => smoothing.taubin(v, ring(), { iterations: 3 }), noSingular: LINEAR, law: 'keeps constants, and moves with the vertices',
    holds: ({ vertices: v }, [s]) => [[smoothing.taubin(tf.add(v, 2), ring(), { iterations: 3 }), tf.add(s, 2)]],
  },
  'geometry.representation.mesh.subdivision.subdivide': {
    args: { values: uniform([4, 'C']) }, call: ({ values }) => subdivision.subdivide(values, halves()), noSingular: LINEAR, law: 'keeps constants, and is linear', holds: ({ values }, [s]) => [[subdivision.subdivide(tf.add(tf.mul(values, 2), 1), halves()), tf.add(tf.mul(s, 2), 1)]],
  },
  'geometry.representation.mesh.utils.extractUniqueEdgesFromTriangularMesh': {
    args: { faces: { ...faces(), single: true } }, batch: 'none', sizes: { F: [4, 4] }, noGradients: 'whole numbers', law: 'has twice as many directed edges', holds: ({ faces: f }, [e]) => [[tf.scalar(utils.extractUniqueEdgesFromTriangularMesh(f, { directedEdges: true }).shape[0]), tf.scalar(2 * e.shape[0])]],
  },
  'geometry.representation.mesh.utils.getDegreeBasedEdgeWeights': {
    args: { edges: { ...integers(['E', 2], 5), single: true } }, batch: 'none', sizes: { E: [3, 8] }, noGradients: 'of whole numbers', law: 'sums to the number of vertices with edges',
    holds: ({ edges }, [w]) => [[tf.sum(w), tf.scalar(new Set(Array.from(edges.dataSync()).filter((_, i) => i % 2 === 0)).size)]],
  },
};

export const REPRESENTATION_EXEMPT: Exempt = {
  'geometry.representation.mesh.buildTopology': 'it takes plain arrays; scene/topology.test.ts',
  'geometry.representation.mesh.createTopology': 'it uploads plain arrays; surfaces.test.ts',
  'geometry.representation.mesh.disposeTopology': 'it frees tensors; surfaces.test.ts',
  'geometry.representation.mesh.decimate': 'it takes plain arrays; decimation.test.ts and scene/decimate.test.ts',
  'geometry.representation.mesh.decimationHierarchy': 'it takes plain arrays; decimation.test.ts',
  'geometry.representation.mesh.sampler.generateRandomBarycentricCoordinates': 'it takes a shape and a seed, no tensors; sampler.test.ts has its distribution',
  'geometry.representation.mesh.subdivision.planSubdivision': 'it takes plain arrays; surfaces.test.ts',
};
