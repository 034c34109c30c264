import { srgbToLinear } from '../scene/srgb';

/** An sRGB value out of a file as linear light in 0…1; values outside are brought to the ends, those that are no numbers to 1. */
export const linearFromFile = (value: number): number => (Number.isNaN(value) ? 1 : srgbToLinear(Math.min(1, Math.max(0, value))));
