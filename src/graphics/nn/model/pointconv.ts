import { kernelModel, type KernelModelOptions } from './kernelModel';
import type { PointModel } from './pointModel';

/**
 * A network of PointConv layers (Wu, Qi, Li, "PointConv", CVPR 2019, section 4): to classify, features are convolved to 256 points, to 64, and to one; to segment, they
 * are interpolated back and convolved again, the paper's deconvolution. Twice two convolutions and half the paper's channels at width 1, and weight nets of 8 and 16
 * units without normalisation in place of the layer's 32 with it, which suits the small clouds of a browser's tab; half of the channels again by default.
 * @param options beside those of all networks `radius` (0.2) and `dropoutRate` (0.3).
 * @returns the model; the caller disposes it.
 * @throws Error that names a wrong option.
 * @example
 * ```ts
 * const model = nn.model.createPointConvNet({ task: 'classify', classCount: 3, radius: 0.3 });
 * const clouds = model.prepare({ batch: 1, count: 2, positions: Float32Array.from([0, 0, 0, 0.1, 0, 0]) });
 * model.forward(clouds).shape; // → [1, 3]
 * clouds.dispose();
 * model.dispose();
 * ```
 */
export const createPointConvNet = (options: KernelModelOptions): PointModel => kernelModel('pointconv', options);
