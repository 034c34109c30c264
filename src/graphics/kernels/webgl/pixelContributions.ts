import type { SumSizes } from './floatBlend';
import type { View } from './tensorTextures';

/** What pixels give to the three vertices of the triangle that they see. Values are [.., C]; four channels (a group) are handled at a time. */
export interface PixelContributions {
  /** Names the GLSL below, with its compile-time choices. */
  readonly key: string;
  /** Must hold `raster`, `faces` and `clip`. */
  readonly inputs: Readonly<Record<string, View>> & { readonly raster: View; readonly faces: View; readonly clip: View };
  readonly uniforms: Readonly<Record<string, number>>;
  /**
   * GLSL globals and two functions:
   * `bool prepare(int pose, int face, int group, ivec3 index, vec4 p0, vec4 p1, vec4 p2)`, once per triangle (false: gives nothing), and
   * `void contribute(int m, int i, int j, vec4 seen, inout vec4 s0, inout vec4 s1, inout vec4 s2)`, once per pixel that sees it
   * (m: row of the batch, pose·height + j).
   */
  readonly glsl: string;
  /** The GLSL also has `bool worthwhile(int pose, int face)`, false for most triangles: those are not run at all. */
  readonly sparse?: boolean;
}

export interface VertexSum {
  readonly sizes: SumSizes;
  readonly vertexCount: number;
  /** The result is [outBatch, V, channels]; outBatch 1 sums over the poses too. */
  readonly outBatch: number;
  readonly channels: number;
}

/** Where each vertex's corners are; see scene/topology. */
export interface CornerTable { readonly offsets: View; readonly corners: View }

export const sharedUniforms = ({ sizes: { batch, faceCount, height, width }, vertexCount, outBatch, channels }: VertexSum, outWidth: number) =>
  ({ batch, faceCount, height, width, vertexCount, outBatch, channels, outWidth });
