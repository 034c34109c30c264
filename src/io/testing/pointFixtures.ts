import { deflateRawSync } from 'node:zlib';

// Sound files of points, made here: each holds the same few points where its format can say it.

export const POSITIONS = [[0, 0, 0], [1, 0, 0], [0, 2, 0], [0, 0, 3], [0.5, -0.25, 8]] as const;
export const NORMALS = [[0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, -1], [0.6, 0.8, 0]] as const;
export const LABELS = [0, 1, 1, 2, 2] as const;

const text = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(`${lines.join('\n')}\n`);

const pcdHeader = (data: string) => [
  '# .PCD v0.7 - Point Cloud Data file format', 'VERSION 0.7', 'FIELDS x y z normal_x normal_y normal_z label skipped', 'SIZE 4 4 4 4 4 4 4 2',
  'TYPE F F F F F F U I', 'COUNT 1 1 1 1 1 1 1 3', 'WIDTH 5', 'HEIGHT 1', 'VIEWPOINT 0 0 0 1 0 0 0', 'POINTS 5', `DATA ${data}`,
];

/** [rows] of x y z, normals, label and three numbers to be passed over. */
const rows = () => POSITIONS.map((position, i) => [...position, ...NORMALS[i], LABELS[i], 7, 8, 9]);

export const asciiPcd = (): Uint8Array => text([...pcdHeader('ascii'), ...rows().map((row) => row.join(' '))]);

const STRIDE = 34;

function binaryRows(): Uint8Array {
  const bytes = new Uint8Array(STRIDE * POSITIONS.length);
  const view = new DataView(bytes.buffer);
  rows().forEach((row, i) => {
    for (let k = 0; k < 6; k++) view.setFloat32(i * STRIDE + 4 * k, row[k], true);
    view.setUint32(i * STRIDE + 24, row[6], true);
    for (let k = 0; k < 3; k++) view.setInt16(i * STRIDE + 28 + 2 * k, row[7 + k], true);
  });
  return bytes;
}

const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

export const binaryPcd = (): Uint8Array => join(text(pcdHeader('binary')), binaryRows());

/** Field by field, in literal runs of LZF with one copy: the last of the zeros. */
export function compressedPcd(): Uint8Array {
  const plain = binaryRows();
  const widths = [4, 4, 4, 4, 4, 4, 4, 6];
  const columns = widths.flatMap((width, field) => {
    const start = widths.slice(0, field).reduce((sum, w) => sum + w, 0);
    return POSITIONS.flatMap((_, i) => [...plain.subarray(i * STRIDE + start, i * STRIDE + start + width)]);
  });
  // The first four bytes are zeros: one literal, then a copy of three from one before.
  const packed = [0, 0, (3 - 2) << 5, 0];
  for (let at = 4; at < columns.length; at += 32) packed.push(Math.min(32, columns.length - at) - 1, ...columns.slice(at, at + 32));
  const sizes = new Uint8Array(8);
  new DataView(sizes.buffer).setUint32(0, packed.length, true);
  new DataView(sizes.buffer).setUint32(4, columns.length, true);
  return join(text(pcdHeader('binary_compressed')), sizes, Uint8Array.from(packed));
}

export const plyCloud = (): Uint8Array => text([
  'ply', 'format ascii 1.0', 'element vertex 5', ...['x', 'y', 'z', 'nx', 'ny', 'nz'].map((name) => `property float ${name}`), 'property uchar label', 'end_header',
  ...rows().map((row) => row.slice(0, 7).join(' ')),
]);

export const textCloud = (): Uint8Array => text(rows().map((row) => row.slice(0, 7).join(' ')));
export const csvCloud = (): Uint8Array => text(['x,y,z,nx,ny,nz,label', ...rows().map((row) => row.slice(0, 7).join(','))]);

/** An NPY file of numbers. */
export function npy(descr: string, shape: readonly number[], values: readonly number[], fortran = false): Uint8Array {
  const little = descr[0] !== '>';
  const size = Number(descr.slice(2));
  const head = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }\n`;
  const bytes = new Uint8Array(10 + head.length + size * values.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  view.setUint16(8, head.length, true);
  bytes.set(new TextEncoder().encode(head), 10);
  values.forEach((value, i) => {
    const at = 10 + head.length + i * size;
    if (descr.endsWith('f4')) view.setFloat32(at, value, little);
    else if (descr.endsWith('f8')) view.setFloat64(at, value, little);
    else if (size === 1) view.setUint8(at, value);
    else if (size === 4) view.setInt32(at, value, little);
    else view.setBigInt64(at, BigInt(value), little);
  });
  return bytes;
}

/** A ZIP archive; NumPy reads none of the fields left at 0. */
export function zip(files: Readonly<Record<string, Uint8Array>>, deflated: boolean): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, data] of Object.entries(files)) {
    const [body, title] = [deflated ? new Uint8Array(deflateRawSync(data)) : data, new TextEncoder().encode(name)];
    const [local, entry] = [new Uint8Array(30), new Uint8Array(46)];
    const [localView, entryView] = [new DataView(local.buffer), new DataView(entry.buffer)];
    localView.setUint32(0, 0x04034b50, true);
    localView.setUint16(26, title.length, true);
    entryView.setUint32(0, 0x02014b50, true);
    entryView.setUint16(10, deflated ? 8 : 0, true);
    entryView.setUint32(20, body.length, true);
    entryView.setUint32(24, data.length, true);
    entryView.setUint16(28, title.length, true);
    entryView.setUint32(42, offset, true);
    parts.push(local, title, body);
    directory.push(entry, title);
    offset += 30 + title.length + body.length;
  }
  const end = new Uint8Array(22);
  const view = new DataView(end.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(10, Object.keys(files).length, true);
  view.setUint32(12, directory.reduce((sum, part) => sum + part.length, 0), true);
  view.setUint32(16, offset, true);
  return join(...parts, ...directory, end);
}

export const npz = (deflated: boolean): Uint8Array => zip({
  'pos.npy': npy('<f4', [5, 3], POSITIONS.flat()), 'normal.npy': npy('>f8', [5, 3], NORMALS.flat()), 'part.npy': npy('|u1', [5], LABELS),
}, deflated);

/** Every format that can say it all, by file name. */
export const soundClouds = (): [name: string, bytes: Uint8Array][] => [
  ['ascii.pcd', asciiPcd()], ['binary.pcd', binaryPcd()], ['compressed.pcd', compressedPcd()], ['cloud.ply', plyCloud()],
  ['cloud.txt', textCloud()], ['cloud.csv', csvCloud()], ['stored.npz', npz(false)], ['deflated.npz', npz(true)],
];
