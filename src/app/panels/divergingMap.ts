import type { Theme } from '../page/theme';

type Color = readonly [number, number, number];

/** Blue for less, orange for more: told apart with every common colour blindness, and by lightness in a grey print. */
const ENDS: Record<Theme, { less: Color; none: Color; more: Color }> = {
  light: { less: [5, 72, 158], none: [246, 246, 244], more: [190, 82, 0] },
  dark: { less: [104, 178, 255], none: [20, 24, 28], more: [255, 164, 64] },
};

/** Entries of a table: an odd number, so that the middle one is zero. */
const ENTRIES = 255;
const MIDDLE = (ENTRIES - 1) / 2;

/** RGBA entries from −1 to 1. */
export function divergingTable(theme: Theme): Uint8ClampedArray {
  const { less, none, more } = ENDS[theme];
  const table = new Uint8ClampedArray(ENTRIES * 4);
  for (let i = 0; i < ENTRIES; i++) {
    const value = (i - MIDDLE) / MIDDLE;
    const end = value < 0 ? less : more;
    // The square root shows small values; most of a difference image is small.
    const share = Math.sqrt(Math.abs(value));
    for (let c = 0; c < 3; c++) table[4 * i + c] = none[c] + (end[c] - none[c]) * share;
    table[4 * i + 3] = 255;
  }
  return table;
}

/** Of each pixel's three channels the one farthest from zero, its sign kept: [height, width]. */
export function strongestChannel(image: Float32Array): Float32Array {
  const out = new Float32Array(image.length / 3);
  for (let i = 0; i < out.length; i++) {
    let strongest = 0;
    for (let c = 0; c < 3; c++) {
      const value = image[3 * i + c];
      if (Math.abs(value) > Math.abs(strongest)) strongest = value;
    }
    out[i] = strongest;
  }
  return out;
}

/** A scale that a few extreme pixels do not decide: the 99.5th percentile of the magnitudes, or the largest where that is 0. */
export function robustScale(values: Float32Array): number {
  const magnitudes = values.map(Math.abs).sort();
  return magnitudes[Math.floor(0.995 * (magnitudes.length - 1))] || magnitudes[magnitudes.length - 1] || 0;
}

/** Colours of signed values, [height, width, 4]; ±scale takes the map's ends. */
export function colorSigned(values: Float32Array, scale: number, table: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(values.length * 4);
  // Four bytes at a time: this is done for every pixel of two pictures several times a second.
  const [pixels, entries] = [new Uint32Array(out.buffer), new Uint32Array(table.slice().buffer)];
  for (let i = 0; i < values.length; i++) {
    const share = scale > 0 ? Math.min(Math.max(values[i] / scale, -1), 1) : 0;
    pixels[i] = entries[Math.round((share + 1) * MIDDLE)];
  }
  return out;
}
