import type { PointCloud } from '../scene/pointCloud';
import { linearFromFile } from './color';
import { LIMITS } from './limits';
import { finishCloud } from './pointTable';
import type { Report } from './report';
import { readLines } from './text';

const SEPARATORS = /[\s,;]+/;
const wordsOf = (text: string): string[] => text.replace(/(#|\/\/).*$/, '').split(SEPARATORS).filter(Boolean);

/** What the columns of a text file hold, by number. */
interface Layout {
  readonly position: readonly [number, number, number];
  readonly normal?: readonly [number, number, number];
  readonly color?: readonly [number, number, number];
  readonly label?: number;
}

/**
 * Points as rows of numbers parted by blanks, commas or semicolons (XYZ, TXT, CSV, ASC, PTS): x y z, then normals, colours or a label, as a line of
 * column names says, or else as the numbers look. A first line with one number alone is the count of points.
 */
export function readTextCloud(name: string, bytes: Uint8Array, report: Report): PointCloud {
  const values: number[] = [];
  const lines: number[] = [];
  let [width, header] = [0, undefined as string[] | undefined];
  for (const { text, number } of readLines(bytes)) {
    const words = wordsOf(text);
    if (words.length === 0 || (words.length === 1 && lines.length === 0)) continue;
    const row = words.map(Number);
    if (lines.length === 0 && row.every(Number.isNaN)) {
      header = words.map((word) => word.toLowerCase());
      continue;
    }
    if (lines.length === 0) width = row.length;
    if (width < 3) report.fail('malformed', 'its first row has fewer than three numbers', `line ${number}`, 'Is it a cloud of points?');
    if (row.length < width) {
      report.warn('malformed', 'rows with fewer numbers than the first were left out', `line ${number}`);
      continue;
    }
    if (lines.length === LIMITS.points) report.fail('too-large', `there are more than ${LIMITS.points.toLocaleString('en')} points`, `line ${number}`, 'Thin the cloud out first.');
    for (let k = 0; k < width; k++) values.push(row[k]);
    lines.push(number);
  }
  if (lines.length === 0) report.fail('empty', 'no line of it gives a point', undefined, 'Is it a cloud of points?');
  const table = { values, width, rows: lines.length };
  const layout = (header && namedLayout(header)) ?? guessLayout(table);
  const pick = (columns: readonly number[] | undefined) =>
    columns && Float64Array.from({ length: columns.length * table.rows }, (_, i) => values[Math.floor(i / columns.length) * width + columns[i % columns.length]]);
  const colors = pick(layout.color);
  const full = colors?.some((c) => c > 1) ? 255 : 1;
  return finishCloud(name, {
    positions: pick(layout.position) as Float64Array, normals: pick(layout.normal), colors: colors?.map((c) => linearFromFile(c / full)),
    labels: layout.label === undefined ? undefined : pick([layout.label]), placeOf: (row) => `line ${lines[row]}`,
  }, report);
}

function namedLayout(header: readonly string[]): Layout | undefined {
  const three = (...names: [string[], string[], string[]]) => {
    const at = names.map((known) => header.findIndex((word) => known.includes(word)));
    return at.every((i) => i >= 0) ? at as unknown as Layout['position'] : undefined;
  };
  const position = three(['x'], ['y'], ['z']);
  if (!position) return undefined;
  const label = header.findIndex((word) => ['label', 'class', 'part', 'classification'].includes(word));
  return {
    position, normal: three(['nx', 'normal_x'], ['ny', 'normal_y'], ['nz', 'normal_z']), color: three(['r', 'red'], ['g', 'green'], ['b', 'blue']),
    ...(label >= 0 && { label }),
  };
}

interface Table {
  readonly values: readonly number[];
  readonly width: number;
  readonly rows: number;
}

/** How far a normal's length may be from 1 in a file of few digits. */
const NORMAL_TOLERANCE = 0.02;
const LOOKED_AT = 1000;

function guessLayout({ values, width, rows }: Table): Layout {
  const looked = Math.min(rows, LOOKED_AT);
  const every = (test: (row: number) => boolean) => Array.from({ length: looked }, (_, row) => row).every(test);
  const at = (row: number, column: number) => values[row * width + column];
  const isLabel = (column: number) => column < width && every((row) => Number.isInteger(at(row, column)) && at(row, column) >= 0 && at(row, column) <= 255);
  const isNormal = (first: number) => first + 3 <= width
    && every((row) => Math.abs(Math.hypot(at(row, first), at(row, first + 1), at(row, first + 2)) - 1) < NORMAL_TOLERANCE);
  const isColor = (first: number) => first + 3 <= width && every((row) => [0, 1, 2].every((k) => at(row, first + k) >= 0 && at(row, first + k) <= 255));
  const position = [0, 1, 2] as const;
  if (isNormal(3)) return { position, normal: [3, 4, 5], ...(isLabel(6) && { label: 6 }) };
  if (isColor(3)) return { position, color: [3, 4, 5], ...(width === 7 && isLabel(6) && !every((row) => at(row, 6) === at(0, 6)) && { label: 6 }) };
  return { position, ...(width === 4 && isLabel(3) && { label: 3 }) };
}
