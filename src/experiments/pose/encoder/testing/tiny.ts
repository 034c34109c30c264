import { sixColorCube } from '../../../../scene/primitives';
import { NO_SYMMETRY } from '../../../../scene/symmetry';
import type { PoseObject } from '../../protocol';
import { DEFAULT_ENCODER_SETTINGS, type EncoderSettings } from '../settings';

/** The six-colour cube, as the engine takes objects. */
export const cubeObject = (): PoseObject => ({ id: 'cube', mesh: sixColorCube(), coarser: [], diameter: Math.sqrt(3), symmetry: NO_SYMMETRY });

/** A training small enough for plain loops. */
export const TINY_SETTINGS: EncoderSettings = {
  ...DEFAULT_ENCODER_SETTINGS,
  architecture: { inputSize: 16, channels: [6, 8, 8], features: 16, hypotheses: 12 },
  batch: 3, learningRate: 3e-3, steps: 24, views: 48, candidates: 2,
};
