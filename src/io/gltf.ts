import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { finishMesh } from './finish';
import { isGlb, splitGlb } from './glbContainer';
import { readTexture, type GltfMaterial } from './gltfMaterial';
import { readPrimitive, type Piece } from './gltfPrimitive';
import { meshInstances } from './gltfScene';
import { MESHOPT_EXTENSIONS, type GltfDocument } from './gltfBuffers';
import { createJsonReader, type JsonNode } from './json';
import { LIMITS } from './limits';
import type { Report } from './report';
import type { ReadResult } from './result';
import type { Siblings } from './siblings';

const DRACO = 'KHR_draco_mesh_compression';

/**
 * glTF 2.0, text (.gltf with its buffers given along or inside) or binary (.glb): the default scene as one mesh in the scene's frame.
 * Base colour factors and vertex colours become vertex colours; the base colour texture on most faces is handed on encoded.
 * Meshopt compression is undone, Draco refused by name. A primitive that cannot be read is left out with a warning.
 */
export async function readGltf(name: string, bytes: Uint8Array, siblings: Siblings, report: Report, binaryExpected = false): Promise<ReadResult> {
  // A .glb file may hold the text form; anything else in it is a damaged binary one.
  const parts = isGlb(bytes) || (binaryExpected && !/^\uFEFF?\s*\{/.test(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, 64)))) ? splitGlb(bytes, report) : { json: bytes };
  const root = parseJson(parts.json, report);
  const json = createJsonReader(report);
  const document: GltfDocument = { root: json.object(root), json, siblings, report, binary: parts.binary, buffers: new Map() };
  checkVersion(document);
  if (json.items(json.get(root, 'extensionsUsed')).some(({ value }) => MESHOPT_EXTENSIONS.includes(String(value)))) await MeshoptDecoder.ready;
  const pieces: Piece[] = [];
  let [vertices, faces] = [0, 0];
  for (const { mesh, matrix } of meshInstances(document)) {
    for (const primitive of report.attempt(() => json.items(json.get(json.object(mesh), 'primitives'))) ?? []) {
      const piece = report.attempt(() => readPrimitive(document, primitive, matrix));
      if (!piece) continue;
      vertices += piece.positions.length / 3;
      faces += piece.faces.length / 3;
      if (vertices > LIMITS.vertices || faces > LIMITS.faces) {
        report.fail('too-large', `the scene has more than ${LIMITS.vertices.toLocaleString('en')} vertices or ${LIMITS.faces.toLocaleString('en')} faces`,
          primitive.pointer, 'Simplify the mesh first.');
      }
      pieces.push(piece);
    }
  }
  const textured = chooseTexture(pieces, report);
  const mesh = finishMesh(name, mergePieces(pieces, textured, vertices, faces), report);
  return { mesh, texture: textured && report.attempt(() => readTexture(document, textured)) };
}

function parseJson(bytes: Uint8Array, report: Report): JsonNode {
  try {
    // The decoder takes a byte order mark away.
    return { pointer: '', value: JSON.parse(new TextDecoder().decode(bytes)) as unknown };
  } catch (error) {
    return report.fail('malformed', `its JSON cannot be read (${error instanceof Error ? error.message : String(error)})`, undefined, 'The file is cut off or damaged; export it again.');
  }
}

function checkVersion({ json, root, report }: GltfDocument): void {
  const asset = json.get(root, 'asset');
  const version = asset.value === undefined ? undefined : json.text(json.get(asset, 'version'));
  if (version === undefined) report.warn('malformed', 'it names no glTF version; it is read as 2.0', '/asset');
  else if (!version.startsWith('2.')) report.fail('unsupported', `it is of glTF version ${version.slice(0, 20)}; only 2 is read`, '/asset/version', 'Export it as glTF 2.0.');
  for (const item of json.items(json.get(root, 'extensionsRequired'))) {
    if (json.text(item) === DRACO) report.fail('unsupported', `it is compressed with Draco (${DRACO})`, item.pointer, 'Export it without mesh compression.');
  }
}

function chooseTexture(pieces: readonly Piece[], report: Report): GltfMaterial['texture'] {
  const faces = new Map<number, number>();
  for (const { texture, faces: own } of pieces) if (texture) faces.set(texture.index, (faces.get(texture.index) ?? 0) + own.length);
  const [most] = [...faces].sort((a, b) => b[1] - a[1]);
  if (faces.size > 1) report.warn('unsupported', `it has ${faces.size} base colour textures; only the one on most faces is used`, `/textures/${most[0]}`);
  return pieces.find(({ texture }) => texture?.index === most?.[0])?.texture;
}

function mergePieces(pieces: readonly Piece[], textured: GltfMaterial['texture'], vertices: number, faces: number) {
  const positions = new Float32Array(3 * vertices);
  const indices = new Uint32Array(3 * faces);
  // A zero normal is repaired later; what has no colour is white.
  const normals = pieces.some((piece) => piece.normals) ? new Float32Array(3 * vertices) : undefined;
  const colors = pieces.some((piece) => piece.colors) ? new Float32Array(3 * vertices).fill(1) : undefined;
  const uvs = textured || pieces.some((piece) => piece.uvs) ? new Float32Array(2 * vertices) : undefined;
  let [vertex, index] = [0, 0];
  for (const piece of pieces) {
    positions.set(piece.positions, 3 * vertex);
    if (piece.normals) normals?.set(piece.normals, 3 * vertex);
    if (piece.colors) colors?.set(piece.colors, 3 * vertex);
    if (piece.uvs) uvs?.set(piece.uvs, 2 * vertex);
    // An index beyond its own piece must not fall into the next one.
    const count = piece.positions.length / 3;
    for (const v of piece.faces) indices[index++] = v < count ? vertex + v : OUT_OF_RANGE;
    vertex += count;
  }
  return { positions, faces: indices, normals, colors, uvs };
}

const OUT_OF_RANGE = 0xffffffff;
