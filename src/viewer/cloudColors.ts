import { srgbToLinear } from '../scene/srgb';
import { viridis, type Rgb } from './colorMap';
import type { ThemeName } from './theme';

// Colours of points, linear RGB as vertex colours want them, and sRGB for legends. Safe for any colour vision; names and numbers always stand beside them.

const rgbOf = (hex: number): Rgb => [(hex >> 16) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255];

/** Okabe & Ito (2008), then Tol's "muted" (2021), darkest first on light ground and lightest first on dark. */
const CLASSES: Readonly<Record<ThemeName, readonly Rgb[]>> = {
  light: [0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xb58900, 0x56b4e9, 0x332288, 0x882255, 0x117733, 0xcc6677, 0x999933, 0x44aa99].map(rgbOf),
  dark: [0x56b4e9, 0xe8741e, 0x1fb98b, 0xdd8fbb, 0xf0e442, 0x88ccee, 0x8f83ff, 0xe0709c, 0x6ac46a, 0xcc6677, 0xb7b747, 0x44aa99].map(rgbOf),
};

/** A point of no class, or none that is known. */
export const UNKNOWN: Readonly<Record<ThemeName, Rgb>> = { light: rgbOf(0x8b949b), dark: rgbOf(0x77828b) };
const RIGHT_WRONG: Readonly<Record<ThemeName, readonly [Rgb, Rgb]>> = {
  light: [rgbOf(0x0072b2), rgbOf(0xd55e00)], dark: [rgbOf(0x56b4e9), rgbOf(0xf08a3c)],
};

/** sRGB of a class or part. More than twelve share colours; their names tell them apart. */
export const classColor = (index: number | undefined, theme: ThemeName): Rgb =>
  (index === undefined || index < 0 ? UNKNOWN[theme] : CLASSES[theme][index % CLASSES[theme].length]);

export const rightColor = (right: boolean, theme: ThemeName): Rgb => RIGHT_WRONG[theme][right ? 0 : 1];

/** The stretch of viridis that stands out against each ground. */
const STRETCH: Readonly<Record<ThemeName, readonly [number, number]>> = { light: [0, 0.88], dark: [0.16, 1] };

/** sRGB of a share 0…1. */
export function shareColor(share: number, theme: ThemeName): Rgb {
  const [from, to] = STRETCH[theme];
  return viridis(from + (to - from) * Math.min(Math.max(share, 0), 1));
}

/** A CSS colour. */
export const cssColor = (rgb: Rgb): string => `rgb(${rgb.map((x) => Math.round(255 * x)).join(' ')})`;

/** [N, 3] linear RGB. @param of the sRGB colour of each point. */
export function paintPoints(count: number, of: (point: number) => Rgb): Float32Array {
  const colors = new Float32Array(3 * count);
  for (let i = 0; i < count; i++) of(i).forEach((x, k) => (colors[3 * i + k] = srgbToLinear(x)));
  return colors;
}

/** A colour nearer to the ground by a share: what steps back. */
export function faded(rgb: Rgb, share: number, theme: ThemeName): Rgb {
  const ground = rgbOf(theme === 'light' ? 0xf5f6f8 : 0x11141a);
  const mix = (k: number) => rgb[k] + share * (ground[k] - rgb[k]);
  return [mix(0), mix(1), mix(2)];
}
