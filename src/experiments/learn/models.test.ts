import { beforeAll, describe, expect, it } from 'vitest';
import { POINT_MODEL_IDS } from '../../graphics/nn/model/createPointModel';
import * as tf from '../../graphics/tf';
import { createLearnExperiment } from './experiment';
import type { LearnExperiment } from './protocol';
import type { LearnSettings } from './settings';
import { TINY_LEARN, TINY_SEGMENT } from './testing/tiny';

beforeAll(async () => { await tf.setBackend('cpu'); });

const tiny = (task: LearnSettings['task'], model: LearnSettings['model']): LearnSettings =>
  ({ ...(task === 'classify' ? TINY_LEARN : TINY_SEGMENT), model, points: 64, trainPerClass: 8, testPerClass: 2, epochs: 2 });

async function run(experiment: LearnExperiment, steps: number): Promise<void> {
  for (let i = 0; i < steps; i++) await experiment.step();
}

describe.each(POINT_MODEL_IDS)('a %s', (model) => {
  describe.each(['classify', 'segment'] as const)('to %s', (task) => {
    it('goes on from a checkpoint bit for bit, and leaves nothing behind', async () => {
      const { numTensors } = tf.memory();
      const whole = await createLearnExperiment({ settings: tiny(task, model) });
      await run(whole, 1);
      const checkpoint = await whole.checkpoint();
      await run(whole, 1);
      const resumed = await createLearnExperiment({ settings: tiny(task, model), checkpoint });
      await run(resumed, 1);
      expect(resumed.current).toEqual(whole.current);
      expect(Number.isFinite(whole.current.loss)).toBe(true);
      expect(await resumed.checkpoint()).toEqual(await whole.checkpoint());
      whole.dispose();
      resumed.dispose();
      await expect.poll(() => tf.memory().numTensors).toBe(numTensors);
    });

    it('shows what every layer did', async () => {
      const experiment = await createLearnExperiment({ settings: tiny(task, model) });
      const { prediction, layers } = await experiment.inspect(await experiment.example('test', 0));
      expect(layers.map(({ name }) => name)).toEqual(experiment.layerNames);
      expect(prediction.probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
      for (const { neighborhood, activation, channels } of layers) {
        expect(activation.every(Number.isFinite)).toBe(true);
        if (neighborhood && neighborhood.offsets.length > 1) expect(neighborhood.offsets.length - 1).toBe(activation.length / channels);
      }
      experiment.dispose();
    });
  });
});
