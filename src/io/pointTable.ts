import type { PointCloud } from '../scene/pointCloud';
import type { Report } from './report';

/** What every format of points boils down to, not yet checked. N rows. */
export interface PointTable {
  /** [N, 3], in double precision: surveyors' coordinates have seven digits before the point. */
  readonly positions: Float64Array;
  /** [N, 3] */
  readonly normals?: ArrayLike<number>;
  /** [N, 3], linear RGB. */
  readonly colors?: ArrayLike<number>;
  /** [N] */
  readonly labels?: ArrayLike<number>;
  /** Where row i stands in the file, in words. */
  placeOf?(row: number): string;
}

/** From so many times its extent away from the origin, single precision would blur a cloud. */
const FAR = 2 ** 10;
const MOST_LABEL = 255;
/** Shorter normals have no direction that could be told. */
const MIN_NORMAL = 1e-12;

/**
 * The last check of every reader of points: those that are nowhere are left out with a warning, normals get unit length, labels are whole numbers.
 * @throws SceneError 'empty', 'not-finite' where no point is left.
 */
export function finishCloud(name: string, table: PointTable, report: Report): PointCloud {
  const { placeOf = (row: number) => `point ${row}` } = table;
  const rows: number[] = [];
  const total = table.positions.length / 3;
  for (let row = 0; row < total; row++) {
    if ([0, 1, 2].every((k) => Number.isFinite(Math.fround(table.positions[3 * row + k])))) rows.push(row);
    else report.warn('not-finite', 'points without three finite coordinates were left out', placeOf(row));
  }
  if (total === 0) report.fail('empty', 'it has no points');
  if (rows.length === 0) report.fail('not-finite', 'none of its points has three finite coordinates', placeOf(0));
  const three = (data: ArrayLike<number>) => {
    const out = new Float64Array(3 * rows.length);
    rows.forEach((row, i) => {
      for (let k = 0; k < 3; k++) out[3 * i + k] = data[3 * row + k];
    });
    return out;
  };
  const positions = nearOrigin(three(table.positions), report);
  const normals = table.normals && unitNormals(three(table.normals), report);
  const colors = table.colors && Float32Array.from(three(table.colors), (c) => (Number.isFinite(c) ? Math.min(1, Math.max(0, c)) : 1));
  const labelled = table.labels && wholeLabels(rows.map((row) => (table.labels as ArrayLike<number>)[row]), report);
  return { name, positions, ...(normals && { normals }), ...(colors && { colors }), ...labelled };
}

function nearOrigin(positions: Float64Array, report: Report): Float32Array {
  const [low, high] = [[Infinity, Infinity, Infinity], [-Infinity, -Infinity, -Infinity]];
  for (let i = 0; i < positions.length; i++) {
    low[i % 3] = Math.min(low[i % 3], positions[i]);
    high[i % 3] = Math.max(high[i % 3], positions[i]);
  }
  const extent = Math.max(...high.map((x, k) => x - low[k]));
  const farthest = Math.max(...low.map(Math.abs), ...high.map(Math.abs));
  if (!(extent > 0 && farthest > FAR * extent)) return Float32Array.from(positions);
  const shift = low.map((x, k) => Math.round((x + high[k]) / 2));
  report.warn('malformed', `it lies far from the origin and was moved by (${shift.map((x) => -x).join(', ')})`);
  return Float32Array.from(positions, (x, i) => x - shift[i % 3]);
}

function unitNormals(normals: Float64Array, report: Report): Float32Array {
  const out = new Float32Array(normals.length);
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i], normals[i + 1], normals[i + 2]);
    if (length > MIN_NORMAL && Number.isFinite(length)) for (let k = 0; k < 3; k++) out[i + k] = normals[i + k] / length;
    else {
      report.warn('not-finite', 'normals without a direction were replaced by (0, 0, 1)', `point ${i / 3}`);
      out[i + 2] = 1;
    }
  }
  return out;
}

/** Labels that fit into a byte as they are; others, whole numbers too, are numbered anew in ascending order. */
function wholeLabels(labels: readonly number[], report: Report): Pick<PointCloud, 'labels' | 'labelValues'> {
  if (labels.every((label) => Number.isInteger(label) && label >= 0 && label <= MOST_LABEL)) return { labels: Uint8Array.from(labels) };
  const broken = labels.findIndex((label) => !Number.isSafeInteger(label));
  const values = broken < 0 ? [...new Set(labels)].sort((a, b) => a - b) : [];
  if (broken >= 0 || values.length > MOST_LABEL + 1) {
    const why = broken >= 0 ? `${labels[broken]} is no whole number` : `there are ${values.length.toLocaleString('en')} different ones, and at most ${MOST_LABEL + 1} can be told apart`;
    report.warn('malformed', `its labels were left out: ${why}`, broken >= 0 ? `point ${broken}` : undefined);
    return {};
  }
  report.warn('malformed', `its labels, ${values[0]} to ${values[values.length - 1]}, were numbered anew from 0 to ${values.length - 1}`);
  const numberOf = new Map(values.map((value, i) => [value, i]));
  return { labels: Uint8Array.from(labels, (label) => numberOf.get(label) as number), labelValues: values };
}
