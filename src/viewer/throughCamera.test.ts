import { PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { Camera } from '../scene/camera';
import { unprojectPixel } from './frustumGeometry';
import { imageWindow, setWindow } from './throughCamera';

const camera: Camera = { width: 200, height: 100, fx: 120, fy: 110, cx: 70, cy: 60, near: 0.1, far: 10 };
const imageAspect = 200 / 120 / (100 / 110);

const viewOf = (aspect: number, margin: number) => {
  const view = new PerspectiveCamera();
  setWindow(view, imageWindow(camera, aspect, margin), 0.1, 100);
  return view;
};

describe('the view through the camera', () => {
  it('is the camera itself for a canvas of its shape', () => {
    const view = viewOf(imageAspect, 0);
    for (const [column, row, x, y] of [[0, 0, -1, 1], [200, 100, 1, -1], [50, 25, -0.5, 0.5]]) {
      const seen = new Vector3(...unprojectPixel(camera, column, row, 3)).project(view);
      expect(seen.x).toBeCloseTo(x);
      expect(seen.y).toBeCloseTo(y);
    }
  });
  it.each([0.6, 4])('holds the whole image, centred and with its margin, at aspect %s', (aspect) => {
    const view = viewOf(aspect, 0.1);
    const ul = new Vector3(...unprojectPixel(camera, 0, 0, 3)).project(view);
    const lr = new Vector3(...unprojectPixel(camera, 200, 100, 3)).project(view);
    expect(ul.x).toBeCloseTo(-lr.x);
    expect(ul.y).toBeCloseTo(-lr.y);
    expect(Math.max(lr.x, ul.y)).toBeCloseTo(1 / 1.2);
  });
  it('keeps tangents equal in both directions', () => {
    const { left, right, bottom, top } = imageWindow(camera, 1.7, 0.05);
    expect((right - left) / (top - bottom)).toBeCloseTo(1.7);
  });
});
