import type { Quaternion } from './pose';
import type { Random } from './random';

// The two irrational steps of super-Fibonacci spirals: φ = √2, and ψ the positive root of ψ⁴ = ψ + 4 above one.
const PHI = Math.SQRT2;
const PSI = 1.533751168755204288118041;

/**
 * n rotations spread evenly over SO(3), the same ones every time.
 * Source: Marc Alexa, "Super-Fibonacci Spirals: Fast, Low-Discrepancy Sampling of SO(3)", CVPR 2022, algorithm 1.
 */
export function spreadRotations(n: number): Quaternion[] {
  return Array.from({ length: n }, (_, i) => {
    const s = i + 0.5;
    const t = s / n;
    const [r, R] = [Math.sqrt(t), Math.sqrt(1 - t)];
    const [alpha, beta] = [(2 * Math.PI * s) / PHI, (2 * Math.PI * s) / PSI];
    return [r * Math.sin(alpha), r * Math.cos(alpha), R * Math.sin(beta), R * Math.cos(beta)];
  });
}

/** One rotation drawn uniformly from SO(3) (Shoemake, "Uniform Random Rotations", Graphics Gems III, 1992). */
export function randomRotation(random: Random): Quaternion {
  const [u, v, w] = [random.uniform(), random.uniform(), random.uniform()];
  const [r, R] = [Math.sqrt(1 - u), Math.sqrt(u)];
  return [r * Math.sin(2 * Math.PI * v), r * Math.cos(2 * Math.PI * v), R * Math.sin(2 * Math.PI * w), R * Math.cos(2 * Math.PI * w)];
}
