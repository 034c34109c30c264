import { beforeAll, expect, it } from 'vitest';
import '../index';
import * as tf from '../../tf';
import { compareBackends, keepOnGPU } from '../testing/backends';
import { randomValues } from '../testing/views';
import { KERNEL_INFLUENCE, KERNEL_INFLUENCE_GRAD } from './kernelInfluence';

beforeAll(keepOnGPU);

const packed = (x: tf.Tensor): tf.Tensor => tf.mul(x, 1);

it.each([[1, 1], [7, 4], [501, 15]])('%i places, %i kernel points: as the cpu does', async (rows, count) => {
  const real = (shape: number[], seed: number) => ({ values: randomValues(shape.reduce((a, b) => a * b, 1), seed), shape });
  const [offsets, points, dy] = [real([rows, 3], 1), real([count, 3], 2), real([rows, count], 3)];
  for (const prepare of [undefined, packed]) {
    expect((await compareBackends(KERNEL_INFLUENCE, { offsets, points }, { sigma: 1.3 }, prepare)).error).toBeLessThan(1e-6);
    expect((await compareBackends(KERNEL_INFLUENCE_GRAD, { dy, offsets, points }, { sigma: 1.3 }, prepare)).error).toBeLessThan(1e-5);
  }
});
