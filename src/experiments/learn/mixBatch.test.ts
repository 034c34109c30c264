import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../graphics/tf';
import { createRandom } from '../../scene/random';
import type { LabelledBatch } from './batches';
import { createLearnExperiment } from './experiment';
import { mixBatch } from './mixBatch';
import { TINY_LEARN } from './testing/tiny';

beforeAll(async () => { await tf.setBackend('cpu'); });

const COUNT = 10;
/** Cloud b has its number in all coordinates and in its feature, and is of class b + 10. */
const batch: LabelledBatch = {
  points: {
    batch: 4, count: COUNT, positions: Float32Array.from({ length: 12 * COUNT }, (_, i) => Math.floor(i / (3 * COUNT))),
    features: Float32Array.from({ length: 4 * COUNT }, (_, i) => Math.floor(i / COUNT)),
  },
  truth: Int32Array.of(10, 11, 12, 13),
};

describe('clouds put together from two', () => {
  it.each([1, 2, 3, 4, 5, 6])('have as many points of each class as they count for, seed %d', (seed) => {
    const { points, truth, second } = mixBatch(batch, createRandom(seed));
    expect(second?.share).toBeGreaterThanOrEqual(0);
    expect(second?.share).toBeLessThanOrEqual(0.5);
    for (let b = 0; b < 4; b++) {
      const classes = Array.from(points.features?.subarray(b * COUNT, (b + 1) * COUNT) ?? [], (x) => x + 10);
      const places = Array.from({ length: COUNT }, (_, i) => points.positions[3 * (b * COUNT + i)] + 10);
      expect(places).toEqual(classes);
      const share = (label = -1) => classes.filter((x) => x === label).length / COUNT;
      const same = truth[b] === second?.truth[b];
      expect(share(truth[b])).toBeCloseTo(same ? 1 : 1 - (second?.share ?? 0), 6);
    }
    expect([...truth].sort()).toEqual([10, 11, 12, 13]);
  });

  it('leave the batch that they were made of as it was', () => {
    const before = structuredClone(batch);
    mixBatch(batch, createRandom(1));
    expect(batch).toEqual(before);
  });
});

it('a training on them goes on from a checkpoint bit for bit, and is another one than without', async () => {
  const settings = { ...TINY_LEARN, augmentation: { ...TINY_LEARN.augmentation, mixing: 1 } };
  const whole = await createLearnExperiment({ settings });
  await whole.step();
  const checkpoint = await whole.checkpoint();
  await whole.step();
  const resumed = await createLearnExperiment({ settings, checkpoint });
  await resumed.step();
  expect(await resumed.checkpoint()).toEqual(await whole.checkpoint());
  const plain = await createLearnExperiment({ settings: TINY_LEARN });
  expect((await plain.step()).loss).not.toBe(whole.history[1].loss);
  for (const experiment of [whole, resumed, plain]) experiment.dispose();
});
