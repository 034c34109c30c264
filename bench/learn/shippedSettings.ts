import { DEFAULT_LEARN_SETTINGS, learnSettingsFor, type LearnSettings } from '../../src/experiments/learn';

// How the networks that ship are trained: as the page trains by default, for longer and on more shapes.

export const SHIPPED_CLASSIFIER: LearnSettings = { ...DEFAULT_LEARN_SETTINGS, trainPerClass: 160, testPerClass: 24, epochs: 15 };
export const SHIPPED_SEGMENTER: LearnSettings = { ...learnSettingsFor('segment'), trainPerClass: 480, testPerClass: 48, epochs: 20 };
