import { LIMITS } from './limits';
import { PLY_BYTES, type PlyElement, type PlyHeader, type PlyProperty, type PlyType } from './plyHeader';
import type { Report } from './report';
import { readLines, splitWords } from './text';

/** A source of one row after the other. A row is one value or one list for each property; the arrays are used again for the next row. */
export interface PlyRows {
  /** Reads a row of an element, or says that the file has ended. */
  next(element: PlyElement, row: PlyRow): boolean;
  /** Where the row read last stands. */
  place(): number;
  readonly unit: 'line' | 'byte';
}

/** Indexed as the element's properties. */
export interface PlyRow {
  readonly values: number[];
  readonly lists: number[][];
}

export const createRow = (element: PlyElement): PlyRow => ({ values: element.properties.map(() => NaN), lists: element.properties.map(() => []) });

/** The fewest bytes that a row can take. */
export function smallestRow(element: PlyElement, format: PlyHeader['format']): number {
  if (format === 'ascii') return Math.max(1, 2 * element.properties.length);
  return element.properties.reduce((sum, { type, lengthType }) => sum + PLY_BYTES[lengthType ?? type], 0);
}

export function openBody(bytes: Uint8Array, header: PlyHeader, report: Report): PlyRows {
  return header.format === 'ascii'
    ? asciiRows(bytes.subarray(header.bodyStart), header.bodyLine, report)
    : binaryRows(bytes, header.bodyStart, header.format === 'binary_little_endian', report);
}

function asciiRows(bytes: Uint8Array, firstLine: number, report: Report): PlyRows {
  const lines = readLines(bytes, firstLine);
  let current = firstLine;
  return {
    unit: 'line',
    place: () => current,
    next(element, row) {
      let words: string[] = [];
      while (!words.length) {
        const line = lines.next();
        if (line.done) return false;
        current = line.value.number;
        words = splitWords(line.value.text);
      }
      let at = 0;
      element.properties.forEach((property, i) => {
        if (!property.lengthType) {
          row.values[i] = Number(words[at++]);
          return;
        }
        const length = Number(words[at++]);
        const enough = Number.isInteger(length) && length >= 0 && length <= words.length - at;
        if (!enough) report.warn('malformed', 'lists shorter than they declare were left out', `line ${current}`);
        row.lists[i] = enough ? words.slice(at, at + length).map(Number) : [];
        at += enough ? length : words.length;
      });
      return true;
    },
  };
}

function binaryRows(bytes: Uint8Array, start: number, littleEndian: boolean, report: Report): PlyRows {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read: Record<PlyType, (at: number) => number> = {
    int8: (at) => view.getInt8(at), uint8: (at) => view.getUint8(at),
    int16: (at) => view.getInt16(at, littleEndian), uint16: (at) => view.getUint16(at, littleEndian),
    int32: (at) => view.getInt32(at, littleEndian), uint32: (at) => view.getUint32(at, littleEndian),
    float32: (at) => view.getFloat32(at, littleEndian), float64: (at) => view.getFloat64(at, littleEndian),
  };
  let at = start;
  let rowStart = start;
  const take = (type: PlyType): number => {
    const value = read[type](at);
    at += PLY_BYTES[type];
    return value;
  };
  const fits = (byteCount: number) => byteCount <= bytes.length - at;
  const readProperty = ({ type, lengthType }: PlyProperty, i: number, row: PlyRow): boolean => {
    if (!lengthType) {
      if (!fits(PLY_BYTES[type])) return false;
      row.values[i] = take(type);
      return true;
    }
    if (!fits(PLY_BYTES[lengthType])) return false;
    const length = take(lengthType);
    // A wrong length throws off everything after it, so that the rest counts as missing.
    if (!(length >= 0 && Number.isInteger(length) && length <= LIMITS.polygonCorners && fits(length * PLY_BYTES[type]))) {
      report.warn('malformed', 'a list is longer than the file', `byte ${rowStart}`);
      at = bytes.length;
      return false;
    }
    const list = row.lists[i];
    list.length = 0;
    for (let k = 0; k < length; k++) list.push(take(type));
    return true;
  };
  return {
    unit: 'byte',
    place: () => rowStart,
    next(element, row) {
      rowStart = at;
      return element.properties.every((property, i) => readProperty(property, i, row));
    },
  };
}
