// How often, how fast and with how much rendering a pose is recovered from one image, without an encoder: every trial draws a pose
// uniformly over SO(3) (and a place and a light, where these are sought) and starts from nothing.
import { createPoseExperiment } from '../src/experiments/pose/experiment';
import { classifyFailure, POSE_TOLERANCE } from '../src/experiments/pose/metrics';
import type { PoseObject } from '../src/experiments/pose/protocol';
import { DEFAULT_POSE_SETTINGS, type LightSettings, type PoseSettings } from '../src/experiments/pose/settings';
import { createRandom } from '../src/scene/random';
import { loadPoseObject } from './pose/loadObject';
import { summarizeTrials, trialsTable, type PoseTrial } from './pose/report';
import type { BenchContext, BenchOption, BenchResult } from './types';

export const description = 'recovering poses from images of a built-in object or of any mesh';

export const options: readonly BenchOption[] = [
  { name: 'object', value: 'NAME', description: 'a built-in object, rotation only, flat colours (cube)' },
  { name: 'mesh', value: 'FILE', description: 'any mesh file: rotation and translation, lit by an unknown light' },
  { name: 'resolution', value: 'N', description: 'side of the image: 64, 96, 128, 192 or 256 (128)' },
  { name: 'hypotheses', value: 'N', description: 'hypotheses rendered at first' },
  { name: 'refined', value: 'N', description: 'hypotheses refined side by side' },
  { name: 'first', value: 'N', description: 'number of the first trial (0); trial i is the same in every run' },
  { name: 'trace', description: 'print where each trial stands as it changes phase' },
];

const DEFAULT_TRIALS = { object: 200, mesh: 50 };
/** Unknown lights shine from within this angle of the line of sight. */
const LIGHT_CONE_DEG = 45;

export async function run(context: BenchContext): Promise<BenchResult<PoseTrial>> {
  const file = context.text('mesh');
  const object = await loadPoseObject(context, file, context.text('object', 'cube'));
  const shared: PoseSettings = {
    ...DEFAULT_POSE_SETTINGS,
    useEncoder: false,
    resolution: context.number('resolution', DEFAULT_POSE_SETTINGS.resolution) as PoseSettings['resolution'],
    hypotheses: context.number('hypotheses', DEFAULT_POSE_SETTINGS.hypotheses),
    refined: context.number('refined', DEFAULT_POSE_SETTINGS.refined),
    unknowns: file ? 'rotation+translation' : 'rotation',
    unknownLight: file !== undefined,
  };
  const count = context.trials ?? (file ? DEFAULT_TRIALS.mesh : DEFAULT_TRIALS.object);
  const first = context.number('first', 0);
  const trials: PoseTrial[] = [];
  const result = (): BenchResult<PoseTrial> => ({
    object: object.id, settings: { ...shared, seed: undefined, lightConeDeg: file ? LIGHT_CONE_DEG : 0 },
    trials, summary: summarizeTrials(trials), table: trialsTable(trials),
  });
  for (let i = first; i < first + count; i++) {
    const seed = context.seed * 100_003 + i;
    const light = file ? lightInCone(seed) : shared.target.light;
    const trial = await recover(object, { ...shared, seed, target: { ...shared.target, light } }, context);
    trials.push(trial);
    const where = `${trial.rotationErrorDeg.toFixed(2)}°, ${(100 * trial.translationErrorDiameters).toFixed(2)} % of the diameter`;
    context.log(`${i + 1 - first}/${count}: ${where}, ${trial.iterations} steps, ${trial.seconds.toFixed(1)} s${trial.failure ? `, ${trial.failure}` : ''}`);
    await context.partial(result());
  }
  return result();
}

async function recover(object: PoseObject, settings: PoseSettings, context: BenchContext): Promise<PoseTrial> {
  const started = performance.now();
  const experiment = await createPoseExperiment({ object, settings });
  let snapshot = experiment.current;
  const trace: string[] = [];
  let phaseStarted = performance.now();
  while (!snapshot.done) {
    const before = snapshot;
    snapshot = await experiment.step();
    if (snapshot.phase === before.phase) continue;
    const { loss, rotationErrorDeg } = before.metrics;
    const seconds = ((performance.now() - phaseStarted) / 1000).toFixed(2);
    trace.push(`${before.phase} until ${before.step}: loss ${loss.toExponential(2)}, ${rotationErrorDeg?.toFixed(1)}°, ${seconds} s`);
    phaseStarted = performance.now();
  }
  if (context.flag('trace')) context.log(trace.join('; '));
  experiment.dispose();
  const { rotationErrorDeg = NaN, translationErrorDiameters = NaN, addDiameters = NaN, addSDiameters = NaN, ...metrics } = snapshot.metrics;
  const errors = { rotationErrorDeg, translationErrorDiameters, addDiameters, addSDiameters };
  return {
    seed: settings.seed, ...errors, imageMatched: metrics.imageMatched, iterations: metrics.iterations, pixels: metrics.pixels,
    seconds: (performance.now() - started) / 1000, failure: classifyFailure(errors, metrics.imageMatched, POSE_TOLERANCE) ?? null,
  };
}

/** A direction uniform over the cone, and a third or so of ambient light. */
function lightInCone(seed: number): LightSettings {
  const random = createRandom(seed ^ 0x11647);
  const cosine = 1 - random.uniform() * (1 - Math.cos((LIGHT_CONE_DEG * Math.PI) / 180));
  const [polar, around] = [Math.acos(cosine), 2 * Math.PI * random.uniform()];
  const [x, y] = [Math.sin(polar) * Math.cos(around), Math.sin(polar) * Math.sin(around)];
  return { azimuthDeg: (Math.atan2(x, cosine) * 180) / Math.PI, elevationDeg: (Math.asin(y) * 180) / Math.PI, ambient: 0.2 + 0.3 * random.uniform() };
}
