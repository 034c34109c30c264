/** A line of a text file. */
export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 10;
const RETURN = 13;

/** The lines of a UTF-8 file, ended by \n, \r\n or \r; decoded a megabyte at a time. */
export function* readLines(bytes: Uint8Array, firstNumber = 1): Generator<Line> {
  const decoder = new TextDecoder();
  let number = firstNumber;
  for (let start = 0; start < bytes.length;) {
    const end = endOfLine(bytes, Math.min(bytes.length, start + CHUNK_BYTES));
    const lines = decoder.decode(bytes.subarray(start, end)).split(/\r\n|\n|\r/);
    // A chunk ends with its line's end, so that what follows the last one is empty.
    if (lines.at(-1) === '') lines.pop();
    for (const text of lines) yield { text, number: number++ };
    start = end;
  }
}

/** The end of the line that byte `from` − 1 belongs to, its line break included. */
function endOfLine(bytes: Uint8Array, from: number): number {
  let end = from;
  while (end < bytes.length && bytes[end - 1] !== NEWLINE && bytes[end - 1] !== RETURN) end++;
  return bytes[end - 1] === RETURN && bytes[end] === NEWLINE ? end + 1 : end;
}

/** The words of a line; none for a blank one. */
export const splitWords = (text: string): string[] => {
  const trimmed = text.trim();
  return trimmed ? trimmed.split(/\s+/) : [];
};

/** The first bytes of a file as text, for telling formats apart. */
export const peekText = (bytes: Uint8Array, length = 512): string => new TextDecoder('latin1').decode(bytes.subarray(0, length));
