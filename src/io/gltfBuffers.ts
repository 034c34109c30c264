import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { LIMITS } from './limits';
import type { JsonNode, JsonReader } from './json';
import type { Report } from './report';
import { findSibling, type Siblings } from './siblings';

/** An open glTF document. */
export interface GltfDocument {
  readonly root: JsonNode;
  readonly json: JsonReader;
  readonly siblings: Siblings;
  readonly report: Report;
  /** The GLB's binary chunk. */
  readonly binary?: Uint8Array;
  readonly buffers: Map<number, Uint8Array>;
}

/** An item of one of the document's top-level arrays. */
export function gltfItem(document: GltfDocument, kind: string, index: number, from: JsonNode): JsonNode {
  const items = document.root.value as Record<string, unknown>;
  const list = Object.hasOwn(items, kind) ? items[kind] : undefined;
  if (!Array.isArray(list) || index >= list.length) document.report.fail('malformed', `there is no ${kind}[${index}]`, from.pointer, 'Export the file again.');
  return document.json.object({ pointer: `/${kind}/${index}`, value: list[index] });
}

/** The bytes of a buffer view, and the distance between its elements where it gives one. */
export function readBufferView(document: GltfDocument, index: number, from: JsonNode): { readonly bytes: Uint8Array; readonly stride?: number } {
  const { json, report } = document;
  const node = gltfItem(document, 'bufferViews', index, from);
  const compressed = json.entries(json.get(node, 'extensions')).find(([name]) => MESHOPT_EXTENSIONS.includes(name))?.[1];
  if (compressed) return decodeMeshopt(document, compressed);
  const buffer = readBuffer(document, json.index(json.get(node, 'buffer')) ?? 0, node);
  const offset = json.index(json.get(node, 'byteOffset')) ?? 0;
  const length = json.index(json.get(node, 'byteLength')) ?? report.fail('malformed', 'it has no byteLength', node.pointer);
  if (offset + length > buffer.length) {
    report.fail('malformed', `it ends at byte ${offset + length} of a buffer of ${buffer.length} bytes`, node.pointer, 'The file is cut off; export it again.');
  }
  return { bytes: buffer.subarray(offset, offset + length), stride: json.index(json.get(node, 'byteStride')) };
}

/** Both have the same layout. */
export const MESHOPT_EXTENSIONS: readonly string[] = ['EXT_meshopt_compression', 'KHR_meshopt_compression'];
const MESHOPT_MODES = ['ATTRIBUTES', 'TRIANGLES', 'INDICES'];

/** A buffer view compressed with meshopt. The decoder must be ready. */
function decodeMeshopt(document: GltfDocument, node: JsonNode): { readonly bytes: Uint8Array; readonly stride: number } {
  const { json, report } = document;
  const [count, stride] = ['count', 'byteStride'].map((key) => json.index(json.get(node, key)) ?? 0);
  const [mode, filter] = ['mode', 'filter'].map((key) => json.text(json.get(node, key)));
  if (count * stride > LIMITS.fileBytes) report.fail('too-large', `it declares ${(count * stride).toLocaleString('en')} bytes`, node.pointer, 'Simplify the mesh first.');
  const offset = json.index(json.get(node, 'byteOffset')) ?? 0;
  const source = readBuffer(document, json.index(json.get(node, 'buffer')) ?? 0, node).subarray(offset, offset + (json.index(json.get(node, 'byteLength')) ?? 0));
  const bytes = new Uint8Array(count * stride);
  try {
    if (!mode || !MESHOPT_MODES.includes(mode)) throw new Error('unknown mode');
    MeshoptDecoder.decodeGltfBuffer(bytes, count, stride, source, mode, filter);
  } catch {
    report.fail('malformed', 'its meshopt compression cannot be undone', node.pointer, 'Export the file again.');
  }
  return { bytes, stride };
}

function readBuffer(document: GltfDocument, index: number, from: JsonNode): Uint8Array {
  const known = document.buffers.get(index);
  if (known) return known;
  const { json, report, binary } = document;
  const node = gltfItem(document, 'buffers', index, from);
  const uri = json.text(json.get(node, 'uri'));
  const bytes = (uri === undefined ? binary : readUri(document, uri, node.pointer))
    ?? report.fail('missing-file', 'a buffer has neither a file nor a binary chunk', node.pointer, 'Export the file again.');
  document.buffers.set(index, bytes);
  return bytes;
}

/** The bytes that a URI stands for: a data URI, or a file given along. */
export function readUri({ siblings, report }: GltfDocument, uri: string, pointer: string): Uint8Array {
  if (uri.startsWith('data:')) return decodeDataUri(uri) ?? report.fail('malformed', 'its data URI cannot be decoded', pointer, 'Export the file again.');
  return findSibling(siblings, uri)
    ?? report.fail('missing-file', `the file "${uri.slice(0, 80)}" was not given`, pointer, 'Give it together with the .gltf file, or export a GLB.');
}

function decodeDataUri(uri: string): Uint8Array | undefined {
  const comma = uri.indexOf(',');
  if (comma < 0 || !/;base64$/i.test(uri.slice(0, comma))) return undefined;
  try {
    return Uint8Array.from(atob(uri.slice(comma + 1)), (c) => c.charCodeAt(0));
  } catch {
    return undefined;
  }
}
