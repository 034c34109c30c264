import { linearFromFile } from './color';
import { finishSurface } from './finish';
import { LIMITS } from './limits';
import { createRow, openBody, smallestRow, type PlyRow, type PlyRows } from './plyBody';
import { readPlyHeader, type PlyElement, type PlyHeader } from './plyHeader';
import type { Report } from './report';
import type { ReadResult } from './result';
import { encodedImage, findSibling, type Siblings } from './siblings';
import { createSurface, pushPolygon, type Surface } from './surface';

/**
 * PLY, text and binary of either byte order: polygons, normals, uvs, colours (as bytes or floats, taken as sRGB) of vertices and of faces,
 * MeshLab's texture coordinates of corners. Triangle strips are refused.
 */
export function readPly(name: string, bytes: Uint8Array, siblings: Siblings, report: Report): ReadResult {
  const header = readPlyHeader(bytes, report);
  checkCounts(header, bytes.length, report);
  const rows = openBody(bytes, header, report);
  const surface = createSurface(rows.unit);
  // Cutting concave polygons needs their positions: faces that come before the vertices wait.
  const waiting: PlyFace[] = [];
  const vertexColors = header.elements.some((element) => element.name === 'vertex' && colorColumns(element));
  for (const element of header.elements) {
    const read = element.name === 'vertex' ? vertexReader(element, surface, rows, report)
      : element.name === 'face' ? faceReader(element, (face) => (surface.positions.length ? pushFace(surface, face, vertexColors, report) : waiting.push(face)))
        : undefined;
    if (element.name === 'tristrips') report.warn('unsupported', 'triangle strips are not read');
    const row = createRow(element);
    // Rows of other elements without any property take no bytes: there is nothing to pass over.
    const count = element.properties.length ? element.count : 0;
    for (let i = 0; i < count; i++) {
      if (!rows.next(element, row)) {
        report.warn('malformed', `the file ends after ${i} of ${element.count} elements "${element.name}"`, `${rows.unit} ${rows.place()}`);
        break;
      }
      read?.(row, rows.place());
    }
  }
  for (const face of waiting) pushFace(surface, face, vertexColors, report);
  const mesh = finishSurface(name, surface, report);
  return { mesh, texture: mesh.uvs && findTexture(header, siblings, report) };
}

function checkCounts({ elements, format, bodyStart }: PlyHeader, fileBytes: number, report: Report): void {
  for (const element of elements) {
    const limit = element.name === 'vertex' ? LIMITS.vertices : LIMITS.faces;
    const declared = `it declares ${element.count.toLocaleString('en')} elements "${element.name}"`;
    if (element.count > limit) report.fail('too-large', declared, undefined, `At most ${limit.toLocaleString('en')} are read.`);
    // The last row of a text file may lack its line break.
    if (element.count * smallestRow(element, format) > fileBytes - bodyStart + 1) report.warn('malformed', `${declared}, more than the file can hold`);
  }
}

const column = (element: PlyElement, ...names: string[]): number => element.properties.findIndex((p) => !p.lengthType && names.includes(p.name));
const listColumn = (element: PlyElement, ...names: string[]): number => element.properties.findIndex((p) => p.lengthType && names.includes(p.name));

/** Columns of red, green and blue with the value that stands for full. */
function colorColumns(element: PlyElement): { at: number[]; full: number } | undefined {
  const at = [column(element, 'red', 'r', 'diffuse_red'), column(element, 'green', 'g', 'diffuse_green'), column(element, 'blue', 'b', 'diffuse_blue')];
  if (at.some((i) => i < 0)) return undefined;
  const { type } = element.properties[at[0]];
  return { at, full: type.startsWith('float') ? 1 : type === 'uint16' ? 65535 : 255 };
}

type ReadRow = (row: PlyRow, place: number) => void;

function vertexReader(element: PlyElement, surface: Surface, rows: PlyRows, report: Report): ReadRow {
  const position = ['x', 'y', 'z'].map((name) => column(element, name));
  if (position.some((i) => i < 0)) report.fail('malformed', 'its vertices lack x, y or z', undefined, 'Export the mesh again.');
  const normal = ['nx', 'ny', 'nz'].map((name) => column(element, name));
  const uv = [column(element, 's', 'u', 'texture_u', 'texture_s'), column(element, 't', 'v', 'texture_v', 'texture_t')];
  const color = colorColumns(element);
  return ({ values }, place) => {
    for (const i of position) surface.positions.push(values[i]);
    if (!position.every((i) => Number.isFinite(Math.fround(values[i])))) {
      report.warn('not-finite', 'vertices whose coordinates are no three finite numbers cannot be used', `${rows.unit} ${place}`);
    }
    if (normal.every((i) => i >= 0)) for (const i of normal) surface.normals.push(values[i]);
    if (uv.every((i) => i >= 0)) for (const i of uv) surface.uvs.push(values[i]);
    if (color) for (const i of color.at) surface.colors.push(linearFromFile(values[i] / color.full));
  };
}

interface PlyFace {
  readonly indices: readonly number[];
  /** u, v for each corner. */
  readonly uvs?: readonly number[];
  readonly color?: readonly number[];
  readonly place: number;
}

function faceReader(element: PlyElement, emit: (face: PlyFace) => void): ReadRow {
  const indices = listColumn(element, 'vertex_indices', 'vertex_index');
  const uvs = listColumn(element, 'texcoord');
  const color = colorColumns(element);
  return ({ values, lists }, place) => {
    const corners = lists[indices]?.slice() ?? [];
    emit({
      indices: corners, place,
      ...(uvs >= 0 && lists[uvs].length === 2 * corners.length && { uvs: lists[uvs].slice() }),
      ...(color && { color: color.at.map((i) => linearFromFile(values[i] / color.full)) }),
    });
  };
}

/** Texture coordinates of corners win over those of vertices, colours of vertices over those of faces. */
function pushFace(surface: Surface, { indices, uvs, color, place }: PlyFace, vertexColors: boolean, report: Report): void {
  const rows = surface.positions.length / 3;
  if (!indices.every((index) => Number.isInteger(index) && index >= 0 && index < rows)) {
    return report.warn('index-out-of-range', 'faces that name vertices which do not exist were left out', `${surface.placeUnit} ${place}`);
  }
  const normal = surface.normals.length === surface.positions.length;
  const uvStart = surface.uvs.length / 2;
  uvs?.forEach((x) => surface.uvs.push(x));
  const colorRow = color && !vertexColors ? surface.colors.length / 3 : -1;
  if (colorRow >= 0) color?.forEach((c) => surface.colors.push(c));
  pushPolygon(surface, indices.map((index, k) => ({
    position: index, normal: normal ? index : -1,
    uv: uvs ? uvStart + k : index < uvStart ? index : -1, color: vertexColors ? index : colorRow,
  })), report, place);
}

function findTexture({ textureFile }: PlyHeader, siblings: Siblings, report: Report) {
  if (!textureFile) return undefined;
  const bytes = findSibling(siblings, textureFile);
  if (bytes) return encodedImage(textureFile, bytes, report);
  report.warn('missing-file', `the texture "${textureFile}" was not given, so the mesh is shown without it`);
  return undefined;
}
