import { createKdSearch, createNearestList, type KdSearch } from './kdSearch';
import { buildKdTree } from './kdTree';
import type { Neighborhood } from './neighborhood';

/**
 * Which component each row belongs to, rows being joined by entries in either direction.
 * @param neighborhood square, without a batch.
 * @returns [V]: components numbered 0 … count − 1 in order of their first row.
 */
export function connectedComponents({ offsets, columns }: Pick<Neighborhood, 'offsets' | 'columns'>): { readonly ids: Int32Array; readonly count: number } {
  const parent = Int32Array.from({ length: offsets.length - 1 }, (_, v) => v);
  for (let v = 0; v < parent.length; v++) for (let e = offsets[v]; e < offsets[v + 1]; e++) join(parent, v, columns[e]);
  return numbered(parent);
}

function rootOf(parent: Int32Array, v: number): number {
  while (parent[v] !== v) v = parent[v] = parent[parent[v]];
  return v;
}

function join(parent: Int32Array, a: number, b: number): void {
  const [p, q] = [rootOf(parent, a), rootOf(parent, b)];
  parent[Math.max(p, q)] = Math.min(p, q);
}

function numbered(parent: Int32Array): { readonly ids: Int32Array; readonly count: number } {
  const numbers = new Int32Array(parent.length);
  let count = 0;
  const ids = parent.map((_, v) => {
    const root = rootOf(parent, v);
    if (root === v) numbers[v] = count++;
    return numbers[root];
  });
  return { ids, count };
}

/** Vertices of a lone component that look for another: with so many the nearest pair is found nearly always, and a large component costs no more than N. */
const MOST_SEEKERS = 256;

/**
 * Edges that join the components of a graph in space, as a mesh needs them that is a union of solids: what touches is joined where it touches,
 * and what touches nothing to what is nearest. (1) Every vertex is joined to the nearest vertex of another component that is no
 * farther than the vertex's own edges are long on average. (2) While there are several components left, every one but the largest is joined to its
 * nearest neighbour by one edge (Borůvka 1926), looked for from up to 256 of its vertices. So the graph becomes connected, and its edges
 * inside a component stay what they are.
 * @param positions [V, 3] @param graph square, of V rows.
 * @returns pairs of vertices, one after the other, each once.
 */
export function bridgeEdges(positions: Float32Array, graph: Pick<Neighborhood, 'offsets' | 'columns'>): readonly (readonly [number, number])[] {
  const first = connectedComponents(graph);
  if (first.count < 2) return [];
  const search = createKdSearch(buildKdTree(positions, 3));
  const pairs = new Map<string, readonly [number, number]>();
  const parent = Int32Array.from(first.ids.keys());
  const add = (v: number, w: number): void => {
    const pair = v < w ? [v, w] as const : [w, v] as const;
    pairs.set(pair.join(), pair);
    join(parent, v, w);
  };
  first.ids.forEach((id, v) => {
    for (let e = graph.offsets[v]; e < graph.offsets[v + 1]; e++) join(parent, v, graph.columns[e]);
    const near = nearestOutside(search, positions, v, meanEdge(positions, graph, v) ** 2, (w) => first.ids[w] !== id);
    if (near) add(v, near.vertex);
  });
  for (let { ids, count } = numbered(parent); count > 1; { ids, count } = numbered(parent)) joinNearest(search, positions, ids, count, add);
  return [...pairs.values()];
}

/** One round: every component but the largest finds its nearest. */
function joinNearest(search: KdSearch, positions: Float32Array, ids: Int32Array, count: number, add: (v: number, w: number) => void): void {
  const members: number[][] = Array.from({ length: count }, () => []);
  ids.forEach((id, v) => members[id].push(v));
  const largest = members.reduce((best, list, id) => (list.length > members[best].length ? id : best), 0);
  members.forEach((list, id) => {
    if (id === largest) return;
    const isOutside = (w: number) => ids[w] !== id;
    let [from, best] = [list[0], growUntilOutside(search, positions, list[0], isOutside)];
    const stride = Math.max(1, Math.floor(list.length / MOST_SEEKERS));
    for (let i = stride; i < list.length; i += stride) {
      const near = nearestOutside(search, positions, list[i], best.squared, isOutside);
      if (near && near.squared < best.squared) [from, best] = [list[i], near];
    }
    add(from, best.vertex);
  });
}

interface Near { readonly vertex: number; readonly squared: number }

/** The nearest vertex outside within a squared distance; of equal ones the lowest. */
function nearestOutside(search: KdSearch, positions: Float32Array, vertex: number, limit: number, isOutside: (w: number) => boolean): Near | undefined {
  let best: Near | undefined;
  search.within(positions, 3 * vertex, limit, (w, squared) => {
    if (isOutside(w) && (!best || squared < best.squared || (squared === best.squared && w < best.vertex))) best = { vertex: w, squared };
  });
  return best;
}

/** The same at any distance: asks for more and more of the nearest until one lies outside, which one does. */
function growUntilOutside(search: KdSearch, positions: Float32Array, vertex: number, isOutside: (w: number) => boolean): Near {
  for (let k = 8; ; k *= 4) {
    const list = createNearestList(k);
    search.nearest(list, positions, 3 * vertex, Infinity, vertex);
    for (let i = 0; i < list.count; i++) if (isOutside(list.indices[i])) return { vertex: list.indices[i], squared: list.distances[i] };
  }
}

function meanEdge(positions: Float32Array, { offsets, columns }: Pick<Neighborhood, 'offsets' | 'columns'>, v: number): number {
  let [sum, count] = [0, 0];
  for (let e = offsets[v]; e < offsets[v + 1]; e++) {
    const w = columns[e];
    if (w === v) continue;
    sum += Math.hypot(positions[3 * w] - positions[3 * v], positions[3 * w + 1] - positions[3 * v + 1], positions[3 * w + 2] - positions[3 * v + 2]);
    count++;
  }
  return count > 0 ? sum / count : 0;
}
