import { BadValue } from '../../url/values';

/** The letters of base64url: six points each. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const POINTS_EACH = 6;

/** Points by their numbers as text, one letter for six; what comes after the last one is left out. */
export function writePoints(points: readonly number[]): string {
  const sixes = new Array<number>(points.length ? Math.floor(Math.max(...points) / POINTS_EACH) + 1 : 0).fill(0);
  for (const point of points) sixes[Math.floor(point / POINTS_EACH)] |= 1 << (point % POINTS_EACH);
  return sixes.map((six) => LETTERS[six]).join('');
}

/** @param count the numbers are below it. @throws BadValue */
export function readPoints(text: string, count: number): number[] {
  const points = [...text].flatMap((letter, i) => {
    const six = LETTERS.indexOf(letter);
    if (six < 0) throw new BadValue('is no set of points');
    return Array.from({ length: POINTS_EACH }, (_, k) => k).filter((k) => six & (1 << k)).map((k) => POINTS_EACH * i + k);
  });
  if (!points.length || points[points.length - 1] >= count) throw new BadValue('names no points, or points that cannot be');
  return points;
}
