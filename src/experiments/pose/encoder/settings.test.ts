import { expect, it } from 'vitest';
import { courseAt, DEFAULT_ENCODER_SETTINGS } from './settings';

const { steps, learningRate } = DEFAULT_ENCODER_SETTINGS;
it('trusts the bank alone at first, then what is drawn of the hypotheses more and more', () => {
  const trustAt = (share: number) => courseAt(share * steps, DEFAULT_ENCODER_SETTINGS).trust;
  expect([0, 0.05, 0.1].map(trustAt)).toEqual([0, 0, 0]);
  expect(trustAt(0.25)).toBeCloseTo(0.5, 10);
  expect([0.4, 0.7, 1, 2].map(trustAt)).toEqual([1, 1, 1, 1]);
});

it('warms up, then lets the learning rate fall', () => {
  const rates = [0, 0.05, 0.5, 1].map((share) => courseAt(share * steps, DEFAULT_ENCODER_SETTINGS).learningRate);
  expect(rates[0]).toBeLessThan(learningRate / 10);
  expect(rates[1]).toBeGreaterThan(rates[2]);
  expect(rates[2]).toBeGreaterThan(rates[3]);
  expect(rates[3]).toBeGreaterThan(0);
});
