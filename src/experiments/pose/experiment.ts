import { measurePoseErrors } from './metrics';
import type { Camera } from '../../scene/camera';
import type { Pose } from '../../scene/pose';
import { objectRadius, poseCamera } from './camera';
import { advance, openingQueue, type Engine } from './engine';
import { renderImages } from './images';
import { chooseMesh, createLevels, disposeLevels, explainedByLoss } from './levels';
import { HEADLIGHT, lightFromSettings } from './light';
import { MATCHED_SHARE } from './metrics';
import { levelSizes, makePlan } from './plan';
import type {
  Hypothesis, PoseCheckpoint, PoseExperiment, PoseExperimentOptions, PoseImages, PoseMetrics, PoseSnapshot, PoseTarget,
} from './protocol';
import { splitPatches } from './patches';
import type { LossSettings } from './robustLoss';
import { measureSimplification } from './simplification';
import { estimateBackdrop, renderTarget, targetFromImage, type Encoding } from './renderTarget';
import type { Candidate, EngineState } from './state';
import { BACKGROUND, fixedTranslation, randomTargetPose, type LinearImage } from './target';

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
  const { settings, encoder, checkpoint } = options;
  const { engine, image, camera, target } = await prepare(options);
  const truth = target.pose;
  const { object, levels } = engine;

  const history = await firstMoments().catch((error: unknown) => {
    disposeLevels(levels);
    throw error;
  });
  let position = history.length - 1;

  async function firstMoments(): Promise<Moment[]> {
    return checkpoint ? restore(checkpoint) : [await begin()];
  }

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
        ...state, step: state.step + 1, phase: 'refine', kind: undefined, stage, iteration: 0, queue: [], pool: [edited], particles: [], estimate: edited, level: 0,
      }));
    },
    images: (): Promise<PoseImages> => renderImages(engine, image, history[position].state),
    checkpoint: (): PoseCheckpoint => ({
      version: 1, history: history.slice(0, position + 1).map((m) => m.snapshot), state: history.slice(0, position + 1).map((m) => m.state),
    }),
    dispose: () => disposeLevels(levels),
  };
}

/** The target and everything else that stays as it is throughout a run. */
async function prepare({ object, settings, target: given, start }: PoseExperimentOptions) {
  const radius = objectRadius(object);
  const target: PoseTarget = given ?? { kind: 'rendered', pose: randomTargetPose(settings, radius) };
  const rendered = target.kind === 'rendered';
  const plain = rendered ? settings.target.clutter === 0 && settings.target.occlusion === 0 : target.mask !== undefined;
  // A picture taken who knows where, of an object without colours of its own: lighting is left open patch by patch, if there are few.
  const patches = rendered || plain || object.mesh.colors || object.mesh.texture ? undefined : splitPatches(object.mesh);
  const patched = patches && patches.count <= MOST_PATCHES ? patches : undefined;
  const encoding: Encoding = patched ? 'display' : 'linear';
  const backdrop = rendered || plain ? BACKGROUND : estimateBackdrop(target.image, encoding);
  const camera = rendered ? poseCamera(radius, settings.resolution) : squareCamera(target.camera, settings.resolution);
  const image = rendered
    ? await renderTarget(object, target.pose, camera, settings) : targetFromImage(target, settings.resolution, backdrop, encoding);
  const drawn = patched ? { mesh: patched.mesh, coarser: [] } : object;
  const sizes = levelSizes(settings.resolution, !rendered && !plain);
  const levels = createLevels(drawn, image, camera, sizes, { coverageKnown: plain, noise: rendered ? settings.target.noise : 0, backdrop });
  const lit = !patched && (settings.unknownLight || settings.target.light.ambient !== 1);
  const known = start?.pose.translation ?? (settings.unknowns === 'rotation' && target.pose ? target.pose.translation : undefined);
  const loss: LossSettings = { kind: settings.loss, saturation: plain ? undefined : SATURATION };
  const light = !lit ? undefined : settings.unknownLight ? HEADLIGHT : lightFromSettings(settings.target.light);
  const translation = known ?? fixedTranslation(radius);
  // Whether the images agree is asked at full size alone.
  const top = levels[levels.length - 1];
  const simplificationLoss = await measureSimplification(drawn.mesh, chooseMesh(drawn, camera.width), top, { translation, light, loss, camera })
    .catch((error: unknown) => {
      disposeLevels(levels);
      throw error;
    });
  levels[levels.length - 1] = { ...top, simplificationLoss };
  const engine: Engine = {
    object, levels, patched, start, encoding,
    settings: patched ? { ...settings, unknownLight: false } : settings,
    plan: makePlan(settings, levels.length, start !== undefined),
    loss, light, translation,
  };
  return { engine, image, camera, target };
}

/** Beyond so many flat patches an object counts as curved, and is lit by a model. */
const MOST_PATCHES = 64;
/** Residual from which a pixel counts as not the object's, where the picture holds other things. */
const SATURATION = 0.25;

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
  return { step: state.step, phase: state.phase, kind: state.kind, estimate: estimate.pose, hypotheses, metrics, done: state.phase === 'done' };
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
