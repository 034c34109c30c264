import { kernelModel, type KernelModelOptions } from './kernelModel';
import type { PointModel } from './pointModel';

/**
 * A network of Monte-Carlo convolutions (Hermosilla et al., "Monte Carlo Convolution for Learning on Non-Uniformly Sampled Point Clouds", ACM TOG 2018,
 * section 5): to classify, from all points to 256, to 64, and to one; to segment, features are interpolated back and convolved again. Samples are as far as possible from each other, where
 * the paper's are Poisson disks: their number is then the same in every cloud. Densities are estimated once for each level, and each kernel is one network of
 * two layers of eight units where the layer's default are four. At width 1 there are 64, 128 and 512
 * channels; half of that by default.
 * @param options beside those of all networks `radius` (0.2) and `dropoutRate` (0.3).
 * @returns the model; the caller disposes it.
 * @throws Error that names a wrong option.
 * @example
 * ```ts
 * const model = nn.model.createMonteCarloNet({ task: 'classify', classCount: 3 });
 * const clouds = model.prepare({ batch: 1, count: 2, positions: Float32Array.from([0, 0, 0, 0.1, 0, 0]) });
 * model.forward(clouds).shape; // → [1, 3]
 * clouds.dispose();
 * model.dispose();
 * ```
 */
export const createMonteCarloNet = (options: KernelModelOptions): PointModel => kernelModel('montecarlo', options);
