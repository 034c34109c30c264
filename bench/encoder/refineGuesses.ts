import { advance, openingQueue, type Engine } from '../../src/experiments/pose/engine';
import { createLevels, disposeLevels } from '../../src/experiments/pose/levels';
import type { PoseLight } from '../../src/experiments/pose/light';
import { levelSizes, type Stage } from '../../src/experiments/pose/plan';
import type { PoseGuess, PoseObject } from '../../src/experiments/pose/protocol';
import type { PoseSettings } from '../../src/experiments/pose/settings';
import type { EngineState } from '../../src/experiments/pose/state';
import { BACKGROUND, type LinearImage } from '../../src/experiments/pose/target';
import type { Camera } from '../../src/scene/camera';
import type { Pose } from '../../src/scene/pose';

/** Guesses refined side by side. */
export const REFINED_GUESSES = 6;

/** One rendering of the guesses to rank them, then nineteen refinement steps: no search, no jumps. */
const PLAN: readonly Stage[] = [
  { kind: 'score', phase: 'search', level: 0, chunk: REFINED_GUESSES },
  { kind: 'refine', phase: 'refine', level: 0, count: REFINED_GUESSES, iterations: 11, from: 1, to: 0.25 },
  { kind: 'newton', phase: 'refine', level: 1, count: 3, iterations: 4, from: 3, to: 1.5 },
  { kind: 'newton', phase: 'polish', level: 2, count: 1, iterations: 4, from: 2, to: 1 },
];

export interface RefinedGuess {
  readonly pose: Pose;
  /** Sequential steps, the ranking included. */
  readonly iterations: number;
  readonly pixels: number;
}

/** The engine's own refinement, from an encoder's best guesses alone. */
export async function refineGuesses(
  object: PoseObject, settings: PoseSettings, image: LinearImage, camera: Camera, guesses: readonly PoseGuess[], light: PoseLight | undefined,
): Promise<RefinedGuess> {
  const levels = createLevels(object, image, camera, levelSizes(settings.resolution), { coverageKnown: true, noise: 0, backdrop: BACKGROUND });
  const engine: Engine = {
    object, settings: { ...settings, hypotheses: 0 }, levels, plan: PLAN, light,
    loss: { kind: settings.loss, saturation: undefined }, translation: guesses[0].pose.translation,
  };
  const queue = openingQueue(engine, guesses.slice(0, REFINED_GUESSES).map((guess) => guess.pose));
  let state: EngineState = {
    step: 0, phase: 'search', stage: 0, iteration: 0, queue, pool: [], particles: [], estimate: queue[0], level: 0, iterations: 0, pixels: 0,
  };
  while (state.phase !== 'done') state = await advance(engine, state);
  disposeLevels(levels);
  return { pose: state.estimate.pose, iterations: state.iterations, pixels: state.pixels };
}
