/** A share as "97.5 %". */
export const percent = (share: number): string => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '–');

/** A number with three significant digits, without an exponent. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = value === 0 ? 2 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 6));
}

/** A share with its 95 % interval: "97.5 % (94.3–98.9)". */
export const percentWithInterval = (share: number, [low, high]: readonly [number, number]): string =>
  `${percent(share)} (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)})`;
