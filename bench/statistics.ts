/** The middle value (the mean of the middle two), NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which a share `q` (0…1) lies, interpolated linearly between neighbours; NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.ceil(place);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

/** The share (0…1) of values strictly under `limit`; a NaN counts as not under. NaN of none. */
export function shareUnder(values: readonly number[], limit: number): number {
  return values.filter((value) => value < limit).length / values.length;
}

/** Standard normal quantile of a two-sided 95 % interval. */
const Z_95 = 1.959964;

/**
 * Wilson's 95 % score interval of a share: `successes` of `trials` (E. B. Wilson, JASA 22, 1927).
 * Unlike the normal approximation, it stays sensible near 0 and 1.
 */
export function wilsonInterval(successes: number, trials: number, z = Z_95): readonly [low: number, high: number] {
  if (trials === 0) return [0, 1];
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
