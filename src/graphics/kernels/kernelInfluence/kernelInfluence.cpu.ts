import { realsLike, registerCpuKernel, type Reals } from '../cpuKernel';
import { KERNEL_INFLUENCE, KERNEL_INFLUENCE_GRAD, LEAST_SQUARED_DISTANCE, type InfluenceAttrs } from './names';

const squaredDistance = (offsets: Reals, at: number, points: Reals, p: number): number =>
  (offsets[at] - points[p]) ** 2 + (offsets[at + 1] - points[p + 1]) ** 2 + (offsets[at + 2] - points[p + 2]) ** 2;

/** @param offsets [M, 3] @param points [K, 3] @returns [M, K] */
export function kernelInfluenceLoops(offsets: Reals, points: Reals, sigma: number): Reals {
  const [rows, count] = [offsets.length / 3, points.length / 3];
  const h = realsLike(offsets, rows * count);
  for (let m = 0; m < rows; m++) {
    for (let k = 0; k < count; k++) h[m * count + k] = Math.max(0, 1 - Math.sqrt(squaredDistance(offsets, 3 * m, points, 3 * k)) / sigma);
  }
  return h;
}

/** @param dy [M, K] @returns [M, 3] */
export function kernelInfluenceGradLoops(dy: Reals, offsets: Reals, points: Reals, sigma: number): Reals {
  const [rows, count] = [offsets.length / 3, points.length / 3];
  const gradient = realsLike(dy, offsets.length);
  for (let m = 0; m < rows; m++) {
    for (let k = 0; k < count; k++) {
      const squared = squaredDistance(offsets, 3 * m, points, 3 * k);
      if (squared < LEAST_SQUARED_DISTANCE || squared >= sigma * sigma) continue;
      const slope = dy[m * count + k] / (sigma * Math.sqrt(squared));
      for (let d = 0; d < 3; d++) gradient[3 * m + d] -= slope * (offsets[3 * m + d] - points[3 * k + d]);
    }
  }
  return gradient;
}

registerCpuKernel(KERNEL_INFLUENCE, ['offsets', 'points'], ({ offsets, points }, { sigma }: InfluenceAttrs) =>
  ({ shape: [offsets.shape[0], points.shape[0]], values: kernelInfluenceLoops(offsets.reals, points.reals, sigma) }));

registerCpuKernel(KERNEL_INFLUENCE_GRAD, ['dy', 'offsets', 'points'], ({ dy, offsets, points }, { sigma }: InfluenceAttrs) =>
  ({ shape: offsets.shape, values: kernelInfluenceGradLoops(dy.reals, offsets.reals, points.reals, sigma) }));
