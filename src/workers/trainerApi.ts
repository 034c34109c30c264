import type { EncoderSettings } from '../experiments/pose/encoder/settings';
import type { PoseObject } from '../experiments/pose/protocol';
import type { io } from '../graphics/tf';
import type { ImageRecord } from '../scene/mesh';
import type { Answer, OnProgress } from './poseApi';

// What the page says to an encoder's training and hears from it.

/** Weights in TensorFlow.js's own format, as a record that crosses a worker's border. */
export type EncoderArtifacts = io.ModelArtifacts;

export interface TrainRequest {
  readonly object: PoseObject;
  readonly settings: EncoderSettings;
  readonly seed: number;
  /** Goes on from here. */
  readonly checkpoint?: EncoderArtifacts;
}

export interface TrainerStep {
  readonly step: number;
  /** Running mean; undefined before the first reading. */
  readonly loss: number | undefined;
}

/** A pose held back from training, drawn as it is and as the encoder guesses it. */
export interface HeldBackPicture {
  readonly truth: ImageRecord;
  readonly guess: ImageRecord;
  readonly errorDeg: number;
}

export interface TrainerEvaluation {
  readonly step: number;
  readonly medianDeg: number;
  /** Share of held-back poses whose likeliest guess is within 30°, and of those of which any guess is. */
  readonly shareUnder30: number;
  readonly shareAnyUnder30: number;
  readonly pictures: readonly HeldBackPicture[];
}

export interface TrainerApi {
  open(request: TrainRequest, onProgress: OnProgress): Promise<Answer<TrainerStep>>;
  /** That many batches. */
  advance(batches: number): Promise<Answer<TrainerStep>>;
  evaluate(): Promise<Answer<TrainerEvaluation>>;
  /** The encoder as it is now, to look at images with. */
  artifacts(): Promise<Answer<EncoderArtifacts>>;
  /** With the optimiser's state, to go on from. */
  checkpoint(): Promise<Answer<EncoderArtifacts>>;
  close(): Promise<void>;
}
