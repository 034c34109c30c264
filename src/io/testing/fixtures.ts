// Small sound files of every format, made in memory, for tests.

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A unit tetrahedron's corners and faces, counter-clockwise from outside. */
const POINTS = [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]];
const FACES = [[0, 2, 1], [0, 1, 3], [1, 2, 3], [0, 3, 2]];

export const tetraObj = (): Uint8Array => utf8([
  'mtllib tetra.mtl', ...POINTS.map((p) => `v ${p.join(' ')}`), 'vt 0 0', 'vt 1 0', 'vt 0 1', 'vn 0 0 1', 'usemtl skin',
  ...FACES.map((f) => `f ${f.map((v, k) => `${v + 1}/${k + 1}/1`).join(' ')}`), '',
].join('\n'));

export const tetraOff = (): Uint8Array => utf8(['COFF # with colours', '4 4 6', ...POINTS.map((p) => `${p.join(' ')} 255 0 0 255`), ...FACES.map((f) => `3 ${f.join(' ')}`), ''].join('\n'));

const PLY_PROPERTIES = ['property float x', 'property float y', 'property float z', 'property uchar red', 'property uchar green', 'property uchar blue'];
const plyHeader = (format: string) => ['ply', `format ${format} 1.0`, 'comment a tetrahedron', 'element vertex 4', ...PLY_PROPERTIES, 'element face 4', 'property list uchar int vertex_indices', 'end_header', ''].join('\n');

export const tetraPlyText = (): Uint8Array => utf8(plyHeader('ascii') + [...POINTS.map((p) => `${p.join(' ')} 0 255 0`), ...FACES.map((f) => `3 ${f.join(' ')}`), ''].join('\n'));

export function tetraPlyBinary(littleEndian: boolean): Uint8Array {
  const header = utf8(plyHeader(littleEndian ? 'binary_little_endian' : 'binary_big_endian'));
  const bytes = new Uint8Array(header.length + 4 * 15 + 4 * 13);
  bytes.set(header);
  const view = new DataView(bytes.buffer);
  POINTS.forEach((p, v) => {
    p.forEach((x, k) => view.setFloat32(header.length + 15 * v + 4 * k, x, littleEndian));
    bytes.set([0, 255, 0], header.length + 15 * v + 12);
  });
  FACES.forEach((f, i) => {
    const at = header.length + 60 + 13 * i;
    bytes[at] = 3;
    f.forEach((v, k) => view.setInt32(at + 1 + 4 * k, v, littleEndian));
  });
  return bytes;
}

export const tetraStlText = (): Uint8Array => utf8([0, 1].map((half) => [
  `solid half ${half}`,
  ...FACES.slice(2 * half, 2 * half + 2).map((f) => `facet normal 0 0 0\nouter loop\n${f.map((v) => `vertex ${POINTS[v].join(' ')}`).join('\n')}\nendloop\nendfacet`),
  `endsolid half ${half}`, '',
].join('\n')).join(''));

export function tetraStlBinary(): Uint8Array {
  const bytes = new Uint8Array(84 + 50 * 4);
  bytes.set(utf8('solid, says this binary file'));
  const view = new DataView(bytes.buffer);
  view.setUint32(80, 4, true);
  FACES.forEach((f, i) => f.forEach((v, k) => POINTS[v].forEach((x, c) => view.setFloat32(84 + 50 * i + 12 + 12 * k + 4 * c, x, true))));
  return bytes;
}

/** Positions (48 bytes), then indices as 16-bit numbers (24 bytes). */
export function tetraBuffer(): Uint8Array {
  const bytes = new Uint8Array(72);
  const view = new DataView(bytes.buffer);
  POINTS.flat().forEach((x, i) => view.setFloat32(4 * i, x, true));
  FACES.flat().forEach((v, i) => view.setUint16(48 + 2 * i, v, true));
  return bytes;
}

/** A glTF document of one tetrahedron under two nodes: moved by (10, 0, 0) and doubled. */
export const tetraGltf = (buffer: object = { byteLength: 72 }) => ({
  asset: { version: '2.0' }, scene: 0, scenes: [{ nodes: [0] }],
  nodes: [{ translation: [10, 0, 0], children: [1] }, { scale: [2, 2, 2], mesh: 0 }] as Record<string, unknown>[],
  meshes: [{ primitives: [{ attributes: { POSITION: 0 } as Record<string, number>, indices: 1, material: 0 }] as Record<string, unknown>[] }],
  materials: [{ pbrMetallicRoughness: { baseColorFactor: [1, 0.5, 0.25, 1] } }],
  buffers: [buffer],
  bufferViews: [{ buffer: 0, byteLength: 48 }, { buffer: 0, byteOffset: 48, byteLength: 24 }] as Record<string, unknown>[],
  accessors: [
    { bufferView: 0, componentType: 5126, count: 4, type: 'VEC3' }, { bufferView: 1, componentType: 5123, count: 12, type: 'SCALAR' },
  ] as Record<string, unknown>[],
});

export function toGlb(document: object, binary: Uint8Array = tetraBuffer()): Uint8Array {
  const json = utf8(JSON.stringify(document));
  const jsonLength = Math.ceil(json.length / 4) * 4;
  const bytes = new Uint8Array(12 + 8 + jsonLength + 8 + binary.length).fill(0x20);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x46546c67, true);
  view.setUint32(4, 2, true);
  view.setUint32(8, bytes.length, true);
  view.setUint32(12, jsonLength, true);
  view.setUint32(16, 0x4e4f534a, true);
  bytes.set(json, 20);
  view.setUint32(20 + jsonLength, binary.length, true);
  view.setUint32(24 + jsonLength, 0x004e4942, true);
  bytes.set(binary, 28 + jsonLength);
  return bytes;
}

/** One sound file of each format and encoding. */
export const soundFiles = (): [name: string, bytes: Uint8Array][] => [
  ['tetra.obj', tetraObj()], ['tetra.off', tetraOff()], ['text.ply', tetraPlyText()], ['little.ply', tetraPlyBinary(true)],
  ['big.ply', tetraPlyBinary(false)], ['text.stl', tetraStlText()], ['binary.stl', tetraStlBinary()], ['tetra.glb', toGlb(tetraGltf())],
  ['tetra.gltf', utf8(JSON.stringify(tetraGltf({ byteLength: 72, uri: `data:application/octet-stream;base64,${btoa(String.fromCharCode(...tetraBuffer()))}` })))],
];

/** A PNG's first bytes: enough to be told apart. */
export const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
