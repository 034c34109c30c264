import { registerCpuKernel } from '../cpuKernel';
import type { Distribution } from './noise';
import { NOISE } from './names';

/** Stands in for a uniform 0 under the logarithm; half the spacing of the uniform numbers. */
const MIN_UNIFORM = 2 ** -25;

/** A hash of (index, seed) as a uniform number in [0, 1) with 24 bits. */
export function hashUniform(index: number, seed: number): number {
  const state = (Math.imul(index, 747796405) + Math.imul(seed, 2891336453) + 1) >>> 0;
  const word = Math.imul(((state >>> ((state >>> 28) + 4)) ^ state) >>> 0, 277803737) >>> 0;
  return (((word >>> 22) ^ word) >>> 8) / 2 ** 24;
}

const hashNormal = (index: number, seed: number): number =>
  Math.sqrt(-2 * Math.log(Math.max(hashUniform(2 * index, seed), MIN_UNIFORM))) * Math.cos(2 * Math.PI * hashUniform(2 * index + 1, seed));

/** @returns `length` numbers. */
export function noiseLoops(length: number, seed: number, distribution: Distribution): Float32Array {
  const draw = distribution === 'normal' ? hashNormal : hashUniform;
  return Float32Array.from({ length }, (_, index) => draw(index, seed));
}

interface NoiseAttrs { readonly shape: readonly number[]; readonly seed: number; readonly distribution: Distribution }

registerCpuKernel(NOISE, [], (_inputs, { shape, seed, distribution }: NoiseAttrs) =>
  ({ shape, values: noiseLoops(shape.reduce((a, b) => a * b, 1), seed, distribution) }));
