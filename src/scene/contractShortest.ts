import type { Neighborhood } from './neighborhood';

export interface Contraction {
  /** [V]: which group each vertex fell into; groups are numbered by their first members. */
  readonly parents: Int32Array;
  readonly count: number;
  /** [count, 3]: the mean of each group's members. */
  readonly positions: Float32Array;
}

/**
 * Merges neighbours pair by pair, the nearest first and none twice, whatever surface they lie on, until so many groups are left or nobody has a
 * neighbour to merge with: a matching, as graph networks coarsen by (Dhillon, Guan and Kulis, "Weighted Graph Cuts without Eigenvectors", TPAMI 2007,
 * section 5.1), here by distance. Equal distances go by number.
 * @param positions [V, 3] @param graph square. @param target groups; at least half of the vertices.
 */
export function contractShortest(positions: Float32Array, graph: Pick<Neighborhood, 'offsets' | 'columns'>, target: number): Contraction {
  const size = positions.length / 3;
  const edges: { readonly v: number; readonly w: number; readonly squared: number }[] = [];
  for (let v = 0; v < size; v++) {
    for (let e = graph.offsets[v]; e < graph.offsets[v + 1]; e++) {
      const w = graph.columns[e];
      if (w > v) edges.push({ v, w, squared: [0, 1, 2].reduce((sum, k) => sum + (positions[3 * v + k] - positions[3 * w + k]) ** 2, 0) });
    }
  }
  edges.sort((a, b) => a.squared - b.squared || a.v - b.v || a.w - b.w);
  const partner = new Int32Array(size).fill(-1);
  let left = size;
  for (const { v, w } of edges) {
    if (left <= target) break;
    if (partner[v] >= 0 || partner[w] >= 0) continue;
    [partner[v], partner[w]] = [w, v];
    left--;
  }
  const parents = new Int32Array(size);
  const means: number[] = [];
  for (let v = 0; v < size; v++) {
    const first = partner[v] >= 0 && partner[v] < v;
    parents[v] = first ? parents[partner[v]] : means.length / 3;
    if (first) continue;
    const other = partner[v] < 0 ? v : partner[v];
    for (let k = 0; k < 3; k++) means.push((positions[3 * v + k] + positions[3 * other + k]) / 2);
  }
  return { parents, count: left, positions: Float32Array.from(means) };
}
