import type { Camera } from '../../../scene/camera';

/**
 * Refuses a camera record that lacks a number: what is drawn with one would be NaN without a word.
 * @throws Error that names the entry and what it is.
 */
export function checkCamera(camera: Camera): void {
  for (const name of ['height', 'width', 'fx', 'fy', 'cx', 'cy', 'near', 'far'] as const) {
    const value: unknown = camera[name];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`camera.${name} must be a finite number, but it is ${String(value)}`);
  }
}
