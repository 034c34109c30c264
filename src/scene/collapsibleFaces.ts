/** Faces whose vertices can be merged, with the living faces of every vertex. */
export interface CollapsibleFaces {
  /** [F, 3], changed by `merge`; faces that are gone keep their last corners. */
  readonly faces: Int32Array;
  /** [F]: 1 for faces still there. */
  readonly alive: Uint8Array;
  /** [V]: living faces at each vertex. */
  readonly degrees: Int32Array;
  /** The living faces at a vertex, in a fixed order. The list is used again by the next call but one. */
  facesAt(vertex: number): readonly number[];
  /** `gone` becomes `kept` in every face; faces with both disappear. O(faces at both). */
  merge(kept: number, gone: number): void;
}

/**
 * @param faces [F, 3] @param vertexCount V. Each vertex has a linked list of its corners; merging joins two lists end to end.
 * Faces that name a vertex twice count as gone from the start, as do repetitions of a face (same vertices, same side up).
 */
export function collapsibleFaces(faces: Int32Array, vertexCount: number): CollapsibleFaces {
  const alive = new Uint8Array(faces.length / 3);
  const degrees = new Int32Array(vertexCount);
  const head = new Int32Array(vertexCount).fill(-1);
  const tail = new Int32Array(vertexCount).fill(-1);
  const next = new Int32Array(faces.length).fill(-1);

  const repeats = (face: number): boolean => {
    // Looked up where fewest faces meet: all of a fan's have its middle.
    const corners = [0, 1, 2].map((k) => faces[3 * face + k]);
    const k = corners.reduce((least, vertex, at) => (degrees[vertex] < degrees[corners[least]] ? at : least), 0);
    const [a, b, c] = [corners[k], corners[(k + 1) % 3], corners[(k + 2) % 3]];
    for (let corner = head[a]; corner >= 0; corner = next[corner]) {
      const first = corner - (corner % 3);
      if (faces[first + ((corner + 1) % 3)] === b && faces[first + ((corner + 2) % 3)] === c) return true;
    }
    return false;
  };
  for (let face = 0; face < alive.length; face++) {
    const [a, b, c] = faces.subarray(3 * face, 3 * face + 3);
    if (a === b || b === c || c === a || repeats(face)) continue;
    alive[face] = 1;
    for (let corner = 3 * face; corner < 3 * face + 3; corner++) {
      const vertex = faces[corner];
      degrees[vertex]++;
      if (head[vertex] < 0) head[vertex] = corner;
      else next[tail[vertex]] = corner;
      tail[vertex] = corner;
    }
  }

  const lists: [number[], number[]] = [[], []];
  let turn = 0;
  const hasBoth = (face: number, a: number, b: number): boolean => {
    let found = 0;
    for (let corner = 3 * face; corner < 3 * face + 3; corner++) if (faces[corner] === a || faces[corner] === b) found++;
    return found === 2;
  };
  /** Drops corners of faces that are gone from a vertex's list. */
  const sweep = (vertex: number): void => {
    let last = -1;
    for (let corner = head[vertex]; corner >= 0; corner = next[corner]) {
      if (!alive[(corner / 3) | 0]) continue;
      if (last < 0) head[vertex] = corner;
      else next[last] = corner;
      last = corner;
    }
    if (last < 0) head[vertex] = -1;
    else next[last] = -1;
    tail[vertex] = last;
  };

  return {
    faces, alive, degrees,
    facesAt(vertex) {
      const list = lists[turn ^= 1];
      list.length = 0;
      for (let corner = head[vertex]; corner >= 0; corner = next[corner]) {
        const face = (corner / 3) | 0;
        if (alive[face]) list.push(face);
      }
      return list;
    },
    merge(kept, gone) {
      for (let corner = head[gone]; corner >= 0; corner = next[corner]) {
        const face = (corner / 3) | 0;
        if (alive[face] && hasBoth(face, kept, gone)) {
          alive[face] = 0;
          for (let k = 3 * face; k < 3 * face + 3; k++) degrees[faces[k]]--;
        } else faces[corner] = kept;
      }
      degrees[kept] += degrees[gone];
      degrees[gone] = 0;
      sweep(kept);
      sweep(gone);
      if (head[gone] < 0) return;
      if (head[kept] < 0) head[kept] = head[gone];
      else next[tail[kept]] = head[gone];
      tail[kept] = tail[gone];
      head[gone] = tail[gone] = -1;
    },
  };
}
