import { flips, keepsTopology, neighborsOf } from './collapseRules';
import { collapsibleFaces, type CollapsibleFaces } from './collapsibleFaces';
import { checkDecimationInput } from './decimationChecks';
import { edgeCosts, LENGTH_SHARE } from './edgeCosts';
import { createEdgeQueue, type QueuedEdge } from './edgeQueue';
import type { Mesh } from './mesh';
import type { Neighborhood } from './neighborhood';
import { poolingMap, type PoolingWeights } from './poolingMap';
import { weldPositions } from './weld';

export interface DecimationOptions {
  /** Vertices at borders (edges of one face) stay where they are, all of them. */
  readonly lockBoundary?: boolean;
  /** Vertices at exactly the same place count as one, so that split normals do not tear the surface. */
  readonly weld?: boolean;
  /** Each coarse vertex is the mean of its fine ones, or their mean by the area around them. */
  readonly weights?: PoolingWeights;
  /**
   * How much of an edge's squared length counts as error beside the distance from the surface. With more, vertices are spread more evenly, and
   * flat parts keep some of them; 1e-9 only decides between edges that cost nothing.
   */
  readonly evenness?: number;
}

export interface Decimation {
  /** Positions and faces; `pool` carries other attributes over. */
  readonly mesh: Mesh;
  /** [V]: for each vertex of the fine mesh the coarse one it became part of. */
  readonly parents: Int32Array;
  /** The same with weights: rows are coarse vertices, columns fine ones. For `createNeighborhood`, then `graphPooling.pool` and `unpool`. */
  readonly pooling: Neighborhood;
  /** [F] of the coarse mesh: which face of the fine one each was. */
  readonly faceSources: Int32Array;
}

/**
 * Collapses edges, cheapest first, until `targetVertices` are left: Garland and Heckbert, "Surface simplification using quadric error metrics",
 * SIGGRAPH 1997. Where the quadric of an edge has no single best point, the better of both ends and the middle. Borders are held by planes of
 * their own. Collapses that turn a face over, or that change what kind of surface it is, are refused: closed stays closed, no part vanishes. Any
 * mesh will do: borders, edges of three faces, degenerate and repeated faces (which go), vertices alone (which stay). So more vertices than
 * asked for may be left. The same input gives the same output: ties go by length, then by index.
 * @param mesh positions [V, 3], faces [F, 3].
 * @param targetVertices 3 or more.
 * @param options.lockBoundary false by default. @param options.weld true by default. @param options.weights 'uniform' by default.
 * @param options.evenness 1e-9 by default.
 * @throws SceneError 'malformed', 'too-large', 'not-finite', 'index-out-of-range'.
 * @example
 * ```ts
 * // A square of four faces about its centre loses the centre.
 * const positions = Float32Array.from([0, 0, 0, 2, 0, 0, 2, 2, 0, 0, 2, 0, 1, 1, 0]);
 * const faces = Uint32Array.from([0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4]);
 * const { mesh, parents, pooling } = geometry.representation.mesh.decimate({ positions, faces }, 4);
 * mesh.positions; // → [0, 0, 0, 2, 0, 0, 2, 2, 0, 0, 2, 0]
 * parents; // → [0, 1, 2, 3, 0]
 * const map = geometry.convolution.createNeighborhood(pooling);
 * geometry.convolution.graphPooling.pool(tf.tensor2d([[2], [5], [6], [7], [4]]), map, null, { algorithm: 'weighted' }); // → [[3], [5], [6], [7]]
 * geometry.convolution.disposeNeighborhood(map);
 * ```
 */
export function decimate(
  mesh: Pick<Mesh, 'positions' | 'faces'> & { readonly name?: string }, targetVertices: number,
  { lockBoundary = false, weld = true, weights = 'uniform', evenness = LENGTH_SHARE }: DecimationOptions = {},
): Decimation {
  checkDecimationInput(mesh, targetVertices);
  const own = Int32Array.from({ length: mesh.positions.length / 3 }, (_, v) => v);
  const { ids, first } = weld ? weldPositions(mesh.positions) : { ids: own, first: own };
  const living = collapsibleFaces(Int32Array.from(mesh.faces, (v) => ids[v]), first.length);
  const { center, scale } = unitBox(mesh.positions);
  const points = Float64Array.from({ length: 3 * first.length }, (_, i) => (mesh.positions[3 * first[(i / 3) | 0] + (i % 3)] - center[i % 3]) * scale);
  const merged = collapseEdges(living, points, targetVertices, { lockBoundary, evenness });

  // Coarse vertices are numbered by the first of those they were made of.
  const roots = merged.map((_, v) => rootOf(merged, v));
  const numbers = new Int32Array(first.length);
  let coarseCount = 0;
  roots.forEach((root, v) => { if (root === v) numbers[v] = coarseCount++; });
  const positions = new Float32Array(3 * coarseCount);
  roots.forEach((root, v) => {
    if (root === v) for (let k = 0; k < 3; k++) positions[3 * numbers[v] + k] = points[3 * v + k] / scale + center[k];
  });
  const faceSources = Int32Array.from(living.alive.keys()).filter((face) => living.alive[face]);
  const faces = Uint32Array.from(living.faces.filter((_, corner) => living.alive[(corner / 3) | 0]), (v) => numbers[v]);
  const parents = ids.map((v) => numbers[roots[v]]);
  return { mesh: { name: mesh.name ?? 'decimated', positions, faces }, parents, pooling: poolingMap(parents, coarseCount, mesh, weights), faceSources };
}

/** Moves `points` and merges faces. @returns [V]: what each vertex was merged into, itself where it is left. */
function collapseEdges(living: CollapsibleFaces, points: Float64Array, target: number, { lockBoundary, evenness }: { readonly lockBoundary: boolean; readonly evenness: number }): Int32Array {
  const merged = Int32Array.from({ length: points.length / 3 }, (_, v) => v);
  const isFixed = (v: number) => lockBoundary && costs.border[v] === 1;
  const costs = edgeCosts(living, points, isFixed, evenness);
  // Counts a vertex's changes. They only grow, so the sum of two tells whether either has changed.
  const changes = new Int32Array(merged.length);
  const place = new Float64Array(3);
  const queue = createEdgeQueue(2 * living.faces.length);
  const enqueue = (u: number, v: number) => {
    const [low, high] = u < v ? [u, v] : [v, u];
    if (!(isFixed(low) && isFixed(high))) queue.push(costs.cost(low, high, place), low, high, changes[low] + changes[high]);
  };
  merged.forEach((_, v) => neighborsOf(living, v).forEach((other) => { if (other > v) enqueue(v, other); }));

  let refused: QueuedEdge[] = [];
  let collapsed = false;
  for (let left = merged.length; left > target;) {
    const edge = queue.pop();
    if (!edge) {
      // What was refused may be possible since others have changed around it.
      if (!collapsed) break;
      collapsed = false;
      refused.forEach(({ cost, low, high, stamp }) => queue.push(cost, low, high, stamp));
      refused = [];
      continue;
    }
    const { low, high, stamp } = edge;
    if (merged[low] !== low || merged[high] !== high || changes[low] + changes[high] !== stamp) continue;
    costs.cost(low, high, place);
    if (!keepsTopology(living, low, high, costs.rim) || flips(living, points, low, high, place) || flips(living, points, high, low, place)) {
      refused.push(edge);
      continue;
    }
    living.merge(low, high);
    costs.merge(low, high);
    points.set(place, 3 * low);
    merged[high] = low;
    changes[low]++;
    neighborsOf(living, low).forEach((other) => enqueue(low, other));
    left--;
    collapsed = true;
  }
  return merged;
}

function rootOf(merged: Int32Array, vertex: number): number {
  while (merged[vertex] !== vertex) vertex = merged[vertex];
  return vertex;
}

/** Brings positions within ±1, by a power of two and an offset with few digits, so that points that do not move come back to the bit. */
function unitBox(positions: Float32Array): { readonly center: Float32Array; readonly scale: number } {
  const [low, high] = [[Infinity, Infinity, Infinity], [-Infinity, -Infinity, -Infinity]];
  positions.forEach((x, i) => {
    low[i % 3] = Math.min(low[i % 3], x);
    high[i % 3] = Math.max(high[i % 3], x);
  });
  if (positions.length === 0) return { center: new Float32Array(3), scale: 1 };
  const center = Float32Array.from(low, (x, k) => x / 2 + high[k] / 2);
  const size = Math.max(...high.map((x, k) => x - low[k]));
  return { center, scale: size > 0 ? 2 ** -Math.ceil(Math.log2(size)) : 1 };
}
