import { realsLike, registerCpuKernel, type CpuInput, type Reals } from '../cpuKernel';
import { LAMBERT } from './names';

type Name = 'albedo' | 'normals' | 'towards' | 'colors' | 'ambient';
const INPUTS: readonly Name[] = ['albedo', 'normals', 'towards', 'colors', 'ambient'];

/** @returns [B, V, 4] */
export function lambertLoops({ albedo, normals, towards, colors, ambient }: Record<Name, Pick<CpuInput, 'shape' | 'reals'>>, batch: number): Reals {
  const [vertexCount, lightCount] = [normals.shape[1], towards.shape[1]];
  const lit = realsLike(albedo.reals, batch * vertexCount * 4);
  /** Where the rows of pose b begin. */
  const base = ({ shape }: Pick<CpuInput, 'shape'>, b: number, rows: number) => (shape[0] === 1 ? 0 : b * rows * 3);
  for (let b = 0; b < batch; b++) {
    for (let v = 0; v < vertexCount; v++) {
      const n = base(normals, b, vertexCount) + 3 * v;
      const o = 4 * (b * vertexCount + v);
      for (let c = 0; c < 3; c++) {
        let irradiance = ambient.reals[base(ambient, b, 1) + c];
        for (let l = 0; l < lightCount; l++) {
          const t = base(towards, b, lightCount) + 3 * l;
          const cosine = normals.reals[n] * towards.reals[t] + normals.reals[n + 1] * towards.reals[t + 1] + normals.reals[n + 2] * towards.reals[t + 2];
          irradiance += Math.max(cosine, 0) * colors.reals[base(colors, b, lightCount) + 3 * l + c];
        }
        lit[o + c] = albedo.reals[base(albedo, b, albedo.shape[1]) + (albedo.shape[1] === 1 ? 0 : 3 * v) + c] * irradiance;
      }
      lit[o + 3] = 1;
    }
  }
  return lit;
}

registerCpuKernel(LAMBERT, INPUTS, (inputs) => {
  const batch = Math.max(...INPUTS.map((name) => inputs[name].shape[0]));
  return { shape: [batch, inputs.normals.shape[1], 4], values: lambertLoops(inputs, batch) };
});
