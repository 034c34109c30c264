import { describe, expect, it } from 'vitest';
import { addPlane, minimizeQuadric, QUADRIC_SIZE, quadricError, quadricWeight, sumQuadrics } from './quadrics';
import { createRandom } from './random';

describe('quadrics', () => {
  it('are weighted squared distances to planes, and add up', () => {
    const quadrics = new Float64Array(2 * QUADRIC_SIZE);
    addPlane(quadrics, 0, 0, 0, 1, -2, 3);
    addPlane(quadrics, 1, 0.6, 0.8, 0, 1, 2);
    const sum = new Float64Array(QUADRIC_SIZE);
    sumQuadrics(quadrics, 0, 1, sum);
    expect(quadricError(sum, 5, 10, 6)).toBeCloseTo(3 * 4 ** 2 + 2 * 12 ** 2, 9);
    expect(quadricWeight(sum)).toBeCloseTo(5, 12);
  });

  it('are least where three planes meet, and singular for two', () => {
    const random = createRandom(2);
    const quadric = new Float64Array(QUADRIC_SIZE);
    const corner = [0.3, -0.7, 0.2];
    const best = new Float64Array(3);
    for (let plane = 0; plane < 3; plane++) {
      expect(minimizeQuadric(quadric, best)).toBe(false);
      const raw = [random.normal(), random.normal(), random.normal()];
      const n = raw.map((x) => x / Math.hypot(...raw));
      addPlane(quadric, 0, n[0], n[1], n[2], -n.reduce((s, x, k) => s + x * corner[k], 0), 1 + random.uniform());
    }
    expect(minimizeQuadric(quadric, best)).toBe(true);
    best.forEach((x, k) => expect(x).toBeCloseTo(corner[k], 6));
  });
});
