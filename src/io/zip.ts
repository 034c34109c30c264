import { LIMITS } from './limits';
import type { Report } from './report';

/** A file in a ZIP archive. */
export interface ZipEntry {
  readonly name: string;
  /** In bytes, as the archive declares it. */
  readonly size: number;
  /** Its bytes; inflated as they are read, never beyond the size that the archive declares. */
  read(): Promise<Uint8Array>;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
/** Of the end record, without the comment that may follow. */
const END_BYTES = 22;
const MOST_COMMENT = 0xffff;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
/** In the place of a size or an offset that stands in the ZIP64 extra field. */
const IN_EXTRA = 0xffffffff;
const ZIP64_EXTRA = 1;
const [STORED, DEFLATED] = [0, 8];

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

/** Lists an archive by its central directory. @throws SceneError naming the byte. */
export function listZip(bytes: Uint8Array, report: Report): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - END_BYTES;
  while (end >= 0 && end >= bytes.length - END_BYTES - MOST_COMMENT && view.getUint32(end, true) !== END_OF_DIRECTORY) end--;
  if (end < 0 || view.getUint32(end, true) !== END_OF_DIRECTORY) report.fail('malformed', 'its list of contents is missing', undefined, 'The file is cut off.');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  return Array.from({ length: count }, () => {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) report.fail('malformed', 'its list of contents is damaged', `byte ${at}`);
    const [nameBytes, extraBytes, commentBytes] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes));
    const extra = new DataView(bytes.buffer, bytes.byteOffset + Math.min(bytes.length, at + ENTRY_BYTES + nameBytes),
      Math.max(0, Math.min(extraBytes, bytes.length - at - ENTRY_BYTES - nameBytes)));
    const [size, packed, offset] = wideSizes([view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)], extra);
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    at += ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
    return { name, size, read: () => readEntry(bytes, { name, flags, method, size, packed, offset }, report) };
  });
}

/** Sizes of 4 GiB and more, and NumPy's since it cannot know, stand in an extra field, in this order. */
function wideSizes(sizes: readonly number[], extra: DataView): number[] {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== ZIP64_EXTRA) continue;
    let field = at + 4;
    return sizes.map((size) => {
      if (size !== IN_EXTRA || field + 8 > extra.byteLength) return size;
      field += 8;
      return Number(extra.getBigUint64(field - 8, true));
    });
  }
  return [...sizes];
}

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly size: number;
  readonly packed: number;
  readonly offset: number;
}

async function readEntry(bytes: Uint8Array, { name, flags, method, size, packed, offset }: Entry, report: Report): Promise<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (flags & 1) report.fail('unsupported', 'it is encrypted', name);
  if (method !== STORED && method !== DEFLATED) report.fail('unsupported', `it is compressed by method ${method}; stored and deflated ones are read`, name);
  if (size > LIMITS.fileBytes) report.fail('too-large', `it declares ${Math.round(size / 2 ** 20)} MB; at most ${LIMITS.fileBytes / 2 ** 20} MB are read`, name);
  if (offset + LOCAL_BYTES > bytes.length || view.getUint32(offset, true) !== LOCAL_ENTRY) report.fail('malformed', 'it is not where the list of contents says', name);
  const start = offset + LOCAL_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) report.fail('malformed', 'the archive ends within it', name, 'The file is cut off.');
  const body = bytes.subarray(start, start + packed);
  if (method === STORED) return packed === size ? body : report.fail('malformed', `it has ${packed} bytes and declares ${size}`, name);
  return await inflate(body, size) ?? report.fail('malformed', `it does not inflate to the ${size} bytes that it declares`, name);
}

/** @returns undefined where the data are damaged or give another size; never asks for more memory than that size. */
async function inflate(packed: Uint8Array, size: number): Promise<Uint8Array | undefined> {
  // A stored block alone does not shrink, and deflate's longest match makes at most 1,032 bytes of one.
  if (size > MOST_GROWTH * packed.length) return undefined;
  const out = new Uint8Array(size);
  let filled = 0;
  const reader = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return filled === size ? out : undefined;
      if (filled + value.length > size) {
        await reader.cancel();
        return undefined;
      }
      out.set(value, filled);
      filled += value.length;
    }
  } catch {
    return undefined;
  }
}

const MOST_GROWTH = 1032;
