// The transfer function between light and screens (IEC 61966-2-1), on plain numbers; graphics/image/color_space has it on tensors.

/** One channel from sRGB to linear light, both 0…1. */
export const srgbToLinear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);

/** One channel from linear light to sRGB, both 0…1. */
export const linearToSrgb = (c: number): number => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);

const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => srgbToLinear(byte / 255));

/** 8 bits of sRGB as linear light in 0…1. */
export const linearFromByte = (byte: number): number => LINEAR[byte];

/** Linear light as 8 bits of sRGB; what lies outside 0…1 is brought to the ends. */
export const byteFromLinear = (value: number): number => Math.round(255 * linearToSrgb(Math.min(1, Math.max(0, value))));
