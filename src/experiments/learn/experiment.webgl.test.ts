import { beforeAll, expect, it } from 'vitest';
import * as tf from '../../graphics/tf';
import { createLearnExperiment } from './experiment';
import type { LearnExperiment, LearnSnapshot } from './protocol';
import { TINY_LEARN } from './testing/tiny';

beforeAll(async () => { await tf.setBackend('webgl'); });

async function run(experiment: LearnExperiment, steps: number): Promise<LearnSnapshot[]> {
  const snapshots: LearnSnapshot[] = [];
  for (let i = 0; i < steps; i++) snapshots.push(await experiment.step());
  return snapshots;
}

it('learns on the graphics card as on the processor, and again after going back', async () => {
  const settings = { ...TINY_LEARN, points: 24, width: 0.05, evaluateEvery: 100, labelSmoothing: 0 };
  const { numTensors: before } = tf.memory();
  const experiment = await createLearnExperiment({ settings });
  const first = await run(experiment, 2);
  const { numTensors } = tf.memory();
  first.push(...await run(experiment, 2));
  expect(tf.memory().numTensors).toBe(numTensors);
  await experiment.rewind(0);
  expect(await run(experiment, 4)).toEqual(first);
  const checkpoint = await experiment.checkpoint();
  await experiment.rewind(2);
  const resumed = await createLearnExperiment({ settings, checkpoint: await experiment.checkpoint() });
  await run(resumed, 2);
  expect(await resumed.checkpoint()).toEqual(checkpoint);
  experiment.dispose();
  resumed.dispose();
  await expect.poll(() => tf.memory().numTensors).toBe(before);

  await tf.setBackend('cpu');
  const plain = await createLearnExperiment({ settings });
  const [there] = await run(plain, 1);
  plain.dispose();
  expect(first[0].loss).toBeCloseTo(there.loss, 3);
});
