import { linearFromFile } from './color';
import { finishSurface } from './finish';
import type { GrowableFloats } from './growable';
import { LIMITS } from './limits';
import { parseMtl, type ObjMaterial } from './mtl';
import type { Report } from './report';
import type { ReadResult } from './result';
import { encodedImage, findSibling, type EncodedImage, type Siblings } from './siblings';
import { createSurface, pushPolygon, type Corner, type Surface } from './surface';
import { readLines, splitWords } from './text';

interface ObjState {
  readonly surface: Surface;
  readonly siblings: Siblings;
  readonly report: Report;
  readonly materials: Map<string, ObjMaterial>;
  material: ObjMaterial | undefined;
  /** Faces that each texture is on. */
  readonly textureFaces: Map<string, number>;
  /** Rows of the materials' colours in the surface's table. */
  readonly colorRows: Map<string, number>;
  /** Vertex colours win over materials'; settled at the first face. */
  colorSource: 'vertices' | 'materials' | undefined;
}

/**
 * Wavefront OBJ with its MTL: polygons, negative indices, normals and uvs of each corner, vertex colours, diffuse colours of materials,
 * one colour texture. Curves, points and lines are passed over.
 */
export function readObj(name: string, bytes: Uint8Array, siblings: Siblings, report: Report): ReadResult {
  const state: ObjState = {
    surface: createSurface('line'), siblings, report, materials: new Map(), material: undefined,
    textureFaces: new Map(), colorRows: new Map(), colorSource: undefined,
  };
  let continued = '';
  for (const { text, number } of readLines(bytes)) {
    // A backslash at the end joins the next line on.
    if (text.endsWith('\\') && continued.length < LIMITS.headerBytes) {
      continued += `${text.slice(0, -1)} `;
      continue;
    }
    readStatement(state, continued + text, number);
    continued = '';
  }
  if (!state.surface.positions.length && !state.surface.places.length && !report.warnings.length) {
    report.fail('malformed', 'no line of it gives a vertex', undefined, 'Is it a Wavefront OBJ file?');
  }
  const mesh = finishSurface(name, state.surface, report);
  const { colors, ...uncolored } = mesh;
  const plain = state.colorSource !== 'vertices' && colors?.every((c) => c === 1);
  return { mesh: plain ? uncolored : mesh, texture: chooseTexture(state) };
}

function readStatement(state: ObjState, text: string, line: number): void {
  const { surface } = state;
  const [keyword, ...words] = splitWords(text.includes('#') ? text.slice(0, text.indexOf('#')) : text);
  const rest = () => text.trim().slice(keyword.length).trim();
  switch (keyword) {
    case 'v': return readVertex(state, words, line);
    case 'vn': return pushNumbers(surface.normals, words, 3);
    case 'vt': return pushNumbers(surface.uvs, words, 2);
    case 'f': return readFace(state, words, line);
    case 'mtllib': return readLibraries(state, rest(), line);
    case 'usemtl':
      state.material = state.materials.get(rest());
      if (!state.material && state.materials.size) state.report.warn('malformed', `the material "${rest()}" is not defined`, `line ${line}`);
  }
}

function readVertex(state: ObjState, words: readonly string[], line: number): void {
  const { surface: { positions, colors }, report } = state;
  if (positions.length >= 3 * LIMITS.vertices) {
    report.fail('too-large', `there are more than ${LIMITS.vertices.toLocaleString('en')} vertices`, `line ${line}`, 'Simplify the mesh first.');
  }
  const values = words.slice(0, 6).map(Number);
  const position = [0, 1, 2].map((k) => Math.fround(values[k]));
  if (!position.every(Number.isFinite)) report.warn('not-finite', 'vertices whose coordinates are no three finite numbers cannot be used', `line ${line}`);
  position.forEach((x) => positions.push(x));
  if (values.length < 6 || state.colorSource === 'materials') return;
  // A colour follows the position, in 0…1 or, from some writers, 0…255. Vertices before the first coloured one are white.
  while (colors.length < positions.length - 3) colors.push(1);
  const rgb = values.slice(3);
  const scale = rgb.some((c) => c > 1) ? 1 / 255 : 1;
  rgb.forEach((c) => colors.push(linearFromFile(c * scale)));
}

/** Missing and unreadable numbers become NaN, which the last check replaces. */
function pushNumbers(table: GrowableFloats, words: readonly string[], count: number): void {
  for (let k = 0; k < count; k++) table.push(Number(words[k]));
}

function readFace(state: ObjState, words: readonly string[], line: number): void {
  const { surface, report, material } = state;
  if (words.length > LIMITS.polygonCorners) return report.warn('too-large', 'faces with too many corners were left out', `line ${line}`);
  state.colorSource ??= surface.colors.length ? 'vertices' : 'materials';
  const count = surface.positions.length / 3;
  const polygon: Corner[] = [];
  for (const word of words) {
    const [v, t, n] = word.split('/');
    const position = rowOf(v, count);
    if (position === undefined || position < 0) {
      return report.warn('index-out-of-range', 'faces with indices that cannot be were left out', `line ${line}`);
    }
    polygon.push({
      position, uv: t ? rowOf(t, surface.uvs.length / 2) : -1, normal: n ? rowOf(n, surface.normals.length / 3) : -1,
      color: state.colorSource === 'vertices' ? position : colorRow(state, material),
    });
  }
  if (material?.texture) state.textureFaces.set(material.texture, (state.textureFaces.get(material.texture) ?? 0) + 1);
  pushPolygon(surface, polygon, report, line);
}

/** An OBJ index (from 1; negative ones count back from the last) as a row from 0; undefined for what is no index. */
function rowOf(word: string, count: number): number | undefined {
  const index = Number(word);
  if (!Number.isInteger(index) || index === 0 || Math.abs(index) > LIMITS.vertices) return undefined;
  return index > 0 ? index - 1 : count + index;
}

/** The row of a material's colour: white under a texture, and where there is no material. */
function colorRow({ surface: { colors }, colorRows }: ObjState, material: ObjMaterial | undefined): number {
  const color = material && !material.texture ? material.color : WHITE;
  const key = color.join(' ');
  const known = colorRows.get(key);
  if (known !== undefined) return known;
  color.forEach((c) => colors.push(c));
  colorRows.set(key, colors.length / 3 - 1);
  return colors.length / 3 - 1;
}

const WHITE = [1, 1, 1] as const;

/** mtllib may name several files, or one whose name has spaces. */
function readLibraries({ siblings, materials, report }: ObjState, names: string, line: number): void {
  const files = findSibling(siblings, names) ? [names] : names.split(/\s+(?=\S+\.mtl\b)/i);
  for (const file of files) {
    const bytes = findSibling(siblings, file);
    if (bytes) parseMtl(bytes, file, report).forEach((material, name) => materials.set(name, material));
    else report.warn('missing-file', `the material file "${file}" was not given, so its colours and texture are missing`, `line ${line}`);
  }
}

/** The texture on most faces. */
function chooseTexture({ textureFaces, siblings, report }: ObjState): EncodedImage | undefined {
  const [first, ...others] = [...textureFaces].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  if (!first) return undefined;
  if (others.length) report.warn('unsupported', `it has ${others.length + 1} textures; only "${first}", which is on most faces, is used`);
  const bytes = findSibling(siblings, first);
  if (bytes) return encodedImage(first, bytes, report);
  report.warn('missing-file', `the texture "${first}" was not given, so the mesh is shown without it`);
  return undefined;
}
