import { createKdSearch, squaredRadius } from './kdSearch';
import { buildKdTree } from './kdTree';

/** Further away, in bandwidths, a point is not felt: its share would be at most exp(−4.5), a hundredth of that of a point right there. */
export const DENSITY_REACH = 3;

/**
 * How densely points lie around each of them, per unit of volume: ρ(xᵢ) = Σⱼ exp(−|xᵢ − xⱼ|² / 2σ²) / (2πσ²)^(D/2) over the points within 3σ, xᵢ itself
 * among them. O(N log N + pairs).
 * @param points [N, D] @param bandwidth σ, in the points' unit.
 * @returns [N]
 * @throws SceneError 'not-finite', 'malformed'.
 */
export function pointDensity(points: Float32Array, dimension: number, bandwidth: number): Float32Array {
  const tree = buildKdTree(points, dimension);
  const search = createKdSearch(tree);
  const limit = squaredRadius(DENSITY_REACH * bandwidth);
  const [height, decay] = [(2 * Math.PI * bandwidth ** 2) ** (-dimension / 2), -0.5 / bandwidth ** 2];
  let sum = 0;
  const add = (_point: number, squared: number): void => { sum += Math.exp(squared * decay); };
  return Float32Array.from({ length: tree.count }, (_, i) => {
    sum = 0;
    search.within(points, i * dimension, limit, add);
    return height * sum;
  });
}
