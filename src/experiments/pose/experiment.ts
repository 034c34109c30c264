import { measurePoseErrors } from './metrics';
import type { Camera } from '../../scene/camera';
import type { Pose } from '../../scene/pose';
import { objectRadius, poseCamera } from './camera';
import { advance, openingQueue, type Engine } from './engine';
import { renderImages } from './images';
import { createLevels, disposeLevels, explainedByLoss } from './levels';
import { HEADLIGHT, lightFromSettings } from './light';
import { MATCHED_SHARE } from './metrics';
import { levelSizes, makePlan } from './plan';
import type {
  Hypothesis, PoseCheckpoint, PoseExperiment, PoseExperimentOptions, PoseImages, PoseMetrics, PoseSnapshot, PoseTarget,
} from './protocol';
import { renderTarget, targetFromImage } from './renderTarget';
import type { Candidate, EngineState } from './state';
import { fixedTranslation, randomTargetPose, type LinearImage } from './target';

/** A moment of a run: what is shown of it, and what it goes on from. */
interface Moment {
  readonly snapshot: PoseSnapshot;
  readonly state: EngineState;
}

/**
 * Starts the recovery of an object's pose from an image: search over hypotheses (the encoder's and a uniform spread), refinement of the
 * best diverse ones through the differentiable renderer from coarse to fine, jumps out of wrong basins, polish at full size.
 *
 * The same settings, object and encoder give the same run on the same backend, bit by bit. The caller disposes the result.
 * @throws Error where a checkpoint is not of this version.
 */
export async function createPoseExperiment(options: PoseExperimentOptions): Promise<PoseExperiment> {
  const { object, settings, encoder, checkpoint } = options;
  const radius = objectRadius(object);
  const target: PoseTarget = options.target ?? { kind: 'rendered', pose: randomTargetPose(settings, radius) };
  const camera = target.kind === 'rendered' ? poseCamera(radius, settings.resolution) : squareCamera(target.camera, settings.resolution);
  const image = target.kind === 'rendered' ? await renderTarget(object, target.pose, camera, settings) : targetFromImage(target, settings.resolution);
  const plain = target.kind === 'rendered' ? settings.target.clutter === 0 && settings.target.occlusion === 0 : target.mask !== undefined;
  const levels = createLevels(object, image, camera, levelSizes(settings.resolution), { coverageKnown: plain, noise: settings.target.noise });
  const unlit = settings.target.light.ambient === 1 && !settings.unknownLight;
  const engine: Engine = {
    object, settings, levels, plan: makePlan(settings),
    loss: { kind: settings.loss, saturation: plain ? undefined : 0.25 },
    light: unlit ? undefined : settings.unknownLight ? HEADLIGHT : lightFromSettings(settings.target.light),
    translation: settings.unknowns === 'rotation' && target.pose ? target.pose.translation : fixedTranslation(radius),
  };
  const truth = target.pose;

  const history: Moment[] = checkpoint ? restore(checkpoint) : [await begin()];
  let position = history.length - 1;

  async function begin(): Promise<Moment> {
    const guesses = settings.useEncoder && encoder ? await encoder.guess(rgbOf(image), camera) : [];
    const queue = openingQueue(engine, guesses.map((guess) => guess.pose));
    return momentOf({
      step: 0, phase: 'search', stage: 0, iteration: 0, queue, pool: [], particles: [], estimate: queue[0], level: 0, iterations: 0, pixels: 0,
    });
  }

  function momentOf(state: EngineState): Moment {
    return { state, snapshot: snapshotOf(engine, state, truth) };
  }

  const append = (moment: Moment): PoseSnapshot => {
    history.length = position + 1;
    history.push(moment);
    position++;
    return moment.snapshot;
  };

  return {
    object, settings, truth, camera,
    get current() {
      return history[position].snapshot;
    },
    async step() {
      const { state, snapshot } = history[position];
      if (snapshot.done) return snapshot;
      return append(momentOf(await advance(engine, state)));
    },
    async rewind(step) {
      position = Math.min(Math.max(0, Math.round(step)), history.length - 1);
      return history[position].snapshot;
    },
    async edit(pose) {
      const { state } = history[position];
      const edited: Candidate = { pose, light: state.estimate.light ?? engine.light, loss: Infinity, source: 'edited' };
      const stage = engine.plan.findIndex((s) => s.kind === 'refine');
      return append(momentOf({
        ...state, step: state.step + 1, phase: 'refine', stage, iteration: 0, queue: [], pool: [edited], particles: [], estimate: edited, level: 0,
      }));
    },
    images: (): Promise<PoseImages> => renderImages(engine, image, history[position].state),
    checkpoint: (): PoseCheckpoint => ({
      version: 1, history: history.slice(0, position + 1).map((m) => m.snapshot), state: history.slice(0, position + 1).map((m) => m.state),
    }),
    dispose: () => disposeLevels(levels),
  };
}

function restore(checkpoint: PoseCheckpoint): Moment[] {
  if (checkpoint.version !== 1 || !Array.isArray(checkpoint.state) || checkpoint.state.length !== checkpoint.history.length) {
    throw new Error('This checkpoint was not made by this version of the pose experiment: start the run again.');
  }
  const states = checkpoint.state as EngineState[];
  return checkpoint.history.map((snapshot, i) => ({ snapshot, state: states[i] }));
}

function snapshotOf(engine: Engine, state: EngineState, truth: Pose | undefined): PoseSnapshot {
  const { estimate } = state;
  const shown: readonly Candidate[] = state.particles.length ? state.particles : state.pool;
  const metrics: PoseMetrics = {
    loss: estimate.loss,
    ...(truth && measurePoseErrors(estimate.pose, truth, engine.object)),
    imageMatched: explainedByLoss(estimate.loss, engine.levels[state.level]) > MATCHED_SHARE,
    iterations: state.iterations,
    pixels: state.pixels,
  };
  const hypotheses = shown.map(({ pose, loss, source }): Hypothesis => ({ pose, loss, source }));
  return { step: state.step, phase: state.phase, estimate: estimate.pose, hypotheses, metrics, done: state.phase === 'done' };
}

function rgbOf({ height, width, data }: LinearImage) {
  return { height, width, data: Float32Array.from({ length: height * width * 3 }, (_, i) => data[4 * Math.floor(i / 3) + (i % 3)]) };
}

/** The camera of somebody's image after it was fitted into a square. */
function squareCamera(camera: Camera, resolution: number): Camera {
  const side = Math.max(camera.width, camera.height);
  const scale = resolution / side;
  return {
    ...camera, height: resolution, width: resolution, fx: camera.fx * scale, fy: camera.fy * scale,
    cx: (camera.cx + (side - camera.width) / 2) * scale, cy: (camera.cy + (side - camera.height) / 2) * scale,
  };
}
