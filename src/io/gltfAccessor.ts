import { gltfItem, readBufferView, type GltfDocument } from './gltfBuffers';
import type { JsonNode } from './json';
import { LIMITS } from './limits';

interface ComponentType {
  readonly bytes: number;
  /** The largest value, for normalised integers. */
  readonly full: number;
  read(view: DataView, at: number): number;
}

const COMPONENT_TYPES: Readonly<Record<number, ComponentType>> = {
  5120: { bytes: 1, full: 127, read: (view, at) => view.getInt8(at) },
  5121: { bytes: 1, full: 255, read: (view, at) => view.getUint8(at) },
  5122: { bytes: 2, full: 32767, read: (view, at) => view.getInt16(at, true) },
  5123: { bytes: 2, full: 65535, read: (view, at) => view.getUint16(at, true) },
  5125: { bytes: 4, full: 4294967295, read: (view, at) => view.getUint32(at, true) },
  5126: { bytes: 4, full: 1, read: (view, at) => view.getFloat32(at, true) },
};
const WIDTHS: Readonly<Record<string, number>> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 };

export interface Accessor {
  readonly width: number;
  readonly count: number;
  /** [count, width]; normalised integers as floats. */
  readonly data: Float32Array | Uint32Array;
}

/** How many elements an accessor declares, looked up before anything is allocated for it. */
export function accessorCount(document: GltfDocument, index: number, from: JsonNode): number {
  const { json, report } = document;
  const node = gltfItem(document, 'accessors', index, from);
  const count = json.index(json.get(node, 'count')) ?? report.fail('malformed', 'it has no count', node.pointer);
  if (count > 3 * LIMITS.faces) report.fail('too-large', `it declares ${count.toLocaleString('en')} elements`, node.pointer, 'Simplify the mesh first.');
  return count;
}

/** Reads an accessor, interleaved, normalised or sparse. `whole` gives integers (for indices), else floats. */
export function readAccessor(document: GltfDocument, index: number, from: JsonNode, whole = false): Accessor {
  const { json, report } = document;
  const node = gltfItem(document, 'accessors', index, from);
  const count = accessorCount(document, index, from);
  const type = json.text(json.get(node, 'type')) ?? '';
  const width = Object.hasOwn(WIDTHS, type) ? WIDTHS[type] : report.fail('malformed', `"${type}" is no type of vertex data`, node.pointer);
  const component = componentType(document, node, 'componentType');
  const normalized = json.get(node, 'normalized').value === true;
  if (whole && (width !== 1 || component === COMPONENT_TYPES[5126])) report.fail('malformed', 'indices must be single whole numbers', node.pointer);
  const view = json.index(json.get(node, 'bufferView'));
  const offset = json.index(json.get(node, 'byteOffset')) ?? 0;
  const convert = (value: number) => (normalized ? Math.max(-1, value / component.full) : value);
  const read = (bufferView: number, start: number, elements: number, kind: ComponentType, columns: number, put: (i: number, value: number) => void) => {
    const { bytes, stride: given } = readBufferView(document, bufferView, node);
    const stride = given ?? kind.bytes * columns;
    // A stride below an element's size would let a few bytes stand for any number of elements.
    if (stride < kind.bytes * columns) report.fail('malformed', `its elements overlap: they are ${stride} bytes apart`, node.pointer);
    if (elements && start + stride * (elements - 1) + kind.bytes * columns > bytes.length) {
      report.fail('malformed', `its ${elements} elements reach beyond their buffer view of ${bytes.length} bytes`, node.pointer, 'The file is cut off; export it again.');
    }
    const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < elements; i++) for (let k = 0; k < columns; k++) put(i * columns + k, kind.read(data, start + stride * i + kind.bytes * k));
  };
  if (view === undefined && count > LIMITS.vertices) report.fail('too-large', `it declares ${count.toLocaleString('en')} elements`, node.pointer);
  let data: Float32Array | Uint32Array | undefined;
  const allocate = () => (data ??= whole ? new Uint32Array(count) : new Float32Array(count * width));
  if (view !== undefined) read(view, offset, count, component, width, (i, value) => { allocate()[i] = whole ? value : convert(value); });
  const target = allocate();
  const sparse = json.get(node, 'sparse');
  if (sparse.value === undefined) return { width, count, data: target };
  const changed = json.index(json.get(sparse, 'count')) ?? 0;
  const [indices, values] = [json.get(sparse, 'indices'), json.get(sparse, 'values')];
  const rows: number[] = [];
  const part = (place: JsonNode) => [json.index(json.get(place, 'bufferView')) ?? 0, json.index(json.get(place, 'byteOffset')) ?? 0] as const;
  read(...part(indices), changed, componentType(document, indices, 'componentType'), 1, (_, row) => {
    if (row >= count) report.fail('index-out-of-range', `a sparse index names element ${row} of ${count}`, sparse.pointer);
    rows.push(row);
  });
  read(...part(values), changed, component, width, (i, value) => { target[rows[Math.floor(i / width)] * width + (i % width)] = whole ? value : convert(value); });
  return { width, count, data: target };
}

function componentType({ json, report }: GltfDocument, node: JsonNode, key: string): ComponentType {
  const code = json.index(json.get(node, key)) ?? -1;
  return Object.hasOwn(COMPONENT_TYPES, code) ? COMPONENT_TYPES[code] : report.fail('malformed', `${code} is no type of numbers`, `${node.pointer}/${key}`);
}
