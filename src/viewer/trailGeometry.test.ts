import { describe, expect, it } from 'vitest';
import type { Pose } from '../scene/pose';
import { stepColor, viridis } from './colorMap';
import { linearToSrgb } from '../scene/srgb';
import { axisTips, stepOfPoint, trailColors, trailPoints, trailSegments } from './trailGeometry';

const quarter: Pose = { rotation: [0, 0, Math.SQRT1_2, Math.SQRT1_2], translation: [1, 2, -5] };
const still: Pose = { rotation: [0, 0, 0, 1], translation: [0, 0, 0] };

describe('the trail', () => {
  it('has the tips where a quarter turn about z takes the axes', () => {
    const [x, y, z] = axisTips(quarter, 2);
    [[1, 4, -5], [-1, 2, -5], [1, 2, -3]].forEach((expected, axis) =>
      expected.forEach((c, k) => expect([x, y, z][axis][k]).toBeCloseTo(c)));
  });
  it('joins each tip to the same tip of the next step', () => {
    const points = trailPoints([still, quarter, still], 1);
    const segments = trailSegments(points);
    expect(segments).toHaveLength(2 * 3 * 6);
    expect([...segments.subarray(6, 12)]).toEqual([...points.subarray(3, 6), ...points.subarray(12, 15)]);
    expect([...segments.subarray(18, 24)]).toEqual([...points.subarray(9, 12), ...points.subarray(18, 21)]);
  });
  it.each([[], [still]])('has no segments for fewer than two poses', (...poses: Pose[]) => {
    expect(trailSegments(trailPoints(poses, 1))).toHaveLength(0);
  });
  it('names the step of each point', () => {
    expect([0, 2, 3, 8].map(stepOfPoint)).toEqual([0, 0, 1, 2]);
  });
  it('colours all three tips of a step alike, from one end of the range to the other', () => {
    const colors = trailColors(5, [0.2, 0.9]);
    expect([...colors.subarray(0, 3)]).toEqual([...colors.subarray(6, 9)]);
    viridis(0.2).forEach((c, k) => expect(linearToSrgb(colors[k])).toBeCloseTo(c, 5));
    viridis(0.9).forEach((c, k) => expect(linearToSrgb(colors[36 + k])).toBeCloseTo(c, 5));
  });
  it('gives a single step the latest colour', () => {
    expect(stepColor(0, 1, [0, 1])).toEqual(stepColor(4, 5, [0, 1]));
  });
});
