import { srgbToLinear } from '../scene/srgb';

export type Rgb = readonly [number, number, number];

/** Ten even stops of viridis (van der Walt & Smith 2015, CC0), sRGB: even in lightness, so it reads with any colour vision and in grey. */
const VIRIDIS = [0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6dcd59, 0xb4de2c, 0xfde725].map(
  (hex): Rgb => [(hex >> 16) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255],
);

/** sRGB 0…1 of viridis at t, clamped to 0…1. */
export function viridis(t: number): Rgb {
  const x = Math.min(Math.max(t, 0), 1) * (VIRIDIS.length - 1);
  const i = Math.min(Math.floor(x), VIRIDIS.length - 2);
  const mix = (k: number) => VIRIDIS[i][k] + (x - i) * (VIRIDIS[i + 1][k] - VIRIDIS[i][k]);
  return [mix(0), mix(1), mix(2)];
}

/** The stretch [from, to] of viridis that stands out against a background. */
export type ColorRange = readonly [from: number, to: number];

/** The colour of step `index` of `count`, linear RGB as vertex colours want it. */
export function stepColor(index: number, count: number, [from, to]: ColorRange): Rgb {
  const t = count > 1 ? index / (count - 1) : 1;
  const [r, g, b] = viridis(from + t * (to - from));
  return [srgbToLinear(r), srgbToLinear(g), srgbToLinear(b)];
}
