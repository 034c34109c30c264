// What the op and its kernels share; in a file of its own, because the op imports its kernels.

export const ADAM_MOMENT = 'DioramaAdamMoment';
export const ADAM_STEP = 'DioramaAdamStep';
