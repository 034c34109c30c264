import { describe, expect, it } from 'vitest';
import type { Camera } from '../scene/camera';
import { beyondLines, expectedDepth, imageCorners, pyramidLines, unprojectPixel } from './frustumGeometry';

const camera: Camera = { width: 200, height: 100, fx: 100, fy: 50, cx: 60, cy: 70, near: 0.1, far: 10 };

describe('the frustum of an off-centre camera', () => {
  it('puts the principal point on the line of sight', () => {
    expect(unprojectPixel(camera, 60, 70, 3)).toEqual([0, -0, -3]);
  });
  it('has the image\'s corners where the intrinsics say, y up', () => {
    const [ul, ur, lr, ll] = imageCorners(camera, 2);
    expect(ul).toEqual([-1.2, 2.8, -2]);
    expect(ur).toEqual([2.8, 2.8, -2]);
    expect(lr[1]).toBeCloseTo(-1.2);
    expect(ll[0]).toBeCloseTo(-1.2);
  });
  it('projects a corner back to its pixel', () => {
    const [, , [x, y, z]] = imageCorners(camera, 5);
    expect([(camera.fx * x) / -z + camera.cx, (camera.fy * -y) / -z + camera.cy]).toEqual([200, 100]);
  });
  it('draws four edges from the eye, the border and the tent above it', () => {
    const lines = pyramidLines(camera, 2);
    expect(lines).toHaveLength(10);
    expect(lines.filter(([from]) => from.every((c) => c === 0))).toHaveLength(4);
    expect(Math.max(...lines.flat().map((p) => p[1]))).toBeGreaterThan(2.8);
  });
  it('goes on from the image plane along the same rays', () => {
    for (const [near, far] of beyondLines(camera, 2, 6)) near.forEach((c, k) => expect(far[k]).toBeCloseTo(3 * c));
  });
  it('expects an object where it fills 60 % of the shorter side', () => {
    const depth = expectedDepth({ ...camera, fx: 100, fy: 100 }, 1.2);
    expect((100 * 1.2) / depth).toBeCloseTo(0.6 * 100);
  });
});
