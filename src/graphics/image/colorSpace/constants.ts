// The sRGB transfer function: a straight line near black, a power above it.
// Source: IEC 61966-2-1:1999.

/** The offset of the power. */
export const OFFSET = 0.055;
/** The slope of the straight line. */
export const SLOPE = 12.92;
export const EXPONENT = 2.4;
/** Where the straight line ends, in sRGB. */
export const SRGB_THRESHOLD = 0.04045;
/** Where the straight line ends, in linear light. */
export const LINEAR_THRESHOLD = SRGB_THRESHOLD / SLOPE;
