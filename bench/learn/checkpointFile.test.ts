import { expect, it } from 'vitest';
import { DEFAULT_LEARN_SETTINGS, type LearnCheckpoint } from '../../src/experiments/learn';
import { packLearnCheckpoint, unpackLearnCheckpoint } from './checkpointFile';

it('gives back what was packed', () => {
  const checkpoint: LearnCheckpoint = {
    version: 1, settings: DEFAULT_LEARN_SETTINGS,
    history: [{ step: 0, epoch: 0, loss: NaN, accuracy: NaN, done: false }, { step: 1, epoch: 0.5, loss: 0.1, accuracy: 1 / 3, done: false }],
    weights: new Map([['a', Float32Array.of(1, 2, 3)], ['b', Float32Array.of(0.1)]]), optimizer: new Map([['first/a', Float32Array.of(-1, 1e-30, 0)]]),
  };
  expect(unpackLearnCheckpoint(packLearnCheckpoint(checkpoint))).toEqual(checkpoint);
});
