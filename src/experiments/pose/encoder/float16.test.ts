import { expect, it } from 'vitest';
import * as tf from '../../../graphics/tf';
import { encodeFloat16 } from './float16';

const roundTrip = (values: number[]): number[] => {
  const data = encodeFloat16(Float32Array.from(values));
  const spec = { name: 'x', shape: [values.length], dtype: 'float32' as const, quantization: { dtype: 'float16' as const } };
  return Array.from(tf.io.decodeWeights(data, [spec])['x'].dataSync());
};

it('keeps what half precision can hold', async () => {
  await tf.setBackend('cpu');
  const exact = [0, 1, -2, 0.5, 65504, -65504, 2 ** -14, 2 ** -24, -(2 ** -24) * 3, 1 + 2 ** -10, Infinity, -Infinity];
  expect(roundTrip(exact)).toEqual(exact);
});

it('rounds to the nearest, ties to even, with carries', () => {
  expect(roundTrip([1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 - 2 ** -12, 1 + 2 ** -11 + 2 ** -20, 65520, 2 ** -26]))
    .toEqual([1, 1 + 2 * 2 ** -10, 2, 1 + 2 ** -10, Infinity, 0]);
});
