import { DEFAULT_LEARN_SETTINGS, type LearnSettings } from '../settings';

/** A training of moments: two families, few points, a thin network. */
export const TINY_LEARN: LearnSettings = {
  ...DEFAULT_LEARN_SETTINGS, families: ['mug', 'airplane'], trainPerClass: 8, testPerClass: 3, points: 48, width: 0.1, batchSize: 4, epochs: 3, evaluateEvery: 4,
};

/** The parts of one family. */
export const TINY_SEGMENT: LearnSettings = { ...TINY_LEARN, task: 'segment', families: ['hammer'], trainPerClass: 12, classWeights: true, labelSmoothing: 0 };
