import { weldPositions } from '../scene/weld';
import { pickVertices } from '../scene/normals';
import type { Mesh } from '../scene/mesh';
import { finishMesh } from './finish';
import { growableFloats } from './growable';
import { LIMITS } from './limits';
import type { Report } from './report';
import type { ReadResult } from './result';
import { peekText, readLines, splitWords } from './text';

const HEADER_BYTES = 84;
const FACET_BYTES = 50;

/** STL, text or binary, of one or several solids. Its vertices are welded; its normals are computed anew, since few writers give good ones. */
export function readStl(name: string, bytes: Uint8Array, report: Report): ReadResult {
  const positions = isBinaryStl(bytes) ? readBinary(bytes, report) : readText(bytes, report);
  return { mesh: weldMesh(finishMesh(name, { positions, faces: Int32Array.from({ length: positions.length / 3 }, (_, i) => i) }, report)) };
}

/** The word "solid" begins many binary files too, so the size decides, and then whether facets follow. */
export function isBinaryStl(bytes: Uint8Array): boolean {
  if (bytes.length >= HEADER_BYTES && bytes.length === HEADER_BYTES + FACET_BYTES * countFacets(bytes)) return true;
  const start = peekText(bytes, 1024).trimStart().toLowerCase();
  return !(start.startsWith('solid') && /\b(facet|endsolid)\b/.test(start));
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const countFacets = (bytes: Uint8Array) => viewOf(bytes).getUint32(80, true);

function readBinary(bytes: Uint8Array, report: Report): Float32Array {
  if (bytes.length < HEADER_BYTES) report.fail('malformed', `it has ${bytes.length} bytes; a binary STL has at least ${HEADER_BYTES}`, `byte ${bytes.length}`, 'Is it an STL file?');
  const declared = countFacets(bytes);
  const facets = Math.min(declared, Math.floor((bytes.length - HEADER_BYTES) / FACET_BYTES));
  if (facets < declared) report.warn('malformed', `it declares ${declared.toLocaleString('en')} facets but holds ${facets.toLocaleString('en')}`, `byte ${bytes.length}`);
  const view = viewOf(bytes);
  const positions = new Float32Array(9 * facets);
  for (let f = 0; f < facets; f++) {
    // A facet: its normal, three corners, two spare bytes.
    const at = HEADER_BYTES + FACET_BYTES * f + 12;
    for (let k = 0; k < 9; k++) positions[9 * f + k] = view.getFloat32(at + 4 * k, true);
    if (!positions.subarray(9 * f, 9 * f + 9).every(Number.isFinite)) report.warn('not-finite', 'facets with coordinates that are no finite numbers cannot be used', `byte ${at}`);
  }
  return positions;
}

function readText(bytes: Uint8Array, report: Report): Float32Array {
  const positions = growableFloats();
  let corners: number[] = [];
  const endFacet = (line: number) => {
    if (corners.length === 9) {
      if (positions.length >= 9 * LIMITS.faces) report.fail('too-large', `there are more than ${LIMITS.faces.toLocaleString('en')} facets`, `line ${line}`);
      if (!corners.every(Number.isFinite)) report.warn('not-finite', 'facets with coordinates that are no finite numbers cannot be used', `line ${line}`);
      corners.forEach((x) => positions.push(x));
    } else if (corners.length) report.warn('malformed', 'facets with other than three corners were left out', `line ${line}`);
    corners = [];
  };
  let last = 1;
  for (const { text, number } of readLines(bytes)) {
    last = number;
    const [keyword, ...words] = splitWords(text);
    const word = keyword?.toLowerCase();
    if (word === 'vertex' && corners.length <= 9) for (let k = 0; k < 3; k++) corners.push(Number(words[k]));
    else if (word === 'endloop' || word === 'endfacet' || word === 'facet') endFacet(number);
  }
  if (corners.length) {
    report.warn('malformed', 'it ends in the middle of a facet', `line ${last}`);
  }
  return positions.finish();
}

function weldMesh(mesh: Mesh): Mesh {
  const { ids, first } = weldPositions(mesh.positions);
  return { ...pickVertices(mesh, first), faces: mesh.faces.map((v) => ids[v]) };
}
