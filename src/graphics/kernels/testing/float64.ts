import type { Mesh } from '../../../scene/mesh';
import { sixColorCube } from '../../../scene/primitives';
import type { Topology } from '../../../scene/topology';
import { randomValues, randomView } from './views';

/** A view in float64 for finite differences: nothing of it is rounded to float32. */
export interface View64 {
  readonly batch: number; readonly vertexCount: number; readonly topology: Topology;
  /** [B, V, 4] */ readonly clip: Float64Array;
}

export function view64(seed: number, mesh: Pick<Mesh, 'positions' | 'faces'> = sixColorCube(), batch = 2): View64 {
  const { clip, vertexCount, topology } = randomView(mesh, batch, seed, 2.5);
  return { batch, vertexCount, topology, clip: Float64Array.from(clip) };
}

export const randomValues64 = (length: number, seed: number): Float64Array => Float64Array.from(randomValues(length, seed));

export const dotProduct = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};
