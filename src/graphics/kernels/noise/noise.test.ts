import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../tf';
import { noise } from '..';
import { hashUniform, noiseLoops } from './noise.cpu';

beforeAll(async () => { await tf.setBackend('cpu'); });

const moments = (values: Float32Array) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, variance: values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length };
};

/** The hash with exact integers. */
function exactHash(index: bigint, seed: bigint): number {
  const mask = 0xffffffffn;
  const state = (index * 747796405n + seed * 2891336453n + 1n) & mask;
  const word = (((state >> ((state >> 28n) + 4n)) ^ state) * 277803737n) & mask;
  return Number(((word >> 22n) ^ word) >> 8n) / 2 ** 24;
}

describe('noise', () => {
  it('hashes as exact 32-bit arithmetic does', () => {
    for (const [index, seed] of [[0, 0], [1, 7], [123456, 4294967295], [4294967295, 1]]) {
      expect(hashUniform(index, seed)).toBe(exactHash(BigInt(index), BigInt(seed)));
    }
  });

  it.each([['uniform', 0.5, 1 / 12], ['normal', 0, 1]] as const)('is %s', (distribution, mean, variance) => {
    const drawn = moments(noiseLoops(100_000, 3, distribution));
    expect(Math.abs(drawn.mean - mean)).toBeLessThan(0.01);
    expect(Math.abs(drawn.variance / variance - 1)).toBeLessThan(0.02);
  });

  it('is the same for a seed, another for another, and finite', () => {
    const [a, b, c] = [5, 5, 6].map((seed) => Array.from(noise([4, 5], seed, 'normal').dataSync()));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    expect(noiseLoops(200_000, 9, 'normal').every(Number.isFinite)).toBe(true);
  });

  it('refuses a seed that is not a whole number of 32 bits', () => {
    expect(() => noise([2], -1)).toThrow(/seed must be a whole number/);
    expect(() => noise([2], 0.5)).toThrow(/seed must be a whole number/);
  });
});
