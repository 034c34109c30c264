/** An sRGB value in 0…1 as linear light (IEC 61966-2-1); values outside are brought to the ends, those that are no numbers to 1. */
export function srgbToLinear(value: number): number {
  if (Number.isNaN(value)) return 1;
  const c = Math.min(1, Math.max(0, value));
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}
