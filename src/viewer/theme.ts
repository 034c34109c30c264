import type { ColorRange } from './colorMap';

export type ThemeName = 'light' | 'dark';

/** Every colour of the view, as sRGB hex numbers. */
export interface ViewerTheme {
  readonly background: number;
  /** An object without colours of its own. */
  readonly object: number;
  /** The true pose's ghost of such an object. */
  readonly ghost: number;
  /** The ghost's creases. */
  readonly crease: number;
  /** The recovery camera, its frustum and the border of its image. */
  readonly frustum: number;
  /** Before the target image arrives. */
  readonly emptyImage: number;
  /** The ring round a marked step. */
  readonly marker: number;
  /** The object's x, y and z axes: three hues of Okabe & Ito (2008) that differ with any colour vision. */
  readonly axes: readonly [number, number, number];
  readonly trail: ColorRange;
}

export const THEMES: Readonly<Record<ThemeName, ViewerTheme>> = {
  light: {
    background: 0xf5f6f8, object: 0xb9bec8, ghost: 0x4f8fd6, crease: 0x4a5568, frustum: 0x5b6778, emptyImage: 0xdfe3e9, marker: 0x11151c,
    axes: [0xd55e00, 0x009e73, 0x0072b2], trail: [0, 0.8],
  },
  dark: {
    background: 0x11141a, object: 0x9aa3b2, ghost: 0x6ea8f0, crease: 0xdbe4f3, frustum: 0x8c99ae, emptyImage: 0x242a35, marker: 0xffffff,
    axes: [0xe8741e, 0x1fb98b, 0x56b4e9], trail: [0.22, 1],
  },
};
