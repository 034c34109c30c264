// What the op and its kernels share; in a file of its own, because the op imports its kernels.

export const SAMPLE_TEXTURE = 'DioramaSampleTexture';
export const SAMPLE_TEXTURE_GRAD_TEXTURE = 'DioramaSampleTextureGradTexture';
export const SAMPLE_TEXTURE_GRAD_UVS = 'DioramaSampleTextureGradUvs';
