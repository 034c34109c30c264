/** One channel from linear light to sRGB, both 0…1 (IEC 61966-2-1): what the recovery's linear renderings go through on their way to a screen. */
export const linearToSrgb = (c: number): number => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);

/** One channel from sRGB to linear light, both 0…1. */
export const srgbToLinear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
