import type { Camera } from '../../../scene/camera';
import { geodesicAngle, quaternionFromMatrix } from '../../../scene/rotation';
import type { Pose, Quaternion } from '../../../scene/pose';
import { placeAt } from '../parameters';
import type { PoseGuess } from '../protocol';

/** The network's numbers for one image. */
export interface RawGuesses {
  /** [K] */
  readonly logits: ArrayLike<number>;
  /** [K, 6] */
  readonly columns: ArrayLike<number>;
  /** [3] */
  readonly placement: ArrayLike<number>;
}

/** The camera's standard depth: of the object when it just fills a picture of the encoder's own field of view. */
export interface GuessFrame {
  readonly camera: Camera;
  readonly standardDepth: number;
  /** Tangent of half the field of view of the camera that the encoder was trained with. */
  readonly tangent: number;
}

/** Hypotheses within this angle of each other speak for the same pose. */
const SAME_POSE = (20 * Math.PI) / 180;
/** Guesses given. */
const MOST_GUESSES = 16;

/** Makes two columns orthonormal, and the third. */
export function rotationFromSix(c: ArrayLike<number>, at = 0): Quaternion {
  const x = unit([c[at], c[at + 1], c[at + 2]]);
  const along = x[0] * c[at + 3] + x[1] * c[at + 4] + x[2] * c[at + 5];
  const y = unit([c[at + 3] - along * x[0], c[at + 4] - along * x[1], c[at + 5] - along * x[2]]);
  return quaternionFromMatrix([
    x[0], y[0], x[1] * y[2] - x[2] * y[1],
    x[1], y[1], x[2] * y[0] - x[0] * y[2],
    x[2], y[2], x[0] * y[1] - x[1] * y[0],
  ]);
}

function unit(v: readonly number[]): number[] {
  const length = Math.max(Math.hypot(...v), 1e-12);
  return v.map((x) => x / length);
}

/** Where the object stands in the camera's frame, from its place in a square picture that the encoder took for its own camera's. */
export function translationInFrame([u, v, logDepth]: readonly number[], { camera, standardDepth, tangent }: GuessFrame): Pose['translation'] {
  const { width, height, fx, fy, cx, cy } = camera;
  const depth = (standardDepth * Math.exp(logDepth) * fx * tangent) / (width / 2);
  const column = ((u + 1) / 2) * width;
  const row = ((1 - v) / 2) * height;
  return [((column - cx) / fx) * depth, (-(row - cy) / fy) * depth, -depth];
}

/** The network's hypotheses as poses, likeliest first; those that agree are one guess with their chances added. */
export function decodeGuesses({ logits, columns, placement }: RawGuesses, frame: GuessFrame): PoseGuess[] {
  const highest = Math.max(...Array.from(logits));
  const weights = Array.from(logits, (logit) => Math.exp(logit - highest));
  const sum = weights.reduce((a, b) => a + b, 0);
  const order = weights.map((weight, k) => ({ k, chance: weight / sum })).sort((a, b) => b.chance - a.chance);
  const translation = translationInFrame([placement[0], placement[1], placement[2]], frame);
  const guesses: { readonly rotation: Quaternion; score: number }[] = [];
  for (const { k, chance } of order) {
    const rotation = rotationFromSix(columns, 6 * k);
    const same = guesses.find((guess) => geodesicAngle(guess.rotation, rotation) < SAME_POSE);
    if (same) same.score += chance;
    else if (guesses.length < MOST_GUESSES) guesses.push({ rotation, score: chance });
  }
  const ahead: Pose['translation'] = [0, 0, -1];
  return guesses.sort((a, b) => b.score - a.score)
    .map(({ rotation, score }) => ({ pose: placeAt({ rotation, translation: ahead }, translation), score }));
}
