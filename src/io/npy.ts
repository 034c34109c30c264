import { LIMITS } from './limits';
import type { Report } from './report';

/** An array of numbers as NumPy saves it. */
export interface NumberArray {
  readonly shape: readonly number[];
  /** In row-major order. */
  readonly data: Float64Array;
}

/** NumPy's own are a few hundred bytes. */
const MOST_HEADER = 2 ** 16;

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
export const isNpy = (bytes: Uint8Array): boolean => MAGIC.every((byte, i) => bytes[i] === byte);

type Read = (view: DataView, at: number, little: boolean) => number;
const READERS: Readonly<Record<string, readonly [bytes: number, read: Read]>> = {
  f4: [4, (v, at, le) => v.getFloat32(at, le)], f8: [8, (v, at, le) => v.getFloat64(at, le)],
  i1: [1, (v, at) => v.getInt8(at)], i2: [2, (v, at, le) => v.getInt16(at, le)], i4: [4, (v, at, le) => v.getInt32(at, le)], i8: [8, (v, at, le) => Number(v.getBigInt64(at, le))],
  u1: [1, (v, at) => v.getUint8(at)], u2: [2, (v, at, le) => v.getUint16(at, le)], u4: [4, (v, at, le) => v.getUint32(at, le)], u8: [8, (v, at, le) => Number(v.getBigUint64(at, le))],
  b1: [1, (v, at) => v.getUint8(at)],
};

/**
 * NumPy's NPY, versions 1 to 3: booleans, whole and floating-point numbers of either byte order, in C or Fortran order.
 * @param name of the array, for messages.
 * @returns undefined for arrays of something else, such as text.
 * @throws SceneError naming the array.
 */
export function readNpy(name: string, bytes: Uint8Array, report: Report): NumberArray | undefined {
  if (!isNpy(bytes)) report.fail('malformed', 'it does not begin as an NPY file does', name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6] >= 2;
  const headerStart = wide ? 12 : 10;
  if (bytes.length < headerStart) report.fail('malformed', 'it ends within its header', name);
  const start = headerStart + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (start > bytes.length) report.fail('malformed', 'its header is longer than the file', name);
  if (start > MOST_HEADER) report.fail('malformed', `its header takes ${start} bytes`, name);
  const header = new TextDecoder('latin1').decode(bytes.subarray(headerStart, start));
  const kind = /'descr'\s*:\s*'([<>|=])(\w+)'/.exec(header);
  const shapeText = /'shape'\s*:\s*\(([^)]*)\)/.exec(header)?.[1];
  if (shapeText === undefined) report.fail('malformed', 'its header gives no shape', name);
  const reader = kind && Object.hasOwn(READERS, kind[2]) ? READERS[kind[2]] : undefined;
  if (!reader) return undefined;
  const shape = shapeText.split(',').map((part) => part.trim()).filter(Boolean).map(Number);
  const size = shape.reduce((product, n) => product * n, 1);
  if (!shape.every((n) => Number.isInteger(n) && n >= 0) || !Number.isFinite(size)) report.fail('malformed', `its shape is (${shapeText})`, name);
  if (size > LIMITS.numbers) report.fail('too-large', `it has ${size.toLocaleString('en')} numbers`, name, `At most ${LIMITS.numbers.toLocaleString('en')} are read.`);
  if (size * reader[0] > bytes.length - start) {
    report.fail('malformed', `it holds ${bytes.length - start} of the ${size * reader[0]} bytes that its shape (${shapeText}) takes`, name, 'The file is cut off.');
  }
  const little = kind?.[1] !== '>';
  const data = Float64Array.from({ length: size }, (_, i) => reader[1](view, start + i * reader[0], little));
  return { shape, data: /'fortran_order'\s*:\s*True/.test(header) ? toRowMajor(data, shape) : data };
}

function toRowMajor(data: Float64Array, shape: readonly number[]): Float64Array {
  const out = new Float64Array(data.length);
  const index = shape.map(() => 0);
  for (let i = 0; i < data.length; i++) {
    out[index.reduce((at, n, axis) => at * shape[axis] + n, 0)] = data[i];
    // In Fortran's order the first axis runs fastest.
    for (let axis = 0; axis < shape.length && ++index[axis] === shape[axis]; axis++) index[axis] = 0;
  }
  return out;
}
