import { realsLike, registerCpuKernel, type Indices, type Reals } from '../cpuKernel';
import { GATHER_FACES } from './names';

/**
 * @param values [B, V, C]
 * @param faces [F, 3]
 * @returns [B, F, 3, C]
 */
export function gatherFacesLoops(values: Reals, faces: Indices, [batch, vertexCount, channels]: readonly number[]): Reals {
  const gathered = realsLike(values, batch * faces.length * channels);
  for (let b = 0; b < batch; b++) {
    for (let corner = 0; corner < faces.length; corner++) {
      for (let c = 0; c < channels; c++) {
        gathered[(b * faces.length + corner) * channels + c] = values[(b * vertexCount + faces[corner]) * channels + c];
      }
    }
  }
  return gathered;
}

registerCpuKernel(GATHER_FACES, ['values', 'faces'], ({ values, faces }) => {
  const [batch, , channels] = values.shape;
  return { shape: [batch, ...faces.shape, channels], values: gatherFacesLoops(values.reals, faces.indices, values.shape) };
});
