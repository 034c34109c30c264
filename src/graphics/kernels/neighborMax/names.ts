// What the op and its kernels share; in a file of its own, because the op imports its kernels.

export const NEIGHBOR_ARG_MAX = 'DioramaNeighborArgMax';
export const NEIGHBOR_SELECT = 'DioramaNeighborSelect';
export const NEIGHBOR_PLACE = 'DioramaNeighborPlace';
