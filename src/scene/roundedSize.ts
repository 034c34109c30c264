/** Sizes between a power of two and the next. */
const STEPS = 8;

/**
 * The next of few sizes, at most an eighth more. WebGL's programs are compiled for the sizes that they meet, and stay, as their textures do: lists
 * that are a little longer or shorter in every batch are padded to these.
 * @param count whole, at least 0.
 */
export function roundedSize(count: number): number {
  const power = 2 ** (31 - Math.clz32(count));
  const step = Math.max(1, power / STEPS);
  return step * Math.ceil(count / step);
}
