import type { Vector3 } from '../../scene/pose';
import type { LightSettings } from './settings';

/** Lambert's light as the decoder takes it: a surface of unit normal n shows albedo · (ambient + max(0, n · directional)). */
export interface PoseLight {
  readonly ambient: number;
  /** Towards the light, camera frame, its length the strength. */
  readonly directional: Vector3;
}

/** Flat colours. */
export const UNLIT: PoseLight = { ambient: 1, directional: [0, 0, 0] };

/** What an unknown light is taken for at first: from behind the camera, a third of it ambient. */
export const HEADLIGHT: PoseLight = { ambient: 0.35, directional: [0, 0, 0.65] };

/** The light of the settings; azimuth turns it to the right, elevation upwards, and the strongest lit surface shows its own colour. */
export function lightFromSettings({ azimuthDeg, elevationDeg, ambient }: LightSettings): PoseLight {
  const azimuth = (azimuthDeg * Math.PI) / 180;
  const elevation = (elevationDeg * Math.PI) / 180;
  const strength = 1 - ambient;
  return {
    ambient,
    directional: [
      strength * Math.sin(azimuth) * Math.cos(elevation), strength * Math.sin(elevation), strength * Math.cos(azimuth) * Math.cos(elevation),
    ],
  };
}

export const LIGHT_PARAMETERS = 4;

/** A light moved by [Δambient, Δdirectional]; the ambient part stays at or above zero. */
export function moveLight(light: PoseLight, step: ArrayLike<number>, at = 0): PoseLight {
  const [x, y, z] = light.directional;
  return { ambient: Math.max(0, light.ambient + step[at]), directional: [x + step[at + 1], y + step[at + 2], z + step[at + 3]] };
}

/**
 * The light that best explains brightness, in closed form: ridge regression of brightness onto albedo · (1, nx, ny, nz) around a headlight.
 * The clamp of surfaces turned away from the light is left out.
 * @param normal AᵀA, row-major [16], with A's columns albedo · (1, nx, ny, nz). @param right Aᵀ brightness, [4].
 * @param ridge weight of the prior, as a share of AᵀA's trace.
 */
export function fitLight(normal: ArrayLike<number>, right: ArrayLike<number>, ridge: number): PoseLight {
  const weight = ridge * (normal[0] + normal[5] + normal[10] + normal[15]) + 1e-12;
  const prior = [HEADLIGHT.ambient, ...HEADLIGHT.directional];
  const a = Array.from({ length: 4 }, (_, i) => Array.from({ length: 4 }, (_, j) => normal[4 * i + j] + (i === j ? weight : 0)));
  const b = prior.map((p, i) => right[i] + weight * p);
  const [ambient, x, y, z] = solve(a, b);
  return { ambient: Math.max(0, ambient), directional: [x, y, z] };
}

/** Solves a small symmetric positive definite system by Gaussian elimination with pivoting; `a` and `b` are overwritten. */
export function solve(a: number[][], b: number[]): number[] {
  const n = b.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i][k]) > Math.abs(a[pivot][k])) pivot = i;
    [a[k], a[pivot]] = [a[pivot], a[k]];
    [b[k], b[pivot]] = [b[pivot], b[k]];
    if (a[k][k] === 0) continue;
    for (let i = k + 1; i < n; i++) {
      const factor = a[i][k] / a[k][k];
      for (let j = k; j < n; j++) a[i][j] -= factor * a[k][j];
      b[i] -= factor * b[k];
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i];
    for (let j = i + 1; j < n; j++) sum -= a[i][j] * x[j];
    x[i] = a[i][i] === 0 ? 0 : sum / a[i][i];
  }
  return x;
}
