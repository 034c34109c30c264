import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../graphics/tf';
import { createRandom } from '../../scene/random';
import { createLearnExperiment } from './experiment';
import { featureCountOf, stackFeatures } from './features';
import type { LearnExample } from './protocol';
import { drawShape, shapeOf } from './shapes';
import { TINY_LEARN } from './testing/tiny';

beforeAll(async () => { await tf.setBackend('cpu'); });

const cloudOf = (count: number, radius: number) => ({ name: 'line', positions: Float32Array.from({ length: 3 * count }, (_, i) => (i % 3 === 0 ? (2 * radius * (i / 3)) / (count - 1) : 0)) });

describe('what networks are told of points beside their places', () => {
  it('is nothing by default', () => {
    expect([featureCountOf({}), stackFeatures([{ cloud: cloudOf(4, 1) }], 4, {})]).toEqual([0, undefined]);
  });

  it('is the normal of each and the logarithm of the cloud\'s size, and 0 in the padding', () => {
    const normals = Float32Array.of(0, 0, 1, 0, 1, 0);
    const features = stackFeatures([{ cloud: { ...cloudOf(2, 1), normals }, radius: Math.E }], 3, { normals: true, size: true });
    expect([...features as Float32Array]).toEqual([0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 0]);
    expect(stackFeatures([{ cloud: cloudOf(1, 0), radius: 0 }], 1, { size: true })?.every(Number.isFinite)).toBe(true);
  });

  it('knows how large a cloud was, in training give or take as much as it is stretched', () => {
    const settings = { ...TINY_LEARN, points: 9 };
    const shape = { cloud: cloudOf(9, 30) };
    expect(drawShape(shape, settings, createRandom(1), false).radius).toBeCloseTo(30, 4);
    const radii = Array.from({ length: 20 }, (_, i) => drawShape(shape, settings, createRandom(i), true).radius as number);
    const most = 1 + settings.augmentation.scale;
    expect(radii.every((radius) => radius >= 30 / most && radius <= 30 * most)).toBe(true);
    expect(new Set(radii).size).toBe(20);
  });

  it('has normals estimated where it should, and refuses clouds without them else', () => {
    const example: LearnExample = { name: 'line', cloud: cloudOf(20, 1), label: 1 };
    expect(shapeOf(example, { ...TINY_LEARN, normals: true, estimateNormals: true })).toMatchObject({ label: 1, cloud: { normals: { length: 60 } } });
    expect(() => shapeOf(example, { ...TINY_LEARN, normals: true })).toThrow(/no normals/);
    expect(shapeOf(example, { ...TINY_LEARN, estimateNormals: true }).cloud.normals).toBeUndefined();
  });
});

it('learns from normals and sizes without T-Nets, and its weights fit no other network', async () => {
  const settings = { ...TINY_LEARN, normals: true, estimateNormals: true, size: true, transforms: false };
  const experiment = await createLearnExperiment({ settings });
  const plain = await createLearnExperiment({ settings: TINY_LEARN });
  expect(experiment.parameterCount).toBeLessThan(plain.parameterCount);
  expect(experiment.layerNames).not.toContain('inputTransform');
  expect(Number.isFinite((await experiment.step()).loss)).toBe(true);
  const weights = await experiment.artifacts({ command: 'none' });
  await expect(createLearnExperiment({ settings: TINY_LEARN, weights })).rejects.toThrow(/normals is true/);
  await expect(createLearnExperiment({ settings: { ...settings, size: false }, weights })).rejects.toThrow(/has shape/);
  const again = await createLearnExperiment({ settings, weights });
  const example = await again.example('test', 0);
  const { probabilities } = await again.predict({ name: 'bare', cloud: { name: 'bare', positions: example.cloud.positions } });
  expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
  experiment.dispose();
  plain.dispose();
  again.dispose();
});

it('is told the same of a cloud that is looked at as of one that is tested on', async () => {
  const settings = { ...TINY_LEARN, normals: true, estimateNormals: true, size: true, transforms: false };
  // As many points as the network sees: all are drawn, in an order that makes no difference to it.
  const clouds = [2, 40].map((radius) => ({ name: `ball of ${radius}`, positions: Float32Array.from({ length: 3 * settings.points }, (_, i) => radius * Math.sin(i * i + radius)) }));
  const source = { count: clouds.length, label: (i: number) => i, read: (i: number) => Promise.resolve({ name: clouds[i].name, cloud: clouds[i], label: i }) };
  const experiment = await createLearnExperiment({ settings, dataset: { name: 'balls', classNames: ['small', 'large'], train: source, test: source } });
  await experiment.step();
  const { examples } = await experiment.evaluate();
  for (const { index, predicted, confidence } of examples) {
    const { probabilities } = await experiment.predict(await experiment.example('test', index));
    expect(probabilities[predicted]).toBeCloseTo(confidence, 5);
  }
  expect(Math.abs(examples[0].confidence - examples[1].confidence)).toBeGreaterThan(1e-3);
  experiment.dispose();
});
