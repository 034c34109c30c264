import { describe, expect, it } from 'vitest';
import { valleySteps, weakestDirection } from './valley';

describe('weakestDirection', () => {
  it('is the eigenvector of least curvature', () => {
    const [x, y, z] = weakestDirection([[5, 1, 0], [1, 5, 0], [0, 0, 9]]);
    expect(Math.abs(x)).toBeCloseTo(Math.SQRT1_2, 3);
    expect(x * y).toBeCloseTo(-0.5, 3);
    expect(z).toBeCloseTo(0, 6);
  });
});

describe('valleySteps', () => {
  it('turns along the weakest direction first, and lets the other parameters make up for it', () => {
    // Turn 0 hardly shows once parameter 3 follows at half its size: the form is (2 x₃ − x₀)² + 0.01 x₀² + x₁² + x₂².
    const rows = [[1.01, 0, 0, -2], [0, 1, 0, 0], [0, 0, 1, 0], [-2, 0, 0, 4]];
    const free = [true, true, true, true, false, false, false, false, false, false];
    const [plus, minus] = valleySteps({ loss: 0, matrix: rows.flat(), right: [0, 0, 0, 0] }, free);
    expect(Math.abs(plus[0])).toBeCloseTo((6 * Math.PI) / 180, 4);
    expect(plus[3]).toBeCloseTo(plus[0] / 2, 4);
    expect(minus[0]).toBeCloseTo(-plus[0], 6);
    expect(plus.slice(4)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
