import { expect, it } from 'vitest';
import { checkCamera } from './checkCamera';

const camera = { height: 4, width: 6, fx: 4, fy: 4, cx: 3, cy: 2, near: 0.1, far: 10 };

it('refuses a camera that lacks a number, by its name', () => {
  expect(() => checkCamera(camera)).not.toThrow();
  expect(() => checkCamera({ ...camera, fx: NaN })).toThrow('camera.fx must be a finite number, but it is NaN');
  expect(() => checkCamera({} as typeof camera)).toThrow('camera.height must be a finite number, but it is undefined');
});
