import { beforeAll, expect, it } from 'vitest';
import * as tf from '../../graphics/tf';
import { createRandom } from '../../scene/random';
import { createLearner } from './learner';
import type { LearnSettings } from './settings';
import { TINY_LEARN } from './testing/tiny';

beforeAll(async () => { await tf.setBackend('cpu'); });

it('a deformable KPConv\'s shifts learn at a tenth of the rate, all else at the whole (seed 3)', async () => {
  const settings: LearnSettings = { ...TINY_LEARN, model: 'kpconv-deformable', seed: 3 };
  const learner = createLearner(settings, 2);
  const random = createRandom(3);
  const positions = Float32Array.from({ length: 3 * 4 * 48 }, () => 0.4 * random.normal());
  const batch = learner.prepare({ points: { batch: 4, count: 48, positions }, truth: Int32Array.of(0, 1, 1, 0) });
  const before = (await learner.state()).weights;
  const rate = 1e-3;
  learner.learn(batch, rate).dispose();
  const after = (await learner.state()).weights;
  const trained = new Set(learner.model.trainableWeights.map((weight) => (weight.read() as tf.Variable).name));
  const shifts = new Set(Array.from(learner.model.rateFactors!.keys(), (weight) => (weight.read() as tf.Variable).name));
  expect(shifts.size).toBeGreaterThan(0);
  // Adam's first step moves each number by the rate, up or down, where the gradient is not all but 0.
  const farthest = (name: string) => Math.max(...after.get(name)!.map((x, i) => Math.abs(x - before.get(name)![i])));
  for (const [name, variable] of Object.entries(learner.variables)) {
    if (!trained.has(variable.name)) continue;
    const expected = shifts.has(variable.name) ? 0.1 * rate : rate;
    expect(farthest(name) / expected, name).toBeLessThan(1.01);
    if (shifts.has(variable.name)) expect(farthest(name) / expected, name).toBeGreaterThan(0.9);
  }
  expect(Math.max(...Object.keys(learner.variables).filter((name) => trained.has(learner.variables[name].name)).map(farthest)) / rate).toBeGreaterThan(0.9);
  batch.dispose();
  learner.dispose();
});
