import type { PointCloud } from '../scene/pointCloud';
import { LIMITS } from './limits';
import { isNpy, readNpy, type NumberArray } from './npy';
import { finishCloud } from './pointTable';
import type { Report } from './report';
import { listZip } from './zip';

/** A cloud out of a file that may hold many, with the number of its class where the file says it. */
export interface ClassedCloud {
  readonly cloud: PointCloud;
  readonly label?: number;
}

const POSITIONS = ['pos', 'position', 'positions', 'points', 'point', 'xyz', 'coords', 'vertices', 'pc', 'data', 'arr_0'];
const NORMALS = ['normal', 'normals'];
const LABELS = ['part', 'parts', 'label', 'labels', 'seg', 'segmentation', 'pid', 'y', 'semantic'];
const OFFSETS = ['offset', 'offsets'];

/** All arrays of numbers of an NPZ, by name. */
export async function readArrays(bytes: Uint8Array, report: Report): Promise<ReadonlyMap<string, NumberArray>> {
  const arrays = new Map<string, NumberArray>();
  const entries = listZip(bytes, report).filter(({ name }) => name.endsWith('.npy'));
  // Entries may lie on top of each other, so that a small archive declares any number of large ones.
  const declared = entries.reduce((sum, { size }) => sum + size, 0);
  if (declared > LIMITS.fileBytes) report.fail('too-large', `its arrays take ${Math.round(declared / 2 ** 20)} MB; at most ${LIMITS.fileBytes / 2 ** 20} MB are read`);
  let numbers = 0;
  for (const entry of entries) {
    const array = readNpy(entry.name, await entry.read(), report);
    numbers += array?.data.length ?? 0;
    if (numbers > LIMITS.numbers) report.fail('too-large', `its arrays have more than ${LIMITS.numbers.toLocaleString('en')} numbers`);
    if (array) arrays.set(entry.name.slice(0, -'.npy'.length), array);
    else report.warn('unsupported', 'arrays of other than numbers were passed over', entry.name);
  }
  return arrays;
}

/**
 * NumPy's NPZ and NPY: one cloud [N, 3 …], a batch of them [B, N, 3 …], or many in a row whose starts an array of offsets gives; with normals and
 * labels of points or of clouds. Arrays are known by the names that data sets give them; columns 3 to 5 of positions are normals.
 */
export async function readNumpyClouds(name: string, bytes: Uint8Array, report: Report): Promise<ClassedCloud[]> {
  const single = isNpy(bytes) ? readNpy(name, bytes, report) : undefined;
  const arrays = single ? new Map([['arr_0', single]]) : isNpy(bytes) ? new Map<string, NumberArray>() : await readArrays(bytes, report);
  const find = (names: readonly string[]) => {
    const known = new Map([...arrays].map(([key, array]) => [key.toLowerCase(), array]));
    return names.map((wanted) => known.get(wanted)).find((array) => array !== undefined);
  };
  const positions = find(POSITIONS);
  if (!positions || ![2, 3].includes(positions.shape.length) || positions.shape[positions.shape.length - 1] < 3) {
    const found = [...arrays].map(([key, { shape }]) => `${key} (${shape.join(', ')})`).join(', ') || 'none';
    report.fail('unsupported', `no array of it holds points [N, 3]; it has ${found}`, undefined, `Name the positions ${POSITIONS.slice(0, 4).join(', ')}.`);
  }
  const width = positions.shape[positions.shape.length - 1];
  const total = positions.data.length / width;
  // Of nothing there could be any number of clouds.
  if (total === 0) report.fail('empty', 'it has no points');
  if (total > LIMITS.points) report.fail('too-large', `it has ${total.toLocaleString('en')} points`, undefined, `At most ${LIMITS.points.toLocaleString('en')} are read.`);
  const bounds = boundsOf(positions, find(OFFSETS), total, report);
  const [normals, labels] = [find(NORMALS), find(LABELS)];
  const clouds = bounds.length - 1;
  return Array.from({ length: clouds }, (_, b) => {
    const [from, to] = [bounds[b], bounds[b + 1]];
    const columns = (first: number) => Float64Array.from({ length: 3 * (to - from) }, (_, i) => positions.data[(from + Math.floor(i / 3)) * width + first + (i % 3)]);
    return {
      cloud: finishCloud(clouds === 1 ? name : `${name} ${b + 1}`, {
        positions: columns(0),
        ...(normals?.data.length === 3 * total ? { normals: normals.data.subarray(3 * from, 3 * to) } : width >= 6 && { normals: columns(3) }),
        ...(labels?.data.length === total && { labels: labels.data.subarray(from, to) }),
      }, report),
      ...(clouds > 1 && labels?.data.length === clouds && { label: labels.data[b] }),
    };
  });
}

/** Where each cloud starts, and where the last one ends. */
function boundsOf({ shape }: NumberArray, offsets: NumberArray | undefined, total: number, report: Report): number[] {
  if (shape.length === 3) return Array.from({ length: shape[0] + 1 }, (_, b) => b * shape[1]);
  if (!offsets) return [0, total];
  const bounds = [...offsets.data];
  if (bounds[0] !== 0) bounds.unshift(0);
  if (bounds[bounds.length - 1] < total) bounds.push(total);
  if (bounds.some((bound, i) => !Number.isInteger(bound) || bound > total || (i > 0 && bound <= bounds[i - 1]))) {
    report.fail('malformed', `its offsets do not ascend from 0 to ${total}`, 'offset');
  }
  return bounds;
}
