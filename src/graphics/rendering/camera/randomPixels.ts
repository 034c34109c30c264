import { noise } from '../../kernels';
import { checkSeeded, type Seeded } from '../../math/sampling/seeds';
import { broadcastBatches, checkLastAxis } from '../../shape';
import * as tf from '../../tf';
import { ray } from './projection';

/** rays [*, M, 3] with z = 1, as from {@link ray}; pixels [*, M, 2], the column and row of each. */
export type PixelRays = { readonly rays: tf.Tensor; readonly pixels: tf.Tensor };

/** The rays of pixels [*, M, 2]. */
const raysThrough = (pixels: tf.Tensor, focal: tf.Tensor, principalPoint: tf.Tensor): PixelRays =>
  ({ rays: ray(pixels, tf.expandDims(focal, -2), tf.expandDims(principalPoint, -2)), pixels });

/** Whole numbers in [0, span), as floats. The two coordinates take noise of the same seed, at different places. */
function randomPlaces(batch: readonly number[], count: number, seed: number, origin: readonly [number, number], span: readonly [number, number]): tf.Tensor {
  const uniform = noise([...batch, count, 2] as [number, number], seed);
  return tf.add(tf.floor(tf.mul(uniform, tf.tensor1d([...span]))), tf.tensor1d([...origin]));
}

function checkIntrinsics(focal: tf.Tensor, principalPoint: tf.Tensor): number[] {
  checkLastAxis('focal', focal, 2);
  checkLastAxis('principalPoint', principalPoint, 2);
  return broadcastBatches(['focal', focal, 1], ['principalPoint', principalPoint, 1]);
}

/**
 * Rays through pixels drawn uniformly, another set for each camera. Gradients: of the rays, to focal and principal point.
 *
 * @param focal [*, 2], pixels.
 * @param principalPoint [*, 2], pixels.
 * @param height of the image, in pixels.
 * @param width of the image, in pixels.
 * @param nRays how many for each camera.
 * @param options.seed whole number in 0 … 2³² − 1.
 * @param options.margin pixels at each border that are not drawn.
 * @returns rays [*, nRays, 3] with z = 1, and pixels [*, nRays, 2].
 * @throws Error that names the argument, axis and shape; where the margins leave no pixel.
 * @example
 * ```ts
 * const [focal, principalPoint] = [tf.tensor1d([100, 100]), tf.tensor1d([32, 24])];
 * rendering.camera.perspective.randomRays(focal, principalPoint, 48, 64, 10, { seed: 1 }).rays.shape; // → [10, 3]
 * ```
 */
export const randomRays = (
  focal: tf.Tensor, principalPoint: tf.Tensor, height: number, width: number, nRays: number,
  options: { readonly margin?: number } & Seeded,
): PixelRays => tf.tidy(() => {
  checkSeeded(options);
  const { seed, margin = 0 } = options;
  const batch = checkIntrinsics(focal, principalPoint);
  const span = [width - 2 * margin, height - 2 * margin] as const;
  if (Math.min(...span) < 1) throw new Error(`a margin of ${margin} leaves no pixel of an image of height ${height} and width ${width}`);
  return raysThrough(randomPlaces(batch, nRays, seed, [margin, margin], span), focal, principalPoint);
});

/**
 * Rays through all pixels of one patch, drawn uniformly among those that lie inside the image, for each camera. Rows of the patch come
 * one after the other. Gradients: of the rays, to focal and principal point.
 *
 * @param focal [*, 2], pixels.
 * @param principalPoint [*, 2], pixels.
 * @param height of the image, in pixels.
 * @param width of the image, in pixels.
 * @param patchHeight odd.
 * @param patchWidth odd.
 * @param options.seed whole number in 0 … 2³² − 1.
 * @param options.scale distance between neighbouring rays of the patch, in pixels.
 * @returns rays [*, patchHeight · patchWidth, 3] with z = 1, and pixels [*, patchHeight · patchWidth, 2].
 * @throws Error that names the argument, axis and shape; for an even patch, and one that is larger than the image.
 * @example
 * ```ts
 * const [focal, principalPoint] = [tf.tensor1d([100, 100]), tf.tensor1d([32, 24])];
 * rendering.camera.perspective.randomPatches(focal, principalPoint, 48, 64, 3, 3, { seed: 1 }).pixels.shape; // → [9, 2]
 * ```
 */
export const randomPatches = (
  focal: tf.Tensor, principalPoint: tf.Tensor, height: number, width: number, patchHeight: number, patchWidth: number,
  options: { readonly scale?: number } & Seeded,
): PixelRays => tf.tidy(() => {
  checkSeeded(options);
  const { seed, scale = 1 } = options;
  const batch = checkIntrinsics(focal, principalPoint);
  if (patchHeight % 2 !== 1 || patchWidth % 2 !== 1) {
    throw new Error(`The patch size is expected to be an odd value, but it is ${patchHeight} × ${patchWidth}`);
  }
  const halves = [Math.ceil(scale * (patchWidth - 1) / 2), Math.ceil(scale * (patchHeight - 1) / 2)] as const;
  const span = [width - 2 * halves[0], height - 2 * halves[1]] as const;
  if (Math.min(...span) < 1) {
    throw new Error(`a patch of ${patchHeight} × ${patchWidth} at scale ${scale} does not fit an image of height ${height} and width ${width}`);
  }
  const offsets = Array.from({ length: patchHeight * patchWidth }, (_, i) =>
    [scale * ((i % patchWidth) - (patchWidth - 1) / 2), scale * (Math.floor(i / patchWidth) - (patchHeight - 1) / 2)]);
  const centres = randomPlaces(batch, 1, seed, halves, span);
  return raysThrough(tf.add(centres, tf.tensor2d(offsets)), focal, principalPoint);
});
