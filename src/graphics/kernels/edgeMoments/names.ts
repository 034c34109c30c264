// What the op and its kernels share; in a file of its own, because the op imports its kernels.

export const EDGE_MOMENTS = 'DioramaEdgeMoments';
export const EDGE_LINE = 'DioramaEdgeLine';
