// What the op and its kernels share; in a file of its own, because the op imports its kernels.

export const KERNEL_INFLUENCE = 'DioramaKernelInfluence';
export const KERNEL_INFLUENCE_GRAD = 'DioramaKernelInfluenceGrad';

export interface InfluenceAttrs { readonly sigma: number }

/** Two places nearer than the root of this count as the same: the direction from one to the other is lost, and no gradient goes along it. */
export const LEAST_SQUARED_DISTANCE = 1e-20;
