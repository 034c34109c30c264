// What the op and its kernels share; in a file of its own, because the op imports its kernels.

export const GATHER_ROWS = 'DioramaGatherRows';
export const SEGMENT_SUM = 'DioramaSegmentSum';
export const SEGMENT_ARG_MAX = 'DioramaSegmentArgMax';
export const SEGMENT_SELECT = 'DioramaSegmentSelect';
export const SEGMENT_PLACE = 'DioramaSegmentPlace';
