import * as tf from '../../../graphics/tf';
import type { Camera } from '../../../scene/camera';
import { createRandom } from '../../../scene/random';
import { symmetryAwareAngle } from '../../../scene/symmetry';
import { renderBatch } from '../decoder';
import type { DecoderMesh } from '../decoderMesh';
import type { PoseGuess, PoseObject } from '../protocol';
import { decodeGuesses, type GuessFrame } from './guesses';
import type { EncoderNetwork } from './network';
import { disturbImages, drawSamples, streamSeed, type Sample } from './samples';
import type { EncoderSettings } from './settings';

/** Far from every training stream's steps. */
const HELD_BACK_STREAM = 2 ** 30;
/** Poses drawn and looked at together. */
const CHUNK = 16;

/** Poses that training never draws, the same ones every time. */
export const heldBackSamples = (count: number, radius: number, settings: EncoderSettings, seed: number): Sample[] =>
  drawSamples(createRandom(streamSeed(seed, HELD_BACK_STREAM)), count, radius, settings);

export interface HeldBackResult {
  readonly sample: Sample;
  readonly guesses: readonly PoseGuess[];
  /** Of the best-scored guess, symmetries taken into account. */
  readonly errorDeg: number;
}

export interface EncoderEvaluation {
  readonly step: number;
  /** Share of held-back poses whose best-scored guess is within 30°. */
  readonly shareUnder30: number;
  readonly medianDeg: number;
  /** Share of those of which any guess is. */
  readonly shareAnyUnder30: number;
  readonly results: readonly HeldBackResult[];
}

/** Looks at held-back poses and measures the guesses. */
export async function evaluateNetwork(
  network: EncoderNetwork, mesh: DecoderMesh, object: PoseObject, samples: readonly Sample[], frame: GuessFrame, settings: EncoderSettings, step: number,
): Promise<EncoderEvaluation> {
  const results: HeldBackResult[] = [];
  const errorOf = (guess: PoseGuess, sample: Sample): number =>
    (symmetryAwareAngle(guess.pose.rotation, sample.pose.rotation, object.symmetry) * 180) / Math.PI;
  let anyUnder30 = 0;
  for (let from = 0; from < samples.length; from += CHUNK) {
    const some = samples.slice(from, from + CHUNK);
    const { logits, columns, placement } = tf.tidy(() => network.forward(lookAt(some, mesh, frame.camera, settings, HELD_BACK_STREAM + from)));
    const [scores, rotations, places] = await Promise.all([logits.data(), columns.data(), placement.data()]);
    tf.dispose([logits, columns, placement]);
    const k = network.architecture.hypotheses;
    some.forEach((sample, i) => {
      const raw = {
        logits: scores.subarray(k * i, k * (i + 1)), columns: rotations.subarray(6 * k * i, 6 * k * (i + 1)), placement: places.subarray(3 * i, 3 * i + 3),
      };
      const guesses = decodeGuesses(raw, frame);
      const errors = guesses.map((guess) => errorOf(guess, sample));
      if (Math.min(...errors) < 30) anyUnder30++;
      results.push({ sample, guesses, errorDeg: errors[0] });
    });
  }
  const sorted = results.map((result) => result.errorDeg).sort((a, b) => a - b);
  return {
    step, results,
    shareUnder30: sorted.filter((error) => error < 30).length / sorted.length,
    medianDeg: sorted[Math.floor(sorted.length / 2)],
    shareAnyUnder30: anyUnder30 / sorted.length,
  };
}

/** What the network is shown of samples: [B, S, S, 3] less the backdrop. To be called inside tf.tidy. */
export function lookAt(samples: readonly Sample[], mesh: DecoderMesh, camera: Camera, settings: EncoderSettings, seed: number): tf.Tensor4D {
  const lights = samples[0].light ? samples.map((sample) => sample.light as NonNullable<Sample['light']>) : undefined;
  const { image } = renderBatch(mesh, { poses: samples.map((sample) => sample.pose), lights }, camera);
  return disturbImages(image, settings, seed);
}
