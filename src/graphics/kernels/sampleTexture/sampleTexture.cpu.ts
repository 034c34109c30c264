import { realsLike, registerCpuKernel, roundLike, type CpuInput, type Reals } from '../cpuKernel';
import { SAMPLE_TEXTURE, SAMPLE_TEXTURE_GRAD_TEXTURE, SAMPLE_TEXTURE_GRAD_UVS } from './names';

export interface TextureDims { readonly height: number; readonly width: number; readonly channels: number; readonly tiling: boolean }

/** The four texels around a sample, their weights, and the weights' change with u and v. */
interface Taps { readonly texels: number[]; readonly weights: number[]; readonly du: number[]; readonly dv: number[] }

/** The two texels beside `x` (in texels, centres at half-integers) on an axis of `size`, and how far between them. */
function axisTaps(x: number, size: number, tiling: boolean): { low: number; high: number; t: number; slope: number } {
  const wrap = (i: number) => ((i % size) + size) % size;
  const clamp = (i: number) => Math.min(size - 1, Math.max(0, i));
  const centred = tiling ? x - 0.5 : Math.min(size - 1, Math.max(0, x - 0.5));
  const low = Math.floor(centred);
  const inside = tiling || (x - 0.5 > 0 && x - 0.5 < size - 1);
  const place = tiling ? wrap : clamp;
  return { low: place(low), high: place(low + 1), t: centred - low, slope: inside ? size : 0 };
}

function taps(u: number, v: number, { height, width, tiling }: TextureDims): Taps {
  const x = axisTaps(u * width, width, tiling);
  // v points up, rows go down.
  const y = axisTaps((1 - v) * height, height, tiling);
  return {
    texels: [y.low * width + x.low, y.low * width + x.high, y.high * width + x.low, y.high * width + x.high],
    weights: [(1 - y.t) * (1 - x.t), (1 - y.t) * x.t, y.t * (1 - x.t), y.t * x.t],
    du: [-(1 - y.t) * x.slope, (1 - y.t) * x.slope, -y.t * x.slope, y.t * x.slope],
    dv: [(1 - x.t) * y.slope, x.t * y.slope, -(1 - x.t) * y.slope, -x.t * y.slope],
  };
}

/** @returns [N, C] */
export function sampleTextureLoops(uvs: Reals, texture: Reals, dims: TextureDims): Reals {
  const { channels } = dims;
  const samples = realsLike(uvs, (uvs.length / 2) * channels);
  for (let n = 0; n < uvs.length / 2; n++) {
    const { texels, weights } = taps(uvs[2 * n], uvs[2 * n + 1], dims);
    for (let c = 0; c < channels; c++) {
      samples[n * channels + c] = texels.reduce((sum, texel, k) => sum + weights[k] * texture[texel * channels + c], 0);
    }
  }
  return samples;
}

/** @returns [H', W', C] */
export function sampleTextureGradTextureLoops(dy: Reals, uvs: Reals, dims: TextureDims): Reals {
  const { channels, height, width } = dims;
  const sums = new Float64Array(height * width * channels);
  for (let n = 0; n < uvs.length / 2; n++) {
    const { texels, weights } = taps(uvs[2 * n], uvs[2 * n + 1], dims);
    for (let c = 0; c < channels; c++) {
      texels.forEach((texel, k) => { sums[texel * channels + c] += weights[k] * dy[n * channels + c]; });
    }
  }
  return roundLike(dy, sums);
}

/** @returns [N, 2] */
export function sampleTextureGradUvsLoops(dy: Reals, uvs: Reals, texture: Reals, dims: TextureDims): Reals {
  const { channels } = dims;
  const gradient = realsLike(dy, uvs.length);
  for (let n = 0; n < uvs.length / 2; n++) {
    const { texels, du, dv } = taps(uvs[2 * n], uvs[2 * n + 1], dims);
    let [toU, toV] = [0, 0];
    for (let c = 0; c < channels; c++) {
      const g = dy[n * channels + c];
      texels.forEach((texel, k) => {
        toU += g * du[k] * texture[texel * channels + c];
        toV += g * dv[k] * texture[texel * channels + c];
      });
    }
    gradient[2 * n] = toU;
    gradient[2 * n + 1] = toV;
  }
  return gradient;
}

const dimsOf = ({ shape }: CpuInput, { tiling }: { tiling: boolean }): TextureDims =>
  ({ height: shape[0], width: shape[1], channels: shape[2], tiling });

registerCpuKernel(SAMPLE_TEXTURE, ['uvs', 'texture'], ({ uvs, texture }, attrs: { tiling: boolean }) =>
  ({ shape: [uvs.shape[0], texture.shape[2]], values: sampleTextureLoops(uvs.reals, texture.reals, dimsOf(texture, attrs)) }));

registerCpuKernel(SAMPLE_TEXTURE_GRAD_TEXTURE, ['dy', 'uvs', 'texture'], ({ dy, uvs, texture }, attrs: { tiling: boolean }) =>
  ({ shape: texture.shape, values: sampleTextureGradTextureLoops(dy.reals, uvs.reals, dimsOf(texture, attrs)) }));

registerCpuKernel(SAMPLE_TEXTURE_GRAD_UVS, ['dy', 'uvs', 'texture'], ({ dy, uvs, texture }, attrs: { tiling: boolean }) =>
  ({ shape: uvs.shape, values: sampleTextureGradUvsLoops(dy.reals, uvs.reals, texture.reals, dimsOf(texture, attrs)) }));
