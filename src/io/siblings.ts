import type { Report } from './report';

/** Files given along with a mesh, by name or path. */
export type Siblings = ReadonlyMap<string, Uint8Array>;

/** An image as it stands in its file. */
export interface EncodedImage {
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

const lastPart = (path: string): string => path.split('/').at(-1)?.toLowerCase() ?? '';

/** A file that another one names: by its path, else by its last part, whatever the case, since dropped files come without folders. */
export function findSibling(siblings: Siblings, reference: string): Uint8Array | undefined {
  const path = reference.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
  const decoded = decodeEscapes(path);
  const exact = siblings.get(path) ?? siblings.get(decoded);
  if (exact) return exact;
  for (const [name, bytes] of siblings) {
    const last = lastPart(name.replaceAll('\\', '/'));
    if (last === lastPart(path) || last === lastPart(decoded)) return bytes;
  }
  return undefined;
}

function decodeEscapes(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const IMAGE_MAGIC: readonly (readonly [mime: string, offset: number, bytes: readonly number[]])[] = [
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47]], ['image/jpeg', 0, [0xff, 0xd8, 0xff]], ['image/webp', 8, [0x57, 0x45, 0x42, 0x50]],
  ['image/gif', 0, [0x47, 0x49, 0x46, 0x38]], ['image/bmp', 0, [0x42, 0x4d]],
];

/** An image by its first bytes; a warning and nothing where they are no image's. */
export function encodedImage(name: string, bytes: Uint8Array, report: Report, place?: string): EncodedImage | undefined {
  const mime = IMAGE_MAGIC.find(([, offset, magic]) => magic.every((byte, i) => bytes[offset + i] === byte))?.[0];
  if (!mime) {
    report.warn('not-an-image', `the texture "${name}" is no PNG, JPEG, WebP, GIF or BMP image; the mesh is shown without it`, place);
    return undefined;
  }
  return { name, mime, bytes };
}
