import type { Mesh } from '../../../scene/mesh';
import { meshLevels, type MeshLevel } from '../../../scene/meshLevels';
import { stackNeighborhoods, type Neighborhood } from '../../../scene/neighborhood';
import { roundedSize } from '../../../scene/roundedSize';
import { createNeighborhood, disposeNeighborhood, type SparseNeighborhood } from '../../geometry/convolution';
import { createPointRows, disposePointRows, type PointRows } from '../../geometry/pointHierarchy';
import * as tf from '../../tf';

/** A sparse map on the device, and as it was built. */
export interface MeshMap {
  readonly plain: Neighborhood;
  readonly map: SparseNeighborhood;
}

/** One resolution of B meshes, padded to M vertices. */
export interface MeshGraphLevel {
  /** [B, M, 3] */
  readonly positions: tf.Tensor3D;
  /** [B, M, M] */
  readonly neighbors: MeshMap;
  /** [B, M, vertices of the level before]; the first from the meshes' own vertices. */
  readonly pooling: MeshMap;
  /** Which of the M vertices count. */
  readonly rows: PointRows;
  /** Triangles of each mesh. */
  readonly faces: readonly Uint32Array[];
}

/** B meshes of up to N vertices at several resolutions on the device: all that networks on meshes ask for beside features. */
export interface MeshGraph {
  readonly levels: readonly MeshGraphLevel[];
}

/** Which levels to build. */
export interface MeshGraphOptions {
  /** Vertices of each level below the first, as a share of the first's. */
  readonly shares?: readonly number[];
  /** Whether components are joined where they touch or are nearest; true by default. */
  readonly bridge?: boolean;
  /** Whether vertices and entries are padded to one of few numbers, at most an eighth more: WebGL compiles programs for every number it meets, and keeps
   * them; false by default. */
  readonly padded?: boolean;
}

/**
 * Builds and uploads neighbourhoods and pooling maps of any meshes: see `meshLevels`. To be disposed with {@link disposeMeshGraph}.
 * @param meshes positions [≤ N, 3] and faces of each. @param count N, padding included.
 * @returns tensors that the caller disposes with {@link disposeMeshGraph}.
 * @throws SceneError that names the face or vertex.
 * @example
 * ```ts
 * const positions = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1];
 * const tetrahedron = { positions: Float32Array.from(positions), faces: Uint32Array.from([0, 2, 1, 0, 1, 3, 1, 2, 3, 0, 3, 2]) };
 * const { levels } = nn.layer.mesh.createMeshGraph([tetrahedron], 4, { shares: [3 / 4] });
 * // All four see each other, then the three that are left.
 * levels.map(({ neighbors }) => neighbors.plain.columns.length); // → [16, 9]
 * levels[1].positions.shape; // → [1, 3, 3]
 * ```
 */
export function createMeshGraph(meshes: readonly Pick<Mesh, 'positions' | 'faces'>[], count: number, { shares = [], bridge = true, padded = false }: MeshGraphOptions = {}): MeshGraph {
  const all = meshes.map((mesh) => meshLevels(mesh, shares, { bridge }));
  const size = padded ? roundedSize : (exact: number) => exact;
  let below = count;
  return {
    levels: [0, ...shares].map((_, depth) => {
      const level = uploadLevel(all.map((levels) => levels[depth]), below, size);
      below = level.neighbors.plain.rowCount;
      return level;
    }),
  };
}

/** @param below vertices of the level before, padding included. @param size how many there are to be in place of so many. */
function uploadLevel(levels: readonly MeshLevel[], below: number, size: (exact: number) => number): MeshGraphLevel {
  const count = size(Math.max(0, ...levels.map((level) => level.neighbors.rowCount)));
  const upload = (list: readonly Neighborhood[], leastColumns: number): MeshMap => {
    const plain = stackNeighborhoods(list, { leastRows: count, leastColumns }).neighborhood;
    return { plain, map: createNeighborhood(plain, { entryCount: size(plain.columns.length) }) };
  };
  const neighbors = upload(levels.map((level) => level.neighbors), count);
  const pooling = upload(levels.map((level) => level.pooling), below);
  const positions = new Float32Array(3 * count * levels.length);
  levels.forEach((level, b) => positions.set(level.positions, 3 * count * b));
  return {
    neighbors, pooling, positions: tf.keep(tf.tensor3d(positions, [levels.length, count, 3])),
    rows: createPointRows(levels.length, count, Int32Array.from(levels, (level) => level.neighbors.rowCount)),
    faces: levels.map((level) => level.faces),
  };
}

/**
 * Frees the tensors of {@link createMeshGraph}.
 * @example
 * ```ts
 * const { createMeshGraph, disposeMeshGraph } = nn.layer.mesh;
 * const graph = createMeshGraph([{ positions: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]), faces: Uint32Array.from([0, 1, 2]) }], 3);
 * disposeMeshGraph(graph);
 * graph.levels[0].positions.isDisposed; // → true
 * ```
 */
export function disposeMeshGraph({ levels }: MeshGraph): void {
  for (const { positions, neighbors, pooling, rows } of levels) {
    positions.dispose();
    disposeNeighborhood(neighbors.map);
    disposeNeighborhood(pooling.map);
    disposePointRows(rows);
  }
}
