import { expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { aligned, alignClouds } from './alignment';

it.each([1, 2, 3])('finds how a sample of a cloud was moved and scaled (seed %i)', (seed) => {
  const random = createRandom(seed);
  const own = Float32Array.from({ length: 3 * 900 }, (_, i) => random.normal() * [3, 1, 0.5][i % 3] + [10, -4, 2][i % 3]);
  const [shift, scale] = [[9.9, -4.2, 2.1] as const, 4.5];
  const picked = Array.from({ length: 300 }, () => random.integer(900));
  const seen = Float32Array.from(picked.flatMap((p) => [0, 1, 2].map((k) => (own[3 * p + k] - shift[k]) / scale)));
  const found = alignClouds(own, seen);
  expect(found.scale).toBeCloseTo(scale, 3);
  found.shift.forEach((x, k) => expect(x).toBeCloseTo(shift[k], 3));
  const [p] = picked;
  expect([...aligned(own, found).subarray(3 * p, 3 * p + 3)].map((x, k) => x - seen[k]).every((x) => Math.abs(x) < 1e-3)).toBe(true);
});

it('takes a cloud of one place as it is', () => {
  expect(alignClouds(Float32Array.from([1, 2, 3]), Float32Array.from([0, 0, 0]))).toEqual({ shift: [1, 2, 3], scale: 1 });
});
