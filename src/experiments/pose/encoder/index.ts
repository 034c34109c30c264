// The encoder: image → pose hypotheses, trained by rendering.
export { createEncoder, loadEncoder, type LoadedEncoder } from './poseEncoder';
export { createEncoderTrainer, type EncoderTrainer, type EncoderTrainerOptions } from './trainer';
export type { EncoderEvaluation, HeldBackResult } from './evaluation';
export { DEFAULT_ENCODER_SETTINGS, encoderSettingsFor, type EncoderSettings } from './settings';
export { DEFAULT_ARCHITECTURE, type EncoderArchitecture } from './architecture';
export { fromFiles, toFiles, type EncoderProvenance } from './artifacts';
