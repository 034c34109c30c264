import type { Vector3 } from './pose';

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** n unit vectors spread evenly over the sphere on a Fibonacci spiral about +z, the same ones every time. */
export function spreadDirections(n: number): Vector3[] {
  return Array.from({ length: n }, (_, i) => {
    const z = 1 - (2 * i + 1) / n;
    const radius = Math.sqrt(1 - z * z);
    return [radius * Math.cos(GOLDEN_ANGLE * i), radius * Math.sin(GOLDEN_ANGLE * i), z];
  });
}
