import type { PointCloud } from '../scene/pointCloud';
import { unpackColor } from './color';
import { LIMITS } from './limits';
import { decompressLzf, LZF_MOST_GROWTH } from './lzf';
import { readPcdHeader, type PcdField, type PcdHeader } from './pcdHeader';
import { finishCloud } from './pointTable';
import type { Report } from './report';
import { readLines, splitWords } from './text';

/** The Point Cloud Library's PCD: ascii, binary and binary_compressed; positions, normals, packed colours, labels. Other fields are passed over. */
export function readPcd(name: string, bytes: Uint8Array, report: Report): PointCloud {
  const header = readPcdHeader(bytes, report);
  const wanted = wantedColumns(header, report);
  const { columns, placeOf } = header.data === 'ascii' ? asciiColumns(bytes, header, wanted, report) : binaryColumns(bytes, header, wanted, report);
  const join = (names: readonly string[]) => {
    const parts = names.map((field) => columns.get(field));
    return parts.every((part) => part !== undefined) ? interleave(parts) : undefined;
  };
  const packed = columns.get('rgb') ?? columns.get('rgba');
  return finishCloud(name, {
    positions: join(['x', 'y', 'z']) as Float64Array,
    normals: join(['normal_x', 'normal_y', 'normal_z']),
    colors: packed && Float32Array.from({ length: 3 * packed.length }, (_, i) => unpackColor(packed[Math.floor(i / 3)], i % 3)),
    labels: columns.get('label'), placeOf,
  }, report);
}

const POSITION = ['x', 'y', 'z'];
const READ = [...POSITION, 'normal_x', 'normal_y', 'normal_z', 'rgb', 'rgba', 'label'];
const isPacked = ({ name }: PcdField): boolean => name === 'rgb' || name === 'rgba';

const PACKED_BYTES = 4;

interface Wanted {
  readonly field: PcdField;
  /** Its first number among a row's. */
  readonly word: number;
  /** Its first byte in a row, and the sum of those of the fields before. */
  readonly byte: number;
}

function wantedColumns({ fields }: PcdHeader, report: Report): Wanted[] {
  let [word, byte] = [0, 0];
  const found: Wanted[] = [];
  for (const field of fields) {
    // Packed colours are four bytes.
    const isWhole = field.count === 1 && (!isPacked(field) || field.size === PACKED_BYTES);
    if (READ.includes(field.name) && isWhole && !found.some((other) => other.field.name === field.name)) found.push({ field, word, byte });
    word += field.count;
    byte += field.count * field.size;
  }
  if (!POSITION.every((name) => found.some(({ field }) => field.name === name))) report.fail('malformed', 'its points lack x, y or z', undefined, 'Export the cloud again.');
  return found;
}

interface Columns {
  readonly columns: ReadonlyMap<string, Float64Array>;
  placeOf(row: number): string;
}

const emptyColumns = (wanted: readonly Wanted[], points: number) => new Map(wanted.map(({ field }) => [field.name, new Float64Array(points)]));

function asciiColumns(bytes: Uint8Array, { points, fields, bodyStart, bodyLine }: PcdHeader, wanted: readonly Wanted[], report: Report): Columns {
  // A row takes at least a digit and a blank for each number.
  const words = fields.reduce((sum, { count }) => sum + count, 0);
  const possible = Math.min(points, Math.ceil((bytes.length - bodyStart + 1) / Math.max(1, 2 * words)));
  const columns = emptyColumns(wanted, possible);
  const lines = new Uint32Array(possible);
  let row = 0;
  for (const { text, number } of readLines(bytes.subarray(bodyStart), bodyLine)) {
    if (row === possible) break;
    const found = splitWords(text);
    if (found.length === 0) continue;
    if (found.length < words) report.warn('malformed', 'rows with fewer numbers than the header says', `line ${number}`);
    lines[row] = number;
    for (const { field, word } of wanted) {
      const value = Number(found[word] ?? NaN);
      (columns.get(field.name) as Float64Array)[row] = isPacked(field) && field.type === 'F' ? packedInFloat(value) : value;
    }
    row++;
  }
  return { columns: cut(columns, row, points, report), placeOf: (i) => `line ${lines[i]}` };
}

const floatOfBits = new Float32Array(1);
const bitsOfFloat = new Uint32Array(floatOfBits.buffer);

/** PCL writes the bits of a packed colour as a floating-point number; others write the number itself. */
function packedInFloat(value: number): number {
  if (value >= 1 && value <= 0xffffff) return Math.round(value);
  floatOfBits[0] = value;
  return bitsOfFloat[0];
}

function binaryColumns(bytes: Uint8Array, header: PcdHeader, wanted: readonly Wanted[], report: Report): Columns {
  const { fields, points, bodyStart } = header;
  const stride = fields.reduce((sum, { size, count }) => sum + size * count, 0);
  const compressed = header.data === 'binary_compressed';
  const body = compressed ? decompressBody(bytes, header, stride * points, report) : bytes.subarray(bodyStart);
  const complete = Math.min(points, Math.floor(body.length / Math.max(1, stride)));
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const columns = emptyColumns(wanted, complete);
  for (const { field, byte } of wanted) {
    const column = columns.get(field.name) as Float64Array;
    const read = numberReader(view, field);
    // Compressed data stand field by field, others point by point.
    const [start, step] = compressed ? [byte * points, field.size] : [byte, stride];
    for (let row = 0; row < complete; row++) column[row] = read(start + row * step);
  }
  return { columns: cut(columns, complete, points, report), placeOf: (row) => (compressed ? `point ${row}` : `byte ${bodyStart + row * stride}`) };
}

function decompressBody(bytes: Uint8Array, { bodyStart }: PcdHeader, expected: number, report: Report): Uint8Array {
  const place = `byte ${bodyStart}`;
  if (bytes.length < bodyStart + 8) report.fail('malformed', 'it ends before its compressed data', place);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [packed, unpacked] = [view.getUint32(bodyStart, true), view.getUint32(bodyStart + 4, true)];
  if (packed > bytes.length - bodyStart - 8) report.fail('malformed', `it holds ${bytes.length - bodyStart - 8} of ${packed} compressed bytes`, place, 'The file is cut off.');
  if (unpacked !== expected) report.fail('malformed', `its points take ${expected} bytes, but ${unpacked} are compressed`, place);
  if (unpacked > LIMITS.fileBytes) {
    report.fail('too-large', `it holds ${Math.round(unpacked / 2 ** 20)} MB; at most ${LIMITS.fileBytes / 2 ** 20} MB are read`, place, 'Thin the cloud out first.');
  }
  if (unpacked > LZF_MOST_GROWTH * packed) report.fail('malformed', `${packed} compressed bytes cannot hold ${unpacked}`, place);
  return decompressLzf(bytes.subarray(bodyStart + 8, bodyStart + 8 + packed), unpacked) ?? report.fail('malformed', 'its compressed data are damaged', place);
}

function numberReader(view: DataView, field: PcdField): (at: number) => number {
  if (isPacked(field)) return (at) => view.getUint32(at, true);
  const { type, size } = field;
  if (type === 'F') return size === 4 ? (at) => view.getFloat32(at, true) : (at) => view.getFloat64(at, true);
  if (size === 8) return (at) => Number(type === 'I' ? view.getBigInt64(at, true) : view.getBigUint64(at, true));
  if (type === 'I') return size === 1 ? (at) => view.getInt8(at) : size === 2 ? (at) => view.getInt16(at, true) : (at) => view.getInt32(at, true);
  return size === 1 ? (at) => view.getUint8(at) : size === 2 ? (at) => view.getUint16(at, true) : (at) => view.getUint32(at, true);
}

function cut(columns: Map<string, Float64Array>, rows: number, declared: number, report: Report): ReadonlyMap<string, Float64Array> {
  if (rows < declared) report.warn('malformed', `it ends after ${rows} of ${declared} points`);
  return new Map([...columns].map(([name, data]) => [name, data.subarray(0, rows)]));
}

function interleave(columns: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(columns.length * columns[0].length);
  columns.forEach((column, k) => column.forEach((x, row) => { out[columns.length * row + k] = x; }));
  return out;
}
