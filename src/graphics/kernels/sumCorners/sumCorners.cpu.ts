import { registerCpuKernel, roundLike, type Indices, type Reals } from '../cpuKernel';
import { SUM_CORNERS } from './names';

/**
 * @param values [B, 3F, C]
 * @param cornerOffsets [V + 1]
 * @param corners [3F]
 * @returns [B, V, C]
 */
export function sumCornersLoops(values: Reals, cornerOffsets: Indices, corners: Indices, batch: number, channels: number): Reals {
  const vertexCount = cornerOffsets.length - 1;
  const sums = new Float64Array(batch * vertexCount * channels);
  for (let b = 0; b < batch; b++) {
    for (let vertex = 0; vertex < vertexCount; vertex++) {
      for (let k = cornerOffsets[vertex]; k < cornerOffsets[vertex + 1]; k++) {
        for (let c = 0; c < channels; c++) {
          sums[(b * vertexCount + vertex) * channels + c] += values[(b * corners.length + corners[k]) * channels + c];
        }
      }
    }
  }
  return roundLike(values, sums);
}

registerCpuKernel(SUM_CORNERS, ['values', 'cornerOffsets', 'corners'], ({ values, cornerOffsets, corners }) => {
  const [batch, , , channels] = values.shape;
  return {
    shape: [batch, cornerOffsets.shape[0] - 1, channels],
    values: sumCornersLoops(values.reals, cornerOffsets.indices, corners.indices, batch, channels),
  };
});
