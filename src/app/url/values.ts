import type { Pose } from '../../scene/pose';

// Reading single values out of a link that anybody may have written. Each reader returns the value or throws BadValue.

export class BadValue extends Error {}

/** A decimal number; nothing that JavaScript would merely coerce into one. */
function readDecimal(text: string): number {
  if (!/^-?\d{1,13}(\.\d{1,15})?(e-?\d{1,2})?$/.test(text)) throw new BadValue('is not a number');
  return Number(text);
}

/** The number within limits that is nearest to a decimal one; `note` hears of it where that is another. */
export function readNearest(text: string, min: number, max: number, note: (made: string) => void): number {
  const value = readDecimal(text);
  const nearest = Math.min(max, Math.max(min, value));
  if (nearest !== value) note(`must lie between ${min} and ${max}; ${nearest} was taken`);
  return nearest;
}

/** A decimal number within limits. */
export function readNumber(text: string, min: number, max: number): number {
  const value = readDecimal(text);
  if (value < min || value > max) throw new BadValue(`must lie between ${min} and ${max}`);
  return value;
}

export function readInteger(text: string, min: number, max: number): number {
  const value = readNumber(text, min, max);
  if (!Number.isInteger(value)) throw new BadValue('is not a whole number');
  return value;
}

export function readChoice<T extends string | number>(text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => String(choice) === text);
  if (found === undefined) throw new BadValue(`must be one of ${choices.join(', ')}`);
  return found;
}

export function readFlag(text: string): boolean {
  return readChoice(text, ['0', '1'] as const) === '1';
}

/** The largest size of a place's coordinate that a link may carry, in the object's units, whatever these are. */
export const MAX_COORDINATE = 1e12;
/** Significant digits of a coordinate: as many as float32 has. */
const COORDINATE_DIGITS = 7;
/** Smaller ones are nothing: float32 rounding, not a place. */
const SMALLEST_COORDINATE = 1e-15;
/** How far from length 1 a rotation may be: what rounding to six decimals costs, with room to spare. */
const QUATERNION_SLACK = 0.01;

/** "x,y,z,w,tx,ty,tz"; the quaternion is normalised. */
export function readPose(text: string): Pose {
  const parts = text.split(',');
  if (parts.length !== 7) throw new BadValue('must be seven numbers: a quaternion x,y,z,w and a translation x,y,z');
  const [x, y, z, w] = parts.slice(0, 4).map((part) => readNumber(part, -1.01, 1.01));
  const [tx, ty, tz] = parts.slice(4).map((part) => readNumber(part, -MAX_COORDINATE, MAX_COORDINATE));
  const length = Math.hypot(x, y, z, w);
  if (Math.abs(length - 1) > QUATERNION_SLACK) throw new BadValue('does not begin with a unit quaternion');
  // Values that were written from a unit quaternion are kept as written, so that reading and writing again changes nothing.
  const scale = Math.abs(length - 1) < 1e-5 ? 1 : 1 / length;
  return { rotation: [x * scale, y * scale, z * scale, w * scale], translation: [tx, ty, tz] };
}

/** Six decimals, without trailing zeros or a negative zero. */
export function writeNumber(value: number): string {
  return String(Number(value.toFixed(6)) || 0);
}

/** A coordinate in the object's units, which may be metres or micrometres: significant digits, not decimals. */
export function writeCoordinate(value: number, digits = COORDINATE_DIGITS): string {
  const rounded = Number(value.toPrecision(digits));
  return String(Math.abs(rounded) < SMALLEST_COORDINATE ? 0 : rounded);
}

export function writePose({ rotation, translation }: Pose): string {
  return [...rotation.map(writeNumber), ...translation.map((x) => writeCoordinate(x))].join(',');
}
