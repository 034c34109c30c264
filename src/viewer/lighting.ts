import { AmbientLight, DirectionalLight, Group } from 'three';
import type { Vector3 } from '../scene/pose';

/** How the object is lit: colour × (ambient + (1 − ambient) · max(0, n · direction)). */
export interface ViewerLight {
  /** Towards the light, in the recovery camera's frame. */
  readonly direction: Vector3;
  /** 0…1; 1 means unlit. */
  readonly ambient: number;
}

/** For objects that have no colours to tell their faces apart. */
export const SOFT_LIGHT: ViewerLight = { direction: [0.4, 0.7, 0.6], ambient: 0.35 };
export const UNLIT: ViewerLight = { direction: [0, 0, 1], ambient: 1 };

/** three.js divides Lambert's reflection by π; a light this strong makes up for it. */
const UNIT_INTENSITY = Math.PI;

export function createLighting() {
  const [ambient, sun] = [new AmbientLight(), new DirectionalLight()];
  const group = new Group().add(ambient, sun);
  return {
    group,
    set(light: ViewerLight) {
      ambient.intensity = UNIT_INTENSITY * light.ambient;
      sun.intensity = UNIT_INTENSITY * (1 - light.ambient);
      sun.position.set(...light.direction).normalize();
    },
  };
}
