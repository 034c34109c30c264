import type { Report } from './report';

const GLB_MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;
const HEADER_BYTES = 12;

export const isGlb = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true) === GLB_MAGIC;

/** The two parts of a binary glTF 2.0 file. Chunks of other kinds are passed over, as the standard asks. */
export function splitGlb(bytes: Uint8Array, report: Report): { readonly json: Uint8Array; readonly binary?: Uint8Array } {
  if (!isGlb(bytes)) report.fail('malformed', 'it does not begin with "glTF"', 'byte 0', 'Is it a GLB file?');
  if (bytes.length < HEADER_BYTES) report.fail('malformed', 'it ends within its header', `byte ${bytes.length}`, 'The file is cut off.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(4, true);
  if (version !== 2) report.fail('unsupported', `it is of glTF version ${version}; only 2 is read`, 'byte 4', 'Export it as glTF 2.0.');
  const declared = view.getUint32(8, true);
  if (declared !== bytes.length) report.warn('malformed', `it declares ${declared} bytes but has ${bytes.length}`, 'byte 8');
  let json: Uint8Array | undefined;
  let binary: Uint8Array | undefined;
  for (let at = HEADER_BYTES; at < bytes.length;) {
    if (at + 8 > bytes.length) {
      report.warn('malformed', 'it ends within the header of a chunk', `byte ${at}`);
      break;
    }
    const [length, kind] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
    if (at + 8 + length > bytes.length) report.warn('malformed', `a chunk of ${length} bytes is cut off`, `byte ${at}`);
    const chunk = bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + length));
    if (!json) {
      if (kind !== JSON_CHUNK) report.fail('malformed', 'its first chunk is not JSON', `byte ${at}`, 'Export the file again.');
      json = chunk;
    } else if (kind === BINARY_CHUNK && !binary) binary = chunk;
    at += 8 + length;
  }
  if (!json) report.fail('malformed', 'it holds no JSON chunk', `byte ${HEADER_BYTES}`, 'The file is cut off; export it again.');
  return { json, binary };
}
