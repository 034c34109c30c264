// What the op and its kernels share; in a file of its own, because the op imports its kernels.

export const NEIGHBOR_SUM = 'DioramaNeighborSum';
export const NEIGHBOR_SUM_VALUES = 'DioramaNeighborSumValues';
export const NEIGHBOR_SUM_WEIGHTS = 'DioramaNeighborSumWeights';
