import { LIMITS } from './limits';
import type { Report } from './report';
import { splitWords } from './text';

export type PlyType = 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'float32' | 'float64';

export interface PlyProperty {
  readonly name: string;
  readonly type: PlyType;
  /** The type of a list's length; undefined for a single value. */
  readonly lengthType?: PlyType;
}

export interface PlyElement {
  readonly name: string;
  readonly count: number;
  readonly properties: readonly PlyProperty[];
}

export interface PlyHeader {
  readonly format: 'ascii' | 'binary_little_endian' | 'binary_big_endian';
  readonly elements: readonly PlyElement[];
  /** From MeshLab's comment "TextureFile NAME". */
  readonly textureFile?: string;
  /** The first byte of the body, and its line. */
  readonly bodyStart: number;
  readonly bodyLine: number;
}

const TYPES: Readonly<Record<string, PlyType>> = {
  char: 'int8', int8: 'int8', uchar: 'uint8', uint8: 'uint8', short: 'int16', int16: 'int16', ushort: 'uint16', uint16: 'uint16',
  int: 'int32', int32: 'int32', uint: 'uint32', uint32: 'uint32', float: 'float32', float32: 'float32', double: 'float64', float64: 'float64',
};
export const PLY_BYTES: Readonly<Record<PlyType, number>> = { int8: 1, uint8: 1, int16: 2, uint16: 2, int32: 4, uint32: 4, float32: 4, float64: 8 };

const FORMATS = ['ascii', 'binary_little_endian', 'binary_big_endian'] as const;

/** Reads up to and with "end_header"; its lines may end in \n, \r\n or \r. */
export function readPlyHeader(bytes: Uint8Array, report: Report): PlyHeader {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, LIMITS.headerBytes));
  // A binary body may begin with the byte of \n: it belongs to the header's last line break only where the header uses it at all.
  const usesNewline = text.slice(0, text.indexOf('end_header')).includes('\n');
  const end = (usesNewline ? /[\r\n]end_header[ \t]*(\r?\n|$)/ : /[\r\n]end_header[ \t]*(\r|$)/).exec(text);
  if (!/^ply\s/.test(text)) report.fail('malformed', 'it does not begin with "ply"', 'line 1', 'Is it a PLY file?');
  if (!end) report.fail('malformed', 'its header has no "end_header"', undefined, 'The file is cut off or no PLY file; export it again.');
  const lines = text.slice(0, end.index).split(/\r\n|\n|\r/);
  const header = { format: undefined as PlyHeader['format'] | undefined, elements: [] as (PlyElement & { properties: PlyProperty[] })[], textureFile: undefined as string | undefined };
  lines.slice(1).forEach((line, i) => {
    const place = `line ${i + 2}`;
    const [keyword, ...words] = splitWords(line);
    if (keyword === 'format') {
      header.format = FORMATS.find((format) => format === words[0]);
      if (!header.format) report.fail('unsupported', `its format "${words[0]}" is unknown`, place);
    } else if (keyword === 'element') {
      const count = Number(words[1]);
      if (!Number.isInteger(count) || count < 0) report.fail('malformed', `"${words[1]}" is no count of ${words[0]} elements`, place);
      header.elements.push({ name: words[0], count, properties: [] });
    } else if (keyword === 'property') {
      const element = header.elements.at(-1);
      if (!element) report.fail('malformed', 'a property stands before the first element', place);
      element.properties.push(readProperty(words, place, report));
    } else if (keyword === 'comment' && words[0] === 'TextureFile') {
      header.textureFile = line.trim().replace(/^comment\s+TextureFile\s+/, '');
    } else if (keyword && !['comment', 'obj_info'].includes(keyword)) {
      report.warn('malformed', 'header lines that PLY does not know were passed over', place);
    }
  });
  const { format, elements, textureFile } = header;
  if (!format) report.fail('malformed', 'its header names no format', 'line 2');
  return { format, elements, textureFile, bodyStart: end.index + end[0].length, bodyLine: lines.length + 2 };
}

function readProperty(words: readonly string[], place: string, report: Report): PlyProperty {
  const type = (word: string): PlyType => (Object.hasOwn(TYPES, word) ? TYPES[word] : report.fail('malformed', `the property type "${word}" is unknown`, place));
  return words[0] === 'list'
    ? { lengthType: type(words[1]), type: type(words[2]), name: words[3] ?? '' }
    : { type: type(words[0]), name: words[1] ?? '' };
}
