import { srgbToLinear } from '../scene/srgb';

/** An sRGB value out of a file as linear light in 0…1; values outside are brought to the ends, those that are no numbers to 1. */
export const linearFromFile = (value: number): number => (Number.isNaN(value) ? 1 : srgbToLinear(Math.min(1, Math.max(0, value))));

/** Channel 0, 1 or 2 (red, green, blue) of 0xRRGGBB as linear light. */
export const unpackColor = (packed: number, channel: number): number => linearFromFile(((packed >>> (16 - 8 * channel)) & 255) / 255);
