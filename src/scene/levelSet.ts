import { SceneError } from './errors';
import { CELL_TRIANGLES, cornerPlace } from './marchingCubesTables';

/** Where the surface of a grid of values crosses its edges, and how the crossings are joined. V crossings, F faces. */
export interface LevelSet {
  /** [V] the value (its place in the grid's array) at the end of the edge that is inside. */
  readonly inner: Int32Array;
  /** [V] the one outside; the inner one again where the edge leads out of the grid. */
  readonly outer: Int32Array;
  /** [V, 3] the inner end, in cells. */
  readonly starts: Float32Array;
  /** [V, 3] from the inner end to the outer: plus or minus 1 along one axis. */
  readonly steps: Float32Array;
  /** [F, 3], counter-clockwise seen from outside. */
  readonly faces: Uint32Array;
}

export interface LevelSetOptions {
  /** What the surface encloses: values of at least the level (densities, the default), or of at most the level (signed distances). */
  readonly inside?: 'high' | 'low';
  /** Whether everything beyond the grid counts as outside, which closes the surface at the border; false if left out. */
  readonly cap?: boolean;
}

type Triple = readonly [number, number, number];

/** Three numbers for every edge make 200 MB then. */
const MAX_VALUES = 2 ** 24;
const MAX_FACES = 2 ** 23;

const sizeOf = ([rows, columns, layers]: Triple): number => rows * columns * layers;

/**
 * The crossings of a level in a grid, and the faces between them. Each edge has one crossing at most, shared by the faces around it.
 * O(values).
 * @param values [N0, N1, N2], the last axis fastest.
 * @throws SceneError 'malformed', 'too-large', 'not-finite'.
 */
export function findLevelSet(values: ArrayLike<number>, shape: Triple, level: number, { inside = 'high', cap = false }: LevelSetOptions = {}): LevelSet {
  checkGrid(values, shape, level);
  const margin = cap ? 1 : 0;
  const size: Triple = [shape[0] + 2 * margin, shape[1] + 2 * margin, shape[2] + 2 * margin];
  if (sizeOf(size) > MAX_VALUES) tooLarge(`the grid has ${sizeOf(size)} values, and up to ${MAX_VALUES} are taken`);
  const isInside = markInside(values, shape, level, { margin, size, sign: inside === 'high' ? 1 : -1 });
  const strides: Triple = [size[1] * size[2], size[2], 1];
  const cases = findCases(isInside, size, strides);
  const { crossings, numbers } = numberCrossings(isInside, size, strides);
  return { ...placeCrossings(crossings, isInside, { shape, size, strides, margin }), faces: joinCrossings(cases, numbers, strides) };
}

const tooLarge = (reason: string): never => { throw new SceneError(reason, { code: 'too-large', advice: 'Use a coarser grid.' }); };

function checkGrid(values: ArrayLike<number>, shape: Triple, level: number): void {
  if (shape.length !== 3 || shape.some((count) => !Number.isInteger(count) || count < 1)) {
    throw new SceneError(`a grid's shape must be three whole numbers of at least 1, but it is [${shape.join(', ')}]`, { code: 'malformed' });
  }
  if (sizeOf(shape) !== values.length) {
    throw new SceneError(`a grid of shape [${shape.join(', ')}] has ${sizeOf(shape)} values, but there are ${values.length}`, { code: 'malformed' });
  }
  if (!Number.isFinite(level)) throw new SceneError(`the level must be a finite number, but it is ${level}`, { code: 'not-finite' });
}

interface Frame { readonly margin: number; readonly size: Triple; readonly sign: 1 | -1 }

/** 1 for each place that is inside, in the grid with its margin. */
function markInside(values: ArrayLike<number>, [rows, columns, layers]: Triple, level: number, { margin, size, sign }: Frame): Uint8Array {
  const marks = new Uint8Array(sizeOf(size));
  let at = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const line = ((i + margin) * size[1] + j + margin) * size[2] + margin;
      for (let k = 0; k < layers; k++, at++) {
        if (!Number.isFinite(values[at])) throw new SceneError(`the value at [${i}, ${j}, ${k}] is ${values[at]}`, { code: 'not-finite', place: `value ${at}` });
        if (sign * values[at] >= sign * level) marks[line + k] = 1;
      }
    }
  }
  return marks;
}

interface Cases { readonly cells: readonly number[]; readonly masks: readonly number[]; readonly faceCount: number }

/** The cells that the surface passes through, by their first corner. */
function findCases(isInside: Uint8Array, size: Triple, strides: Triple): Cases {
  const offsets = cornerOffsets(strides);
  const [cells, masks]: number[][] = [[], []];
  let faceCount = 0;
  for (let i = 0; i + 1 < size[0]; i++) {
    for (let j = 0; j + 1 < size[1]; j++) {
      const line = i * strides[0] + j * strides[1];
      for (let cell = line; cell + 1 < line + size[2]; cell++) {
        let mask = 0;
        for (let corner = 0; corner < 8; corner++) mask |= isInside[cell + offsets[corner]] << corner;
        if (mask === 0 || mask === 255) continue;
        cells.push(cell);
        masks.push(mask);
        faceCount += CELL_TRIANGLES[mask].length / 3;
      }
    }
    if (faceCount > MAX_FACES) tooLarge(`the surface has more than ${MAX_FACES} faces`);
  }
  return { cells, masks, faceCount };
}

/** How far each corner of a cell lies from the first one, in the array. */
const cornerOffsets = (strides: Triple): number[] => Array.from({ length: 8 }, (_, corner) => {
  const [i, j, k] = cornerPlace(corner);
  return i * strides[0] + j * strides[1] + k * strides[2];
});

/** The crossed edges (3 · place + axis), and each edge's number among them. */
function numberCrossings(isInside: Uint8Array, size: Triple, strides: Triple): { crossings: number[]; numbers: Int32Array } {
  const crossings: number[] = [];
  const numbers = new Int32Array(3 * isInside.length);
  // A grid without cells has no faces, so its crossings would belong to none.
  if (Math.min(...size) < 2) return { crossings, numbers };
  for (let i = 0, at = 0; i < size[0]; i++) {
    for (let j = 0; j < size[1]; j++) {
      for (let k = 0; k < size[2]; k++, at++) {
        const place = [i, j, k];
        for (let axis = 0; axis < 3; axis++) {
          if (place[axis] + 1 === size[axis] || isInside[at] === isInside[at + strides[axis]]) continue;
          numbers[3 * at + axis] = crossings.push(3 * at + axis) - 1;
        }
      }
    }
  }
  return { crossings, numbers };
}

interface Layout { readonly shape: Triple; readonly size: Triple; readonly strides: Triple; readonly margin: number }

function placeCrossings(
  crossings: readonly number[], isInside: Uint8Array, { shape, size, strides, margin }: Layout,
): Omit<LevelSet, 'faces'> {
  const [inner, outer] = [new Int32Array(crossings.length), new Int32Array(crossings.length)];
  const [starts, steps] = [new Float32Array(3 * crossings.length), new Float32Array(3 * crossings.length)];
  crossings.forEach((edge, vertex) => {
    const [low, axis] = [Math.floor(edge / 3), edge % 3];
    const step = isInside[low] === 1 ? 1 : -1;
    const from = step === 1 ? low : low + strides[axis];
    const place = [Math.floor(from / strides[0]), Math.floor(from / strides[1]) % size[1], from % size[2]].map((x) => x - margin);
    const end = place[axis] + step;
    inner[vertex] = (place[0] * shape[1] + place[1]) * shape[2] + place[2];
    outer[vertex] = inner[vertex] + (end < 0 || end >= shape[axis] ? 0 : step * [shape[1] * shape[2], shape[2], 1][axis]);
    starts.set(place, 3 * vertex);
    steps[3 * vertex + axis] = step;
  });
  return { inner, outer, starts, steps };
}

function joinCrossings({ cells, masks, faceCount }: Cases, numbers: Int32Array, strides: Triple): Uint32Array {
  const offsets = cornerOffsets(strides);
  const faces = new Uint32Array(3 * faceCount);
  let at = 0;
  cells.forEach((cell, i) => {
    for (const edge of CELL_TRIANGLES[masks[i]]) faces[at++] = numbers[3 * (cell + offsets[Math.floor(edge / 3)]) + (edge % 3)];
  });
  return faces;
}
