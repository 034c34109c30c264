import { describe, expect, it } from 'vitest';
import * as tf from '../../graphics/tf';
import { penalty, robust, robustFactor, type LossSettings } from './robustLoss';

const LOSSES: LossSettings[] = (['l2', 'l1', 'huber'] as const).flatMap((kind) => [{ kind, saturation: undefined }, { kind, saturation: 0.25 }]);
const RESIDUALS = [-1.4, -0.3, -0.12, -0.04, 0.001, 0.02, 0.07, 0.2, 0.6, 2];

describe.each(LOSSES)('$kind, saturation $saturation', (loss) => {
  it.each(RESIDUALS)('has the derivative of its penalty as its factor at %f', (residual) => {
    const step = 1e-6 * residual * residual;
    const at = (square: number) => robust(Math.sqrt(square), loss).penalty;
    const numeric = (at(residual ** 2 + step) - at(residual ** 2 - step)) / (2 * step);
    expect(robust(residual, loss).factor / numeric).toBeCloseTo(1, 5);
  });

  it('never falls as the residual grows', () => {
    const penalties = Array.from({ length: 400 }, (_, i) => robust(i / 100, loss).penalty);
    penalties.slice(1).forEach((value, i) => expect(value).toBeGreaterThan(penalties[i]));
  });

  it('is the same on the device', async () => {
    await tf.setBackend('cpu');
    tf.tidy(() => {
      const residuals = tf.tensor1d(RESIDUALS);
      const factors = robustFactor(residuals, loss)?.dataSync() ?? RESIDUALS.map(() => 1);
      penalty(residuals, loss).dataSync().forEach((value, i) => {
        const host = robust(RESIDUALS[i], loss);
        expect(value / host.penalty).toBeCloseTo(1, 4);
        expect(factors[i] / host.factor).toBeCloseTo(1, 4);
      });
    });
  });
});
