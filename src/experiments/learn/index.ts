// Learning on point clouds and meshes: shapes → classes, or points → parts.
export { createLearnExperiment } from './experiment';
export { createGeneratedDataset } from './generated';
export { DEFAULT_LEARN_SETTINGS, learnSettingsFor, type Augmentation, type LearnModelId, type LearnSettings } from './settings';
export type * from './protocol';
