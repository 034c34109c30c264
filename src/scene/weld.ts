/** Vertices grouped by equality. */
export interface Weld {
  /** [V]: the group of each vertex, numbered 0 … count − 1 in order of first appearance. */
  readonly ids: Int32Array;
  readonly count: number;
  /** [count]: the first vertex of each group. */
  readonly first: Int32Array;
}

/**
 * Groups vertices whose attributes agree to the bit (0 and −0 count as equal). O(V): an open-addressing hash over the float bits.
 * @param vertexCount V
 * @param attributes arrays of V rows each; a row's width is the array's length / V.
 */
export function weldVertices(vertexCount: number, attributes: readonly Float32Array[]): Weld {
  const columns = attributes.flatMap((data) => {
    const width = vertexCount ? data.length / vertexCount : 0;
    const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
    return Array.from({ length: width }, (_, k) => ({ bits, width, k }));
  });
  const NEGATIVE_ZERO = 0x80000000;
  const key = (vertex: number, column: (typeof columns)[number]): number => {
    const bits = column.bits[vertex * column.width + column.k];
    return bits === NEGATIVE_ZERO ? 0 : bits;
  };
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(4, 2 * vertexCount)));
  const slots = new Int32Array(capacity).fill(-1);
  const ids = new Int32Array(vertexCount);
  const first = new Int32Array(vertexCount);
  let count = 0;
  for (let v = 0; v < vertexCount; v++) {
    let hash = 0x811c9dc5;
    for (const column of columns) {
      hash = Math.imul(hash ^ key(v, column), 0x01000193);
      hash ^= hash >>> 15;
    }
    let slot = (Math.imul(hash, 0x9e3779b1) >>> 7) & (capacity - 1);
    for (; ;) {
      const group = slots[slot];
      if (group < 0) {
        slots[slot] = count;
        first[count] = v;
        ids[v] = count++;
        break;
      }
      const other = first[group];
      if (columns.every((column) => key(v, column) === key(other, column))) {
        ids[v] = group;
        break;
      }
      slot = (slot + 1) & (capacity - 1);
    }
  }
  return { ids, count, first: first.slice(0, count) };
}

/** Groups vertices by exact position [V, 3]. */
export const weldPositions = (positions: Float32Array): Weld => weldVertices(positions.length / 3, [positions]);
