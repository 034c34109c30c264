import { describe, expect, it } from 'vitest';
import type { Camera } from '../scene/camera';
import { imageCorners } from './frustumGeometry';
import { arrangeScene, defaultView } from './sceneLayout';

const camera: Camera = { width: 128, height: 128, fx: 160, fy: 160, cx: 64, cy: 64, near: 0.1, far: 50 };

describe('the scene\'s layout', () => {
  it('puts the image between camera and object, clear of the object', () => {
    const layout = arrangeScene(camera, 2, { rotation: [0, 0, 0, 1], translation: [0.5, 0, -6] });
    expect(layout.center).toEqual([0.5, 0, -6]);
    expect(layout.imageDepth).toBeGreaterThan(0);
    expect(layout.imageDepth).toBeLessThan(6 - 1);
    expect(layout.farDepth).toBeGreaterThan(6 + 1);
  });
  it('draws the image of a distant object no larger than the object', () => {
    const { imageDepth } = arrangeScene(camera, 2, { rotation: [0, 0, 0, 1], translation: [0, 0, -10] });
    const [upper, , lower] = imageCorners(camera, imageDepth);
    expect(upper[1] - lower[1]).toBeCloseTo(1.9);
  });
  it('expects the object before the camera while no pose is known, or a pose is behind it', () => {
    const unknown = arrangeScene(camera, 2, undefined);
    expect(unknown.center[2]).toBeLessThan(-2);
    expect(arrangeScene(camera, 2, { rotation: [0, 0, 0, 1], translation: [0, 0, 3] })).toEqual(unknown);
  });
  it('looks from above on a tall canvas, from beside on a wide one', () => {
    const layout = arrangeScene(camera, 2, undefined);
    const steepness = (aspect: number) => {
      const { eye, target } = defaultView(camera, layout, aspect);
      return (eye[1] - target[1]) / Math.abs(eye[0] - target[0]);
    };
    expect(steepness(0.6)).toBeGreaterThan(1);
    expect(steepness(1.6)).toBeLessThan(1);
  });
  it('looks from behind, beside and above, so that the image is not in the object\'s way', () => {
    const layout = arrangeScene(camera, 2, undefined);
    const { eye } = defaultView(camera, layout, 1.4);
    expect(eye[0]).toBeGreaterThan(0);
    expect(eye[1]).toBeGreaterThan(0);
    expect(eye[2]).toBeGreaterThan(layout.center[2]);
    // Seen from the eye, the image's right edge stays left of the object.
    const bearing = ([x, , z]: readonly number[]) => Math.atan2(x - eye[0], eye[2] - z);
    const image = Math.max(...imageCorners(camera, layout.imageDepth).map(bearing));
    const reach = Math.asin(1 / Math.hypot(layout.center[0] - eye[0], layout.center[2] - eye[2]));
    expect(image).toBeLessThan(bearing(layout.center) - 0.5 * reach);
  });
});
