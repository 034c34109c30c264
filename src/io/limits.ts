// What the readers take at most; everything is checked against these before memory is asked for.

export const LIMITS = {
  /** Larger files do not fit into a tab beside the renderer. */
  fileBytes: 512 * 2 ** 20,
  vertices: 20_000_000,
  faces: 40_000_000,
  /** Corners of one polygon. */
  polygonCorners: 1_000_000,
  /** Concave polygons with more corners than this are cut as a fan; clipping their ears would take too long. */
  clippedCorners: 256,
  /** Of a cloud. */
  points: 20_000_000,
  /** Files of a folder that is given to learn from. */
  files: 200_000,
  /** Of the arrays of an NPZ together, each of which takes 8 bytes. */
  numbers: 2 ** 27,
  /** A PLY or PCD header. */
  headerBytes: 2 ** 20,
} as const;
