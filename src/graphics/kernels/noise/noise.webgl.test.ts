import { beforeAll, describe, expect, it } from 'vitest';
import '../index';
import { compareBackends, keepOnGPU } from '../testing/backends';
import { NOISE } from './noise';

beforeAll(keepOnGPU);

describe.each(['uniform', 'normal'])('%s', (distribution) => {
  it.each([[[]], [[7]], [[13, 9]], [[2, 31, 17, 3]], [[300, 301]]])('gives shape %j the numbers that the cpu gives', async (shape) => {
    for (const seed of [0, 1, 2 ** 32 - 1]) {
      const { cpu, webgl, error } = await compareBackends(NOISE, {}, { shape, seed, distribution });
      expect(webgl).toHaveLength(cpu.length);
      expect(error).toBeLessThanOrEqual(distribution === 'uniform' ? 0 : 1e-6);
    }
  });
});
