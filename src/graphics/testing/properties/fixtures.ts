import { geometry, tf } from '../../index';

// Meshes and graphs that the tables share. They are uploaded when first asked for, and kept.

const { convolution } = geometry;
const { buildTopology, createTopology, subdivision } = geometry.representation.mesh;

const once = <T>(make: () => T): (() => T) => { let made: T | undefined; return () => (made ??= make()); };

/** A tetrahedron: four vertices, each other's neighbours. */
export const FACES = [[0, 2, 1], [0, 1, 3], [1, 2, 3], [2, 0, 3]];
export const CORNERS = [[1, 1, 1], [-1, -1, 1], [-1, 1, -1], [1, -1, -1]];
export const MESH = { positions: Float32Array.from(CORNERS.flat()), faces: Uint32Array.from(FACES.flat()) };

export const ring = once(() => convolution.createNeighborhood(convolution.meshNeighborhood(MESH, { selfEdges: false })));
export const topology = once(() => createTopology(buildTopology(MESH)));
/** To the vertices of the tetrahedron subdivided by Loop's scheme. */
export const halves = once(() => convolution.createNeighborhood(subdivision.planSubdivision({ faces: MESH.faces, vertexCount: 4 }).map));

/** Neighbours on four vertices, rows of weights that sum to 1. */
export const neighbors = once(() => convolution.fromDense(tf.tensor2d([[0.5, 0.5, 0, 0], [0.25, 0.25, 0.5, 0], [0, 0.2, 0.4, 0.4], [0, 0, 0.7, 0.3]])));
/** From four vertices to two. */
export const poolMap = once(() => convolution.fromDense(tf.tensor2d([[0.5, 0.5, 0, 0], [0, 0, 0.3, 0.7]])));
/** Four edges among four vertices. */
export const edges = once(() => tf.keep(tf.tensor2d([[0, 1], [1, 2], [2, 3], [0, 3]], [4, 2], 'int32')));
