import { describe, expect, it } from 'vitest';
import { bestHypotheses, hypothesisOpacities } from './hypothesisStyle';

describe('hypotheses', () => {
  it('are fainter the worse they rank', () => {
    const [worst, best, middle] = hypothesisOpacities([3, 0.1, 0.2]);
    expect(best).toBeGreaterThan(middle);
    expect(middle).toBeGreaterThan(worst);
    expect(worst).toBeGreaterThan(0);
    expect(best).toBeLessThan(1);
  });
  it('shows a single one at its strongest', () => {
    expect(hypothesisOpacities([7])).toEqual([hypothesisOpacities([1, 2])[0]]);
  });
  it('picks the best, best first, and leaves the list as it was', () => {
    const list = [{ loss: 3 }, { loss: 1 }, { loss: 2 }];
    expect(bestHypotheses(list, 2)).toEqual([{ loss: 1 }, { loss: 2 }]);
    expect(list[0].loss).toBe(3);
  });
});
