import { describe, expect, it } from 'vitest';
import { earClip } from './earClip';
import { boundingSphere, meshDiameter } from './measure';
import { boxMesh, icosphereMesh } from './primitives';
import { createRandom } from './random';

const SEED = 11;

describe(`bounding sphere and diameter, seed ${SEED}`, () => {
  it('are exact on a box', () => {
    const moved = boxMesh([1, 2, 3]).positions.map((x, i) => x + [5, 6, 7][i % 3]);
    const { center, radius } = boundingSphere(moved);
    center.forEach((c, k) => expect(c).toBeCloseTo([5, 6, 7][k], 5));
    expect(radius).toBeCloseTo(Math.sqrt(14) / 2, 5);
    expect(meshDiameter(moved)).toBeCloseTo(Math.sqrt(14), 5);
  });

  it('hold all points, no larger than needed, and match all pairs', () => {
    const random = createRandom(SEED);
    for (let trial = 0; trial < 20; trial++) {
      const points = Float32Array.from({ length: 300 }, () => random.normal());
      const { center, radius } = boundingSphere(points);
      const distances = Array.from({ length: 100 }, (_, v) => Math.hypot(...[0, 1, 2].map((k) => points[3 * v + k] - center[k])));
      expect(Math.max(...distances)).toBeLessThanOrEqual(radius * (1 + 1e-9));
      let diameter = 0;
      for (let i = 0; i < 100; i++) for (let j = 0; j < i; j++) {
        diameter = Math.max(diameter, Math.hypot(...[0, 1, 2].map((k) => points[3 * i + k] - points[3 * j + k])));
      }
      expect(meshDiameter(points)).toBeCloseTo(diameter, 6);
      // Jung's theorem bounds the smallest sphere by the diameter.
      expect(radius).toBeLessThanOrEqual(diameter * Math.sqrt(3 / 8) * (1 + 1e-9));
    }
  });

  it('are good on a finely divided ball, and defined on nothing, one point and a line', () => {
    const ball = icosphereMesh(1, 5).positions;
    expect(boundingSphere(ball).radius).toBeCloseTo(1, 6);
    expect(meshDiameter(ball)).toBeGreaterThan(1.998);
    expect(boundingSphere(new Float32Array(0)).radius).toBe(0);
    expect(boundingSphere(Float32Array.from([1, 2, 3]))).toEqual({ center: [1, 2, 3], radius: 0 });
    expect(meshDiameter(Float32Array.from([0, 0, 0, 1, 0, 0, 2, 0, 0, 4, 0, 0]))).toBe(4);
  });
});

describe('earClip', () => {
  const area = (polygon: [number, number, number][], triangles: number[]) => {
    let sum = 0;
    for (let t = 0; t < triangles.length; t += 3) {
      const [a, b, c] = [0, 1, 2].map((k) => polygon[triangles[t + k]]);
      const twice = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
      expect(twice).toBeGreaterThanOrEqual(0);
      sum += twice / 2;
    }
    return sum;
  };

  it('keeps area and direction of a concave polygon', () => {
    const arrow: [number, number, number][] = [[0, 0, 0], [2, -2, 0], [0, 3, 0], [-2, -2, 0]];
    const triangles = earClip(arrow);
    expect(triangles.length).toBe(6);
    expect(area(arrow, triangles)).toBeCloseTo(6, 10);
  });

  it('always ends with n − 2 triangles, whatever the polygon', () => {
    const random = createRandom(SEED);
    for (let n = 3; n < 12; n++) {
      const polygon = Array.from({ length: n }, () => [random.normal(), random.normal(), random.normal()] as const);
      expect(earClip(polygon).length).toBe(3 * (n - 2));
      expect(earClip(polygon.map(() => [1, 1, 1] as const)).length).toBe(3 * (n - 2));
    }
    expect(earClip([[0, 0, 0], [1, 0, 0]])).toEqual([]);
  });
});
