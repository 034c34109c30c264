import { linearFromFile } from './color';
import { finishSurface } from './finish';
import { LIMITS } from './limits';
import type { Report } from './report';
import type { ReadResult } from './result';
import { createSurface, pushPolygon, type Surface } from './surface';
import { readLines, splitWords } from './text';

/** Letters before OFF say what each vertex has after its position, in this order: N normal, C colour, ST texture coordinates. */
export const OFF_HEADER = /^(ST)?(C?)(N?)(4?)(n?)OFF\b/;

interface Row {
  readonly words: string[];
  readonly line: number;
}

/** The rows that hold anything, without comments. */
function* readRows(bytes: Uint8Array): Generator<Row> {
  for (const { text, number } of readLines(bytes)) {
    const words = splitWords(text.includes('#') ? text.slice(0, text.indexOf('#')) : text);
    if (words.length) yield { words, line: number };
  }
}

/** Geomview's OFF: polygons, colours and normals of vertices (COFF, NOFF, STOFF), colours of faces. Its binary form is refused. */
export function readOff(name: string, bytes: Uint8Array, report: Report): ReadResult {
  const rows = readRows(bytes);
  const { layout, vertexCount, declaredFaces, line } = readCounts(rows, bytes.length, report);
  const surface = createSurface('line');
  let last = line;
  for (let v = 0; v < vertexCount; v++) {
    const row = rows.next();
    if (row.done) report.fail('malformed', `it ends after ${v} of ${vertexCount} vertices`, `line ${last}`, 'The file is cut off; export it again.');
    last = row.value.line;
    readVertex(surface, row.value, layout, report);
  }
  let faces = 0;
  for (; faces < declaredFaces; faces++) {
    const row = rows.next();
    if (row.done) break;
    last = row.value.line;
    readFace(surface, row.value, layout.color, report);
  }
  if (faces < declaredFaces) report.warn('malformed', `it ends after ${faces} of ${declaredFaces} faces`, `line ${last}`);
  return { mesh: finishSurface(name, surface, report) };
}

interface Layout {
  readonly normal: boolean;
  readonly color: boolean;
  readonly uv: boolean;
}

function readCounts(rows: Generator<Row>, fileBytes: number, report: Report) {
  const first = rows.next();
  if (first.done) report.fail('empty', 'the file holds nothing but blanks');
  let { words, line } = first.value;
  const header = OFF_HEADER.exec(words[0]);
  // Some writers leave the header word out.
  if (header) {
    if (header[4] || header[5]) report.fail('unsupported', `${words[0]} has points of other than three dimensions`, `line ${line}`);
    if (words[1]?.toUpperCase() === 'BINARY') report.fail('unsupported', 'binary OFF is not read', `line ${line}`, 'Save it as text, or as PLY.');
    words = words.slice(1);
    if (!words.length) {
      const next = rows.next();
      if (next.done) report.fail('malformed', 'it ends before the counts of vertices and faces', `line ${line}`);
      ({ words, line } = next.value);
    }
  }
  const [vertexCount, declaredFaces] = words.map(Number);
  for (const count of [vertexCount, declaredFaces]) {
    if (!Number.isInteger(count) || count < 0) {
      report.fail('malformed', `"${words.slice(0, 3).join(' ')}" does not give the counts of vertices and faces`, `line ${line}`, 'Is it an OFF file?');
    }
  }
  // A vertex takes at least "0 0 0" and a line break, a face "0" and one.
  if (vertexCount > LIMITS.vertices || declaredFaces > LIMITS.faces) {
    report.fail('too-large', `it declares ${vertexCount.toLocaleString('en')} vertices and ${declaredFaces.toLocaleString('en')} faces`, `line ${line}`,
      `At most ${LIMITS.vertices.toLocaleString('en')} and ${LIMITS.faces.toLocaleString('en')} are read.`);
  }
  if (6 * vertexCount + 2 * declaredFaces > fileBytes + 6) {
    report.warn('malformed', `it declares ${vertexCount} vertices and ${declaredFaces} faces, more than its ${fileBytes} bytes can hold`, `line ${line}`);
  }
  return { layout: { uv: Boolean(header?.[1]), color: Boolean(header?.[2]), normal: Boolean(header?.[3]) }, vertexCount, declaredFaces, line };
}

function readVertex(surface: Surface, { words, line }: Row, layout: Layout, report: Report): void {
  const values = words.map(Number);
  const position = [0, 1, 2].map((k) => Math.fround(values[k]));
  if (!position.every(Number.isFinite)) report.warn('not-finite', 'vertices whose coordinates are no three finite numbers cannot be used', `line ${line}`);
  position.forEach((x) => surface.positions.push(x));
  let at = 3;
  if (layout.normal) for (let k = 0; k < 3; k++) surface.normals.push(values[at++]);
  if (layout.color) {
    const end = values.length - (layout.uv ? 2 : 0);
    readColor(words.slice(at, end)).forEach((c) => surface.colors.push(c));
    at = end;
  }
  if (layout.uv) for (let k = 0; k < 2; k++) surface.uvs.push(values[at + k]);
}

/** Three or four numbers: integers count to 255, others to 1; an alpha is passed over. White for anything else. */
function readColor(words: readonly string[]): [number, number, number] {
  const rgb = words.slice(0, 3).map(Number);
  if (rgb.length < 3 || !rgb.every(Number.isFinite)) return [1, 1, 1];
  const integers = words.slice(0, 3).every((word) => !word.includes('.')) && rgb.some((c) => c > 1);
  const [r, g, b] = rgb.map((c) => linearFromFile(integers || rgb.some((x) => x > 1) ? c / 255 : c));
  return [r, g, b];
}

function readFace(surface: Surface, { words, line }: Row, vertexColors: boolean, report: Report): void {
  const corners = Number(words[0]);
  const indices = words.slice(1, 1 + corners).map(Number);
  if (!Number.isInteger(corners) || corners < 0 || corners > LIMITS.polygonCorners || indices.length < corners) {
    return report.warn('malformed', 'faces without as many corners as they declare were left out', `line ${line}`);
  }
  if (!indices.every((index) => Number.isInteger(index) && index >= 0 && index < surface.positions.length / 3)) {
    return report.warn('index-out-of-range', 'faces that name vertices which do not exist were left out', `line ${line}`);
  }
  const rest = words.slice(1 + corners);
  let faceColor = -1;
  if (!vertexColors && rest.length >= 3) {
    readColor(rest).forEach((c) => surface.colors.push(c));
    faceColor = surface.colors.length / 3 - 1;
  }
  pushPolygon(surface, indices.map((index) => ({
    position: index, normal: surface.normals.length ? index : -1, uv: surface.uvs.length ? index : -1, color: vertexColors ? index : faceColor,
  })), report, line);
}
