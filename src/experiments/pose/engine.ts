import { createRandom } from '../../scene/random';
import { randomRotation, spreadRotations } from '../../scene/so3Grid';
import { expSo3, multiplyQuaternions, normalizeQuaternion } from '../../scene/rotation';
import type { Pose } from '../../scene/pose';
import { adamStep, freshAdam } from './adam';
import type { DecoderBatch } from './decoder';
import { alignSilhouettes, fitLights } from './candidates';
import { DIVERSE_ANGLE, selectDiverse, turnsAboutObject, turnsAboutSight } from './hypotheses';
import { explainedByLoss, type Level } from './levels';
import { HEADLIGHT, moveLight, type PoseLight } from './light';
import { DAMPING_AFTER_FAILURE, DAMPING_AFTER_SUCCESS, dampedStep, FIRST_DAMPING } from './newton';
import { evaluateNormalEquations, perturbedImages, type NormalEquations } from './normalEquations';
import { ALL_PARAMETERS, evaluateGradients, evaluateLosses } from './objective';
import type { LossSettings } from './robustLoss';
import { movePose, POSE_PARAMETERS } from './parameters';
import type { Stage } from './plan';
import { fitPatches, spreadColors, type PatchedMesh } from './patches';
import type { PoseObject, PoseStart } from './protocol';
import type { Encoding } from './renderTarget';
import type { PoseSettings } from './settings';
import { valleySteps } from './valley';
import type { Candidate, EngineState, Particle } from './state';

/** What a recovery is made of, all of it constant. */
export interface Engine {
  readonly object: PoseObject;
  readonly settings: PoseSettings;
  readonly levels: readonly Level[];
  readonly plan: readonly Stage[];
  readonly loss: LossSettings;
  /** The light where it is known; undefined for flat colours. */
  readonly light: PoseLight | undefined;
  /** Where the object stands as far as is known before. */
  readonly translation: Pose['translation'];
  /** The object in patches of free colours, where its lighting follows no model. */
  readonly patched?: PatchedMesh;
  readonly start?: PoseStart;
  /** What the target's values are. */
  readonly encoding?: Encoding;
}

/** The images agree so well at full size that further jumps are not worth their renderings. */
const MATCHED = 0.9985;
/** After some rounds, this has to do: noise, or a coarser mesh, may keep the images from agreeing better. */
const NEARLY_MATCHED = 0.99;
const CAREFUL_ROUNDS = 2;
/** Poses along a valley count as different from here on. */
const VALLEY_SPACING = (3 * Math.PI) / 180;
/** Escapes jump from this many. */
const JUMPERS = 3;

/** The hypotheses that a run starts from. */
export function openingQueue({ settings, translation, light, start }: Engine, guesses: readonly Pose[]): Candidate[] {
  const spread = start ? around(start, settings)
    : spreadRotations(settings.hypotheses).map((rotation) => ({ rotation, translation }));
  const candidate = (source: Candidate['source']) => (pose: Pose): Candidate => ({ pose, light, loss: Infinity, source });
  const known = settings.unknowns === 'rotation' ? guesses.map((guess) => ({ ...guess, translation })) : guesses;
  return [...known.map(candidate('encoder')), ...spread.map(candidate('spread'))];
}

/** The start itself, and poses drawn from all over the ball of turns and shifts around it. */
function around({ pose, turn, shift }: PoseStart, { hypotheses, seed }: PoseSettings): Pose[] {
  const random = createRandom(seed);
  const distance = Math.hypot(...pose.translation);
  const inBall = (): [number, number, number] => {
    const v = [random.normal(), random.normal(), random.normal()];
    const scale = Math.cbrt(random.uniform()) / Math.hypot(...v);
    return [v[0] * scale, v[1] * scale, v[2] * scale];
  };
  const drawn = Array.from({ length: hypotheses - 1 }, (): Pose => {
    const [turns, shifts] = [inBall(), inBall()];
    return {
      rotation: normalizeQuaternion(multiplyQuaternions(expSo3([turns[0] * turn, turns[1] * turn, turns[2] * turn]), pose.rotation)),
      translation: [0, 1, 2].map((k) => pose.translation[k] + shifts[k] * shift * distance) as unknown as Pose['translation'],
    };
  });
  return [pose, ...drawn];
}

/** One step forward; the state given is left as it is. */
export async function advance(engine: Engine, state: EngineState): Promise<EngineState> {
  const stage = engine.plan[state.stage];
  if (!stage) return { ...state, phase: 'done' };
  const next = { ...state, step: state.step + 1, iterations: state.iterations + 1, phase: stage.phase, kind: stage.kind, level: stage.level };
  const done = stage.kind === 'score' ? await score(engine, next, stage)
    : stage.kind === 'refine' ? await refine(engine, next, stage) : await newton(engine, next, stage);
  return settle(engine, done);
}

/** Leaves a stage that is over, and passes over escapes that are not needed. */
function settle(engine: Engine, state: EngineState): EngineState {
  const stage = engine.plan[state.stage];
  const over = stage.kind === 'score' ? state.queue.length === 0 : state.iteration >= stage.iterations;
  if (!over) return state;
  let index = state.stage + 1;
  const explained = stage.level === engine.levels.length - 1 ? explainedByLoss(state.estimate.loss, engine.levels[stage.level]) : 0;
  const needless = (round: number | undefined): boolean => round !== undefined && explained > (round <= CAREFUL_ROUNDS ? MATCHED : NEARLY_MATCHED);
  while (needless(engine.plan[index]?.escape)) index++;
  const pool = state.particles.length ? state.particles.map((p) => p.best) : state.pool;
  const after = { ...state, stage: index, iteration: 0, particles: [], pool };
  const following = engine.plan[index];
  if (!following) return { ...after, phase: 'done' };
  if (following.kind !== 'score') return after;
  return { ...after, queue: following.valley ? valleyQueue(engine, after) : jumps(engine, after, following.escape ?? 0) };
}

/** Along the valleys that the two best ones may be stuck in. */
function valleyQueue({ settings, object }: Engine, { pool }: EngineState): Candidate[] {
  const free = freeParameters(settings);
  return selectDiverse(pool, 2, object.symmetry).flatMap((parent) => (parent.equations ? valleySteps(parent.equations, free) : [])
    .map((step): Candidate => ({ ...moveCandidate(parent, step), loss: Infinity, source: 'jump' })));
}

/** Where an escape looks: turns of the best ones first, then fresh spreads too. */
function jumps(engine: Engine, state: EngineState, round: number): Candidate[] {
  const { settings, object, translation, light } = engine;
  const from = selectDiverse(state.pool, JUMPERS, object.symmetry);
  const turned = from.flatMap((parent) => {
    const poses = round % 2 === 1 ? turnsAboutObject(parent.pose) : turnsAboutSight(parent.pose);
    return poses.map((pose): Candidate => ({ ...parent, pose, loss: Infinity, source: 'jump' }));
  });
  if (round === 1) return turned;
  const turn = randomRotation(createRandom(settings.seed * 31 + round));
  const fresh = spreadRotations(settings.hypotheses).map((rotation): Candidate => ({
    pose: { rotation: normalizeQuaternion(multiplyQuaternions(turn, rotation)), translation }, light, loss: Infinity, source: 'spread',
  }));
  return [...turned, ...fresh];
}

async function score(engine: Engine, state: EngineState, stage: Stage & { kind: 'score' }): Promise<EngineState> {
  const level = engine.levels[stage.level];
  const { settings } = engine;
  const chunk = state.queue.slice(0, stage.chunk);
  const area = level.camera.width * level.camera.height;
  let pixels = state.pixels;
  let poses: readonly Pose[] = chunk.map((c) => c.pose);
  if (settings.unknowns === 'rotation+translation' && level.silhouette && !stage.valley) {
    poses = await alignSilhouettes(level.mesh, poses, level.camera, level.silhouette);
    pixels += area * poses.length;
  }
  if (engine.patched) {
    const fits = await fitPatches(level.mesh, engine.patched, poses, level, engine.loss);
    const scored = chunk.map((c, i): Candidate => ({ ...c, pose: poses[i], ...fits[i] }));
    return scoredState(state, chunk.length, scored, pixels + area * poses.length);
  }
  let lights: readonly PoseLight[] | undefined = engine.light && chunk.map((c) => c.light ?? HEADLIGHT);
  if (settings.unknownLight && !stage.valley) {
    lights = await fitLights(level.mesh, poses, level);
    pixels += area * poses.length;
  }
  const losses = await evaluateLosses(level.mesh, { poses, lights }, level, engine.loss);
  pixels += area * poses.length;
  const scored = chunk.map((c, i): Candidate => ({ ...c, pose: poses[i], light: lights?.[i], loss: losses[i] }));
  return scoredState(state, chunk.length, scored, pixels);
}

const scoredState = (state: EngineState, taken: number, scored: readonly Candidate[], pixels: number): EngineState => ({
  ...state, pixels, iteration: state.iteration + 1, queue: state.queue.slice(taken), pool: [...state.pool, ...scored],
  estimate: scored.reduce((best, c) => (c.loss < best.loss ? c : best), state.estimate),
});

/** The first step of a stage takes the best ones in hand. Their losses were of another size perhaps, so they start without a best. */
function takeUp(engine: Engine, state: EngineState, { count, valley }: Stage & { kind: 'refine' | 'newton' }): readonly Particle[] {
  if (state.particles.length) return state.particles;
  return selectDiverse(state.pool, count, engine.object.symmetry, valley ? VALLEY_SPACING : DIVERSE_ANGLE)
    .map((c) => ({ ...c, adam: freshAdam(ALL_PARAMETERS), damping: FIRST_DAMPING, best: { ...c, loss: Infinity } }));
}

/** Difference by which the light is changed; the image is linear in it, so any would do. */
const LIGHT_STEP = 0.05;
const GROUPS = [0, 3, 5, 6, 7];

async function refine(engine: Engine, state: EngineState, stage: Stage & { kind: 'refine' }): Promise<EngineState> {
  const { settings } = engine;
  const level = engine.levels[stage.level];
  const particles = takeUp(engine, state, stage);
  const { losses, gradients } = await evaluateGradients(level.mesh, await batchOf(engine, level, particles), level, engine.loss);
  const progress = stage.iterations > 1 ? state.iteration / (stage.iterations - 1) : 1;
  const rate = settings.learningRate * stage.from * (stage.to / stage.from) ** progress;
  const rates = freeParameters(settings).map((free, i) => (free ? rate * (i < POSE_PARAMETERS ? (i < 3 ? 1 : 0.25) : 1) : 0));
  const moved = particles.map((p, i): Particle => {
    const { state: adam, step } = adamStep(p.adam, gradients[i], rates, GROUPS);
    return { ...moveCandidate(p, step), loss: losses[i], adam, damping: p.damping, best: bestOf(p, losses[i]) };
  });
  return finish(state, moved, level.camera.width * level.camera.height * particles.length);
}

async function newton(engine: Engine, state: EngineState, stage: Stage & { kind: 'newton' }): Promise<EngineState> {
  const level = engine.levels[stage.level];
  const particles = takeUp(engine, state, stage);
  const free = freeParameters(engine.settings);
  // The same motion on screen for every parameter, at the object's rim for turns and depth.
  const progress = stage.iterations > 1 ? state.iteration / (stage.iterations - 1) : 1;
  const shift = (stage.from * (stage.to / stage.from) ** progress) / level.camera.fx;
  const turn = (shift * Math.abs(engine.translation[2])) / (engine.object.diameter / 2);
  const steps = free.map((f, i) => (!f ? 0 : i < 3 || i === 5 ? turn : i < POSE_PARAMETERS ? shift : LIGHT_STEP));
  const last = state.iteration === stage.iterations - 1;
  const area = level.camera.width * level.camera.height * particles.length;
  if (last) {
    const losses = await evaluateLosses(level.mesh, await batchOf(engine, level, particles), level, engine.loss);
    return finish(state, particles.map((p, i): Particle => ({ ...p, loss: losses[i], best: bestOf(p, losses[i], p.best.equations) })), area);
  }
  const equations = await evaluateNormalEquations(level.mesh, await batchOf(engine, level, particles), level, engine.loss, steps);
  const moved = particles.map((p, i): Particle => {
    const improved = equations[i].loss < p.best.loss;
    const damping = p.damping * (improved ? DAMPING_AFTER_SUCCESS : DAMPING_AFTER_FAILURE);
    const best = bestOf(p, equations[i].loss, equations[i]);
    // A step that made it worse is taken back: on from the best one, more carefully.
    const step = dampedStep(best.equations ?? equations[i], damping, free);
    return { ...p, ...moveCandidate(best, step), loss: equations[i].loss, damping, best };
  });
  return finish(state, moved, area * perturbedImages(steps));
}

function finish(state: EngineState, particles: readonly Particle[], pixels: number): EngineState {
  return {
    ...state, particles, iteration: state.iteration + 1, pixels: state.pixels + pixels,
    estimate: particles.map((p) => p.best).reduce((a, b) => (b.loss < a.loss ? b : a)),
  };
}

/** What the decoder is to draw; free colours are fitted anew to where the hypotheses now stand. */
export async function batchOf({ patched, loss }: Engine, level: Level, particles: readonly Candidate[]): Promise<DecoderBatch> {
  const poses = particles.map((p) => p.pose);
  const lights = particles[0]?.light && particles.map((p) => p.light as PoseLight);
  if (!patched) return { poses, lights };
  const fits = await fitPatches(level.mesh, patched, poses, level, loss);
  return { poses, lights: undefined, vertexColors: fits.map(({ colors }) => spreadColors(patched, colors)) };
}

const bestOf = (p: Particle, loss: number, equations?: NormalEquations): Candidate =>
  (loss < p.best.loss ? { pose: p.pose, light: p.light, loss, source: p.source, equations } : p.best);

function moveCandidate<T extends Candidate>(c: T, step: ArrayLike<number>): T {
  return { ...c, pose: movePose(c.pose, step), light: c.light && moveLight(c.light, step, POSE_PARAMETERS) };
}

/** Which of the ten parameters the settings leave open. */
export function freeParameters({ unknowns, unknownLight }: PoseSettings): boolean[] {
  return Array.from({ length: ALL_PARAMETERS }, (_, i) => (i < 3 ? true : i < POSE_PARAMETERS ? unknowns === 'rotation+translation' : unknownLight));
}
