import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../graphics/tf';
import { fromFiles, toFiles } from './artifacts';
import { cubeObject, TINY_SETTINGS } from './testing/tiny';
import { createEncoderTrainer, type EncoderTrainer, type EncoderTrainerOptions } from './trainer';

beforeAll(async () => {
  await tf.setBackend('cpu');
});
const open: EncoderTrainer[] = [];
afterEach(() => open.splice(0).forEach((trainer) => trainer.dispose()));

async function train(steps: number, options: Partial<EncoderTrainerOptions> = {}): Promise<EncoderTrainer> {
  const trainer = await createEncoderTrainer({ object: cubeObject(), settings: TINY_SETTINGS, seed: 3, heldBack: 4, ...options });
  open.push(trainer);
  while (trainer.step < steps) await trainer.advance();
  return trainer;
}

const weightsOf = async (trainer: EncoderTrainer) => new Uint8Array((await trainer.checkpoint()).weightData as ArrayBuffer);

describe('training an encoder', () => {
  it('is the same for the same seed, and another for another', async () => {
    const [a, b, c] = [await train(4), await train(4), await train(4, { seed: 4 })];
    expect(await weightsOf(a)).toEqual(await weightsOf(b));
    expect(await weightsOf(a)).not.toEqual(await weightsOf(c));
  });

  it('goes on from a checkpoint as if it had not been cut off', async () => {
    const uncut = await train(8);
    const { modelJson, weights } = toFiles(await (await train(5)).checkpoint());
    const resumed = await train(8, { checkpoint: fromFiles(modelJson, weights) });
    expect(resumed.step).toBe(8);
    expect(await weightsOf(resumed)).toEqual(await weightsOf(uncut));
  });

  it('lowers the loss', async () => {
    // A schedule so long that what the loss is made of does not change within these steps.
    const settings = { ...TINY_SETTINGS, batch: 6, steps: 10_000 };
    const trainer = await train(1, { settings });
    const first = trainer.loss as number;
    while (trainer.step < 120) await trainer.advance();
    expect(trainer.loss).toBeLessThan(first);
  });

  it('trains a single hypothesis too, from the first step to the last', async () => {
    const settings = { ...TINY_SETTINGS, steps: 4, architecture: { ...TINY_SETTINGS.architecture, hypotheses: 1 } };
    const trainer = await train(4, { settings });
    expect(trainer.loss).toBeGreaterThan(0);
    expect((await trainer.evaluate()).results[0].guesses).toHaveLength(1);
  });

  it('looks at the same held-back poses every time, symmetries taken into account', async () => {
    const trainer = await train(1);
    const [first, again] = [await trainer.evaluate(), await trainer.evaluate()];
    expect(again).toEqual(first);
    expect(first.results).toHaveLength(4);
    expect(first.step).toBe(1);
    await trainer.advance();
    const later = await trainer.evaluate();
    expect(later.results.map((r) => r.sample)).toEqual(first.results.map((r) => r.sample));
    expect(later.results.map((r) => r.guesses)).not.toEqual(first.results.map((r) => r.guesses));
  });

  it('refuses a checkpoint of another seed', async () => {
    const checkpoint = await (await train(1)).checkpoint();
    const before = tf.memory().numTensors;
    await expect(train(2, { seed: 9, checkpoint })).rejects.toThrow('made by other settings');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('leaves nothing behind where it is cut off while it prepares', async () => {
    const before = tf.memory().numTensors;
    const cutOff = (fraction: number) => {
      if (fraction > 0) throw new Error('cut off');
    };
    await expect(train(1, { onProgress: cutOff })).rejects.toThrow('cut off');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('leaves nothing behind', async () => {
    const before = tf.memory().numTensors;
    (await train(3)).dispose();
    open.length = 0;
    expect(tf.memory().numTensors).toBe(before);
  });
});
