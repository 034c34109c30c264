import { SceneError } from './errors';

/**
 * A balanced k-d tree over points of any dimension, as typed arrays without pointers. N points, D coordinates, 2^L leaves.
 * Node 1 is the root, node n has the children 2n and 2n + 1, and the leaves are nodes 2^L … 2^(L+1) − 1 in the order of their points.
 * Bentley, "Multidimensional binary search trees used for associative searching", CACM 1975.
 */
export interface KdTree {
  readonly dimension: number;
  readonly count: number;
  /** [N, D] in the order of the leaves. */
  readonly coordinates: Float32Array;
  /** [N]: which point stands there. */
  readonly points: Int32Array;
  /** [2^L + 1]: leaf j has the points leafStarts[j] … leafStarts[j + 1] − 1 of that order. */
  readonly leafStarts: Int32Array;
  /** [2^L]: the axis that each inner node splits. */
  readonly axes: Int32Array;
  /** [2^L]: where its left side ends and its right side begins on that axis. The gap between them prunes better than one plane. */
  readonly leftEnds: Float32Array;
  readonly rightStarts: Float32Array;
  /** [D], the box around all points. */
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** Points in a leaf, at most. For k = 16 in three dimensions 8 and 16 are equally fast, 4 and 32 take about twice as long. */
const LEAF_SIZE = 8;

/** Refuses coordinates that are not finite, or not whole points. */
export function checkPoints(coordinates: Float32Array, dimension: number): number {
  if (!(Number.isInteger(dimension) && dimension > 0) || coordinates.length % dimension !== 0) {
    throw new SceneError(`${coordinates.length} coordinates are not points of dimension ${dimension}`, { code: 'malformed' });
  }
  for (let i = 0; i < coordinates.length; i++) {
    if (!Number.isFinite(coordinates[i])) throw new SceneError(`coordinate ${i % dimension} is ${coordinates[i]}`, { code: 'not-finite', place: `point ${Math.floor(i / dimension)}` });
  }
  return coordinates.length / dimension;
}

/**
 * O(N log N). Splits the widest axis of what a node really holds at its median, whatever the points: coincident and collinear ones too.
 * @param coordinates [N, D]
 * @throws SceneError 'not-finite', 'malformed'.
 */
export function buildKdTree(coordinates: Float32Array, dimension: number): KdTree {
  const count = checkPoints(coordinates, dimension);
  const levels = Math.max(0, Math.ceil(Math.log2(Math.max(1, count) / LEAF_SIZE)));
  const leaves = 2 ** levels;
  const points = new Int32Array(count);
  for (let i = 0; i < count; i++) points[i] = i;
  const [axes, leftEnds, rightStarts] = [new Int32Array(leaves), new Float32Array(leaves), new Float32Array(leaves)];
  const boxes = new Float32Array(2 * dimension);
  /** The first point of node number `node` at `level`. */
  const startOf = (node: number, level: number) => Math.floor((count * node) / 2 ** level);
  for (let level = 0; level < levels; level++) {
    for (let j = 0; j < 2 ** level; j++) {
      const [start, middle, end] = [startOf(j, level), startOf(2 * j + 1, level + 1), startOf(j + 1, level)];
      const node = 2 ** level + j;
      const axis = widestAxis(coordinates, points, dimension, start, end, boxes);
      select(coordinates, points, dimension, axis, start, end - 1, middle);
      let leftEnd = -Infinity;
      for (let i = start; i < middle; i++) leftEnd = Math.max(leftEnd, coordinates[points[i] * dimension + axis]);
      axes[node] = axis;
      rightStarts[node] = middle < end ? coordinates[points[middle] * dimension + axis] : Infinity;
      leftEnds[node] = leftEnd;
    }
  }
  widestAxis(coordinates, points, dimension, 0, count, boxes);
  const ordered = new Float32Array(coordinates.length);
  points.forEach((point, i) => { for (let d = 0; d < dimension; d++) ordered[i * dimension + d] = coordinates[point * dimension + d]; });
  return {
    dimension, count, coordinates: ordered, points, axes, leftEnds, rightStarts,
    leafStarts: Int32Array.from({ length: leaves + 1 }, (_, j) => startOf(j, levels)),
    low: boxes.slice(0, dimension), high: boxes.slice(dimension),
  };
}

/** The axis along which points[start … end − 1] reach furthest; `boxes` receives their bounds. */
function widestAxis(coordinates: Float32Array, points: Int32Array, dimension: number, start: number, end: number, boxes: Float32Array): number {
  let [widest, width] = [0, -1];
  for (let axis = 0; axis < dimension; axis++) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = start; i < end; i++) {
      const x = coordinates[points[i] * dimension + axis];
      if (x < low) low = x;
      if (x > high) high = x;
    }
    boxes[axis] = low;
    boxes[dimension + axis] = high;
    if (high - low > width) [widest, width] = [axis, high - low];
  }
  return widest;
}

/** Hoare's selection: afterwards place k of `points` holds what sorting by the axis would put there, with nothing larger before it and nothing smaller after. */
function select(coordinates: Float32Array, points: Int32Array, dimension: number, axis: number, first: number, last: number, k: number): void {
  let [left, right] = [first, last];
  while (left < right) {
    const pivot = medianOfThree(
      coordinates[points[left] * dimension + axis], coordinates[points[(left + right) >> 1] * dimension + axis], coordinates[points[right] * dimension + axis],
    );
    let [i, j] = [left, right];
    while (i <= j) {
      while (coordinates[points[i] * dimension + axis] < pivot) i++;
      while (coordinates[points[j] * dimension + axis] > pivot) j--;
      if (i <= j) {
        const swap = points[i];
        points[i++] = points[j];
        points[j--] = swap;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else return;
  }
}

const medianOfThree = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
