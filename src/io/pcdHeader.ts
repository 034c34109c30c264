import { LIMITS } from './limits';
import type { Report } from './report';
import { splitWords } from './text';

export interface PcdField {
  readonly name: string;
  /** Bytes of each of its numbers. */
  readonly size: 1 | 2 | 4 | 8;
  /** Floating point, signed, unsigned. */
  readonly type: 'F' | 'I' | 'U';
  /** Numbers. */
  readonly count: number;
}

export interface PcdHeader {
  readonly fields: readonly PcdField[];
  readonly points: number;
  readonly data: 'ascii' | 'binary' | 'binary_compressed';
  /** The first byte of the body, and its line. */
  readonly bodyStart: number;
  readonly bodyLine: number;
}

const FORMS = ['ascii', 'binary', 'binary_compressed'] as const;
const SIZES: Readonly<Record<PcdField['type'], readonly number[]>> = { F: [4, 8], I: [1, 2, 4, 8], U: [1, 2, 4, 8] };
const MOST_FIELDS = 1000;

/** Reads up to and with the line DATA. @throws SceneError naming the line. */
export function readPcdHeader(bytes: Uint8Array, report: Report): PcdHeader {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, LIMITS.headerBytes));
  const end = /(?:^|\n)DATA[ \t]+(\S+)[ \t]*\r?(?:\n|$)/.exec(text);
  if (!end) report.fail('malformed', 'its header has no line "DATA"', undefined, 'Is it a PCD file?');
  const lines = text.slice(0, end.index).split('\n');
  const entries = new Map<string, { words: readonly string[]; place: string }>();
  lines.forEach((line, i) => {
    const [keyword, ...words] = splitWords(line.startsWith('#') ? '' : line);
    if (keyword) entries.set(keyword.toUpperCase(), { words, place: `line ${i + 1}` });
  });
  const bodyLine = text.slice(0, end.index + end[0].length).split('\n').length;
  const data = FORMS.find((form) => form === end[1].toLowerCase());
  if (!data) report.fail('unsupported', `its data are "${end[1]}", not ascii, binary or binary_compressed`, `line ${bodyLine - 1}`);
  const names = entries.get('FIELDS') ?? report.fail('malformed', 'its header has no line "FIELDS"');
  const column = (keyword: string, fallback?: string) => {
    const entry = entries.get(keyword);
    const words = entry?.words ?? (fallback === undefined ? report.fail('malformed', `its header has no line "${keyword}"`) : names.words.map(() => fallback));
    if (words.length !== names.words.length) report.fail('malformed', `${keyword} has ${words.length} words for ${names.words.length} fields`, entry?.place);
    return { words, place: entry?.place };
  };
  if (names.words.length > MOST_FIELDS) report.fail('too-large', `it has ${names.words.length} fields`, names.place);
  const [sizes, types, counts] = [column('SIZE'), column('TYPE'), column('COUNT', '1')];
  const fields = names.words.map((name, i): PcdField => {
    const [size, type, count] = [Number(sizes.words[i]), types.words[i] as PcdField['type'], Number(counts.words[i])];
    if (!Object.hasOwn(SIZES, type) || !SIZES[type].includes(size)) report.fail('malformed', `the field "${name}" has type ${types.words[i]} of ${sizes.words[i]} bytes`, types.place);
    if (!(Number.isInteger(count) && count >= 0 && count <= LIMITS.headerBytes)) report.fail('malformed', `the field "${name}" counts "${counts.words[i]}" numbers`, counts.place);
    return { name: name.toLowerCase(), size: size as PcdField['size'], type, count };
  });
  return { fields, data, points: countPoints(entries, report), bodyStart: end.index + end[0].length, bodyLine };
}

function countPoints(entries: ReadonlyMap<string, { words: readonly string[]; place: string }>, report: Report): number {
  const given = entries.get('POINTS');
  const product = ['WIDTH', 'HEIGHT'].reduce((size, keyword) => size * Number(entries.get(keyword)?.words[0] ?? NaN), 1);
  const points = given ? Number(given.words[0]) : product;
  const place = given?.place ?? entries.get('WIDTH')?.place;
  if (!(Number.isInteger(points) && points >= 0)) report.fail('malformed', 'its header does not say how many points there are', place);
  if (points > LIMITS.points) {
    report.fail('too-large', `it declares ${points.toLocaleString('en')} points`, place, `At most ${LIMITS.points.toLocaleString('en')} are read.`);
  }
  return points;
}
