import { beforeAll, describe, expect, it } from 'vitest';
import { createLearnExperiment } from '../../../experiments/learn/experiment';
import { TINY_LEARN } from '../../../experiments/learn/testing/tiny';
import * as tf from '../../../graphics/tf';
import { channelsWon } from './layers';

beforeAll(async () => { await tf.setBackend('cpu'); });

// So narrow that a good part of the points wins nothing.
describe.each([['without T-Nets', false], ['with T-Nets', true]] as const)('a PointNet %s', (_, transforms) => {
  it('says the same without the points that won no maximum, and something else without one that did', async () => {
    const experiment = await createLearnExperiment({ settings: { ...TINY_LEARN, transforms, points: 256, width: 0.05 } });
    for (let i = 0; i < 3; i++) await experiment.step();
    const example = await experiment.example('test', 0);
    const inspection = await experiment.inspect(example);
    const won = [...channelsWon(inspection) ?? []];
    const idle = won.flatMap((count, point) => (count === 0 ? [point] : []));
    expect(idle.length).toBeGreaterThan(25);
    const differs = async (without: readonly number[]) => {
      const { probabilities, cloud } = await experiment.predict(example, without);
      expect(cloud.positions).toHaveLength(3 * (256 - without.length));
      return Math.max(...probabilities.map((p, k) => Math.abs(p - inspection.prediction.probabilities[k])));
    };
    expect(await differs(idle)).toBeLessThan(1e-6);
    expect(await differs([won.indexOf(Math.max(...won))])).toBeGreaterThan(1e-5);
    await expect(experiment.predict(example, [...won.keys()])).rejects.toThrow(/No point is left/);
    experiment.dispose();
  });
});
