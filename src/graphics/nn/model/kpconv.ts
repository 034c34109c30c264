import { kernelModel, type KernelModelOptions } from './kernelModel';
import type { PointModel } from './pointModel';

export interface KPConvNetOptions extends KernelModelOptions {
  /** Whether the kernels of the coarsest level deform, as the paper's last ones do; false by default. */
  readonly deformable?: boolean;
}

/**
 * A network of kernel point convolutions (Thomas et al., "KPConv", ICCV 2019, section 3.4): two levels of a strided and a plain convolution, the latter with a residual; to
 * classify, the mean over the points of a dense layer; to segment, features are interpolated back and convolved again. Two levels and no bottlenecks, where the paper
 * has five with them, at samples as far as possible from each other, where it has a grid's means: the number of samples is then the same in every cloud.
 * Of a deformable network the shifts learn at a tenth of the rate, as in the paper. At width 1 there are 64, 128 and 512 channels; half of that by default.
 * @param options beside those of all networks `radius` (0.2), `dropoutRate` (0.3) and `deformable` (false).
 * @returns the model; the caller disposes it.
 * @throws Error that names a wrong option.
 * @example
 * ```ts
 * const model = nn.model.createKPConvNet({ task: 'classify', classCount: 3, deformable: true });
 * const clouds = model.prepare({ batch: 1, count: 2, positions: Float32Array.from([0, 0, 0, 0.1, 0, 0]) });
 * model.forward(clouds).shape; // → [1, 3]
 * clouds.dispose();
 * model.dispose();
 * ```
 */
export const createKPConvNet = (options: KPConvNetOptions): PointModel => kernelModel('kpconv', options);
