import { beforeAll, expect, it } from 'vitest';
import '../index';
import * as tf from '../../tf';
import { compareBackends, keepOnGPU } from '../testing/backends';
import { randomValues } from '../testing/views';
import { COLUMN_MOMENTS, SCALE_SHIFT, SCALE_SHIFT_BACK, SCALE_SHIFT_SUMS } from './names';
import './normalize';

beforeAll(keepOnGPU);

const rows = 301;
const real = (shape: number[], seed: number) => ({ values: randomValues(shape.reduce((a, b) => a * b, 1), seed), shape });
/** As one of TensorFlow.js's own ops leaves a result: packed. */
const packed = (x: tf.Tensor): tf.Tensor => (x.dtype === 'float32' ? tf.mul(x, 1) : x);

it.each([[1, false], [2, true], [5, false], [8, true]])('%i channels, padding %s: as the cpu does', async (channels, hasPadding) => {
  const padding = Int32Array.from({ length: rows }, (_, r) => (r % 7 === 3 ? -1 : 0));
  const segments = hasPadding ? { values: padding, shape: [rows] } : { values: new Int32Array(0), shape: [0] };
  const [x, dy] = [real([rows, channels], 1), real([rows, channels], 2)];
  const [scale, shift, centre, linear] = [3, 4, 5, 6].map((seed) => real([channels], seed));
  for (const prepare of [undefined, packed]) {
    const compare = async (kernel: string, inputs: Parameters<typeof compareBackends>[1]) => (await compareBackends(kernel, inputs, { slope: 0.2 }, prepare)).error;
    expect(await compare(COLUMN_MOMENTS, { x, segments })).toBeLessThan(1e-5);
    expect(await compare(SCALE_SHIFT, { x, scale, shift })).toBeLessThan(1e-6);
    expect(await compare(SCALE_SHIFT_SUMS, { dy, x, scale, shift, centre, segments })).toBeLessThan(1e-5);
    expect(await compare(SCALE_SHIFT_BACK, { dy, x, scale, shift, linear, constant: centre, segments })).toBeLessThan(1e-6);
  }
});
