import type { Mesh } from '../scene/mesh';
import { pickVertices } from '../scene/normals';
import { weldVertices } from '../scene/weld';
import { LIMITS } from './limits';
import type { Report } from './report';
import type { Surface } from './surface';

/** A mesh as arrays, not yet checked. */
export interface RawMesh {
  readonly positions: Float32Array;
  /** [F, 3]; negative and too large ones are faults of the file. */
  readonly faces: Int32Array | Uint32Array;
  readonly normals?: Float32Array;
  readonly colors?: Float32Array;
  readonly uvs?: Float32Array;
}

/** The surface with one vertex for each combination of position, normal, uv and colour that its corners use. */
export function finishSurface(name: string, surface: Surface, report: Report): Mesh {
  const positions = surface.positions.finish();
  const { position, rows, placeOf } = cornersWithPositions(surface, positions.length / 3, report);
  const tables = [
    { rows: rows[0], data: surface.normals.finish(), width: 3, fill: 0 },
    { rows: rows[1], data: surface.uvs.finish(), width: 2, fill: 0 },
    { rows: rows[2], data: surface.colors.finish(), width: 3, fill: 1 },
  ].map((table) => mergeEqualRows(table, position));
  // An attribute that no corner uses is not there at all; where only some lack it, they get a zero normal (repaired later), uv 0 or white.
  const used = tables.map((table) => table.rows.some((row) => row >= 0));
  const ownRows = tables.filter((table, i) => used[i] && table.rows.some((row, corner) => row !== position[corner]));
  if (!ownRows.length) {
    const [normals, uvs, colors] = tables.map((table, i) => (used[i] ? fitRows(table.data, positions.length / 3, table.width, table.fill) : undefined));
    return finishMesh(name, { positions, faces: position, normals, uvs, colors }, report, placeOf);
  }
  const { vertexOf, cornerOf } = combineRows([position, ...ownRows.map((table) => table.rows)], positions.length / 3);
  const gather = ({ data, rows: from, width, fill }: (typeof tables)[number]) => {
    const out = new Float32Array(width * cornerOf.length).fill(fill);
    cornerOf.forEach((corner, v) => {
      const row = from[corner];
      if (row >= 0 && width * row + width <= data.length) out.set(data.subarray(width * row, width * row + width), width * v);
    });
    return out;
  };
  const [normals, uvs, colors] = tables.map((table, i) => (used[i] ? gather(table) : undefined));
  const gathered = gather({ data: positions, rows: position, width: 3, fill: NaN });
  return finishMesh(name, { positions: gathered, faces: vertexOf, normals, uvs, colors }, report, placeOf);
}

/** Corners that point to equal rows (each face of its own colour, say) point to one, so that they can share a vertex. */
function mergeEqualRows<T extends { rows: Int32Array; data: Float32Array; width: number }>(table: T, position: Int32Array): T {
  if (table.rows.every((row, corner) => row < 0 || row === position[corner])) return table;
  const { ids, first } = weldVertices(table.data.length / table.width, [table.data]);
  return { ...table, rows: table.rows.map((row) => (row >= 0 && row < ids.length ? first[ids[row]] : -1)) };
}

/** The surface's corners as arrays, without the faces that name positions which do not exist. */
function cornersWithPositions(surface: Surface, positionCount: number, report: Report) {
  const { corners, places, placeUnit } = surface;
  const [position, ...rows] = [corners.position, corners.normal, corners.uv, corners.color].map((column) => column.finish());
  const kept: number[] = [];
  const lines = places.finish();
  for (let face = 0; face < lines.length; face++) {
    const exists = [0, 1, 2].every((k) => position[3 * face + k] >= 0 && position[3 * face + k] < positionCount);
    if (exists) kept.push(face);
    else report.warn('index-out-of-range', MISSING_VERTICES, `${placeUnit} ${lines[face]}`);
  }
  const pick = (column: Int32Array) =>
    (kept.length === lines.length ? column : Int32Array.from({ length: 3 * kept.length }, (_, i) => column[3 * kept[Math.floor(i / 3)] + (i % 3)]));
  return { position: pick(position), rows: rows.map(pick), placeOf: (face: number) => `${placeUnit} ${lines[kept[face]]}` };
}

const MISSING_VERTICES = 'faces that name vertices which do not exist were left out';

const fitRows = (data: Float32Array, rows: number, width: number, fill: number): Float32Array => {
  if (data.length === rows * width) return data;
  const fitted = new Float32Array(rows * width).fill(fill);
  fitted.set(data.subarray(0, fitted.length));
  return fitted;
};

/** Numbers the distinct combinations of rows over the corners: chains from the first table's row, which few combinations share. */
function combineRows(tables: readonly Int32Array[], positionCount: number): { vertexOf: Int32Array; cornerOf: Int32Array } {
  const corners = tables[0].length;
  const head = new Int32Array(positionCount).fill(-1);
  const next = new Int32Array(corners);
  const vertexOf = new Int32Array(corners);
  const cornerOf = new Int32Array(corners);
  let count = 0;
  for (let corner = 0; corner < corners; corner++) {
    const position = tables[0][corner];
    let v = head[position];
    while (v >= 0 && !tables.every((rows) => rows[corner] === rows[cornerOf[v]])) v = next[v];
    if (v < 0) {
      v = count++;
      cornerOf[v] = corner;
      next[v] = head[position];
      head[position] = v;
    }
    vertexOf[corner] = v;
  }
  return { vertexOf, cornerOf: cornerOf.slice(0, count) };
}

/**
 * The last check of every reader: faces that name missing or not finite vertices are left out with a warning, other attributes made finite.
 * @throws SceneError where no face is left, saying why.
 */
export function finishMesh(name: string, raw: RawMesh, report: Report, placeOf = (face: number) => `face ${face}`): Mesh {
  const count = raw.positions.length / 3;
  if (count > LIMITS.vertices) report.fail('too-large', `there are more than ${LIMITS.vertices.toLocaleString('en')} vertices`, undefined, 'Simplify the mesh first.');
  const faces = usableFaces(raw, report, placeOf);
  if (!faces.length) failWithoutFaces(raw, report);
  const clean = (data: Float32Array | undefined, what: string, fill: number) => {
    if (!data || data.every(Number.isFinite)) return data;
    report.warn('not-finite', `${what} that are no finite numbers were replaced`);
    return data.map((x) => (Number.isFinite(x) ? x : fill));
  };
  const [normals, uvs, colors] = [clean(raw.normals, 'normals', 0), clean(raw.uvs, 'texture coordinates', 0), clean(raw.colors, 'colours', 1)];
  const mesh: Mesh = {
    name, positions: raw.positions, faces, ...(normals && { normals }), ...(colors && { colors: colors.map((x) => Math.min(1, Math.max(0, x))) }), ...(uvs && { uvs }),
  };
  return raw.positions.every(Number.isFinite) ? mesh : dropUnusedVertices(mesh);
}

function usableFaces(raw: RawMesh, report: Report, placeOf: (face: number) => string): Uint32Array {
  const { positions } = raw;
  const count = positions.length / 3;
  const isFinite = (v: number) => Number.isFinite(positions[3 * v] + positions[3 * v + 1] + positions[3 * v + 2]);
  const faces = new Uint32Array(raw.faces.length - (raw.faces.length % 3));
  let kept = 0;
  for (let f = 0; f < faces.length; f += 3) {
    const [a, b, c] = [raw.faces[f], raw.faces[f + 1], raw.faces[f + 2]];
    if (!(a >= 0 && b >= 0 && c >= 0 && a < count && b < count && c < count)) report.warn('index-out-of-range', MISSING_VERTICES, placeOf(f / 3));
    else if (!(isFinite(a) && isFinite(b) && isFinite(c))) report.warn('not-finite', 'faces with coordinates that are no finite numbers were left out', placeOf(f / 3));
    else {
      faces[kept] = a;
      faces[kept + 1] = b;
      faces[kept + 2] = c;
      kept += 3;
    }
  }
  return faces.slice(0, kept);
}

function failWithoutFaces(raw: RawMesh, report: Report): never {
  const cause = report.warnings[0];
  if (cause) report.fail(cause.code, `it holds no usable faces: ${cause.message}`, cause.place, cause.advice ?? 'Export the mesh again.');
  const points = raw.positions.length / 3;
  report.fail('no-faces', points ? `it holds ${points.toLocaleString('en')} points but no faces` : 'it holds no faces', undefined,
    'Points alone are no surface: give a mesh with faces.');
}

/** The mesh without the vertices that no face uses; the others keep their order. */
export function dropUnusedVertices(mesh: Mesh): Mesh {
  const used = new Uint8Array(mesh.positions.length / 3);
  for (const v of mesh.faces) used[v] = 1;
  const sources = new Uint32Array(used.length);
  const renumbered = new Uint32Array(used.length);
  let count = 0;
  used.forEach((isUsed, v) => {
    if (!isUsed) return;
    sources[count] = v;
    renumbered[v] = count++;
  });
  if (count === used.length) return mesh;
  return { ...pickVertices(mesh, sources.subarray(0, count)), faces: mesh.faces.map((v) => renumbered[v]) };
}
