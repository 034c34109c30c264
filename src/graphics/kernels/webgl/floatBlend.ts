import * as tf from '../../tf';
import type { GLResources } from './resources';

/**
 * How per-pixel gradients are summed into vertices: 0 gathers by triangle, then over the vertex → corner table; 2 adds by float blending
 * (EXT_float_blend); 1 takes what is cheaper for the sizes at hand.
 */
export const FLOAT_BLEND_FLAG = 'DIORAMA_FLOAT_BLEND';

tf.env().registerFlag(FLOAT_BLEND_FLAG, () => 1);

export interface SumSizes { readonly batch: number; readonly faceCount: number; readonly height: number; readonly width: number }

/** Gathering visits every triangle, blending every pixel with its three corners: with more triangles than this a pixel, blending is cheaper. */
const TRIANGLES_PER_PIXEL = 2;

export function sumsByBlending({ canBlendFloats }: GLResources, { faceCount, height, width }: SumSizes): boolean {
  const choice = tf.env().getNumber(FLOAT_BLEND_FLAG);
  if (!canBlendFloats || choice === 0) return false;
  return choice === 2 || faceCount > TRIANGLES_PER_PIXEL * height * width;
}

/** How many fragments share a triangle's pixels, so that a few large triangles do not become a few long loops. */
export function workersPerTriangle({ faceCount, height, width }: SumSizes): number {
  const rowsAndSize = height * width / Math.max(1, faceCount);
  const wanted = 2 ** Math.round(Math.log2(Math.max(1, rowsAndSize / 64)));
  return Math.min(wanted, 64, height);
}
