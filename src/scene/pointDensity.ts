import { radiusPairs } from './nearestNeighbors';

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
  const { offsets, squaredDistances } = radiusPairs(points, dimension, DENSITY_REACH * bandwidth);
  const height = (2 * Math.PI * bandwidth ** 2) ** (-dimension / 2);
  return Float32Array.from({ length: offsets.length - 1 }, (_, row) => {
    let sum = 0;
    for (let e = offsets[row]; e < offsets[row + 1]; e++) sum += Math.exp((-0.5 * squaredDistances[e]) / bandwidth ** 2);
    return height * sum;
  });
}
