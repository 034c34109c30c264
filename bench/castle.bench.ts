// Pose recovery from pictures that this project did not render: 20 frames of a model castle beside another object, of which the object's
// mesh, the camera and the true poses are known, but neither colours nor lights.
import { createPoseExperiment } from '../src/experiments/pose/experiment';
import { classifyFailure } from '../src/experiments/pose/metrics';
import type { PoseObject, PoseStart } from '../src/experiments/pose/protocol';
import { DEFAULT_POSE_SETTINGS, type PoseSettings } from '../src/experiments/pose/settings';
import { prepareObject, readMesh } from '../src/io';
import type { Camera } from '../src/scene/camera';
import type { ImageRecord } from '../src/scene/mesh';
import type { Pose, Vector3 } from '../src/scene/pose';
import { createRandom, type Random } from '../src/scene/random';
import { expSo3, multiplyQuaternions, normalizeQuaternion, quaternionFromMatrix, rotateVector } from '../src/scene/rotation';
import type { PoseTrial } from './pose/report';
import type { BenchContext, BenchOption, BenchResult } from './types';

export const description = 'recovering poses from 20 pictures made by another renderer';

export const options: readonly BenchOption[] = [
  { name: 'resolution', value: 'N', description: 'side of the square that the pictures are fitted into (256)' },
  { name: 'hypotheses', value: 'N', description: 'hypotheses drawn around each start (192)' },
  { name: 'start', value: 'near|none', description: 'only from starts near the truth, or only from no start at all (both)' },
];

const FOLDER = 'pose/visp_castle';
/** Starts lie within these of the truth. */
const START_TURN = (20 * Math.PI) / 180;
const START_SHIFT = 0.2;
/** Success: below 2° and 2 % of the distance. */
const TOLERANCE = { rotationDeg: 2, distanceShare: 0.02 };

interface Frame { readonly image: string; readonly cameraFromObject: readonly (readonly number[])[] }
interface Frames {
  readonly intrinsics: Pick<Camera, 'fx' | 'fy' | 'cx' | 'cy' | 'width' | 'height'>;
  readonly frames: readonly Frame[];
}

interface CastleTrial extends PoseTrial {
  readonly image: string;
  readonly start: 'near' | 'none';
  readonly translationErrorDistances: number;
  readonly startErrorDeg: number;
}

export async function run(context: BenchContext): Promise<BenchResult<CastleTrial>> {
  const file = async (name: string) => context.readFile(context.sharedFile(`${FOLDER}/${name}`));
  const poses = JSON.parse(new TextDecoder().decode(await file('poses.json'))) as Frames;
  const { mesh } = await readMesh('castle.obj', await file('castle.obj'));
  // Faces of one grey each: what the file's normals would say of light does not hold here.
  const object = await prepareObject({ name: mesh.name, positions: mesh.positions, faces: mesh.faces }, 'castle');
  const settings: PoseSettings = {
    ...DEFAULT_POSE_SETTINGS,
    resolution: context.number('resolution', 256) as PoseSettings['resolution'],
    hypotheses: context.number('hypotheses', 192), unknowns: 'rotation+translation', useEncoder: false, learningRate: 0.03,
  };
  const camera: Camera = { ...poses.intrinsics, near: 0.05, far: 5 };
  const trials: CastleTrial[] = [];
  const count = context.trials ?? poses.frames.length;
  const starts = chooseStarts(context.text('start', 'both'));
  for (const start of starts) {
    for (const [i, frame] of poses.frames.slice(0, count).entries()) {
      const image = await decodePng(await file(frame.image));
      const truth = readPose(frame.cameraFromObject, object.center);
      const trial = await recover(object, image, camera, truth, { ...settings, seed: context.seed * 1009 + i }, start, frame.image);
      trials.push(trial);
      context.log(`${frame.image} (${start === 'near' ? `${trial.startErrorDeg.toFixed(0)}° off` : 'no start'}): ${trial.rotationErrorDeg.toFixed(2)}°, ${(100 * trial.translationErrorDistances).toFixed(2)} % of the distance, ${trial.seconds.toFixed(1)} s`);
      await context.partial(report(trials, settings));
    }
  }
  return report(trials, settings);
}

function chooseStarts(name: string): readonly ('near' | 'none')[] {
  if (name === 'both') return ['near', 'none'];
  if (name === 'near' || name === 'none') return [name];
  throw new Error(`--start takes near or none, not "${name}".`);
}

/** Camera-from-object of computer vision (y down, z forward) to OpenGL's frame, for the mesh centred on `center`. */
function readPose(matrix: Frame['cameraFromObject'], center: Vector3): Pose {
  const rows = matrix.slice(0, 3).map((row, i) => (i === 0 ? row : row.map((x) => -x)));
  const rotation = quaternionFromMatrix(rows.flatMap((row) => row.slice(0, 3)));
  const [x, y, z] = rotateVector(rotation, center);
  return { rotation, translation: [rows[0][3] + x, rows[1][3] + y, rows[2][3] + z] };
}

async function decodePng(bytes: Uint8Array<ArrayBuffer>): Promise<ImageRecord> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('This browser has no 2D canvas to read pictures with.');
  context.drawImage(bitmap, 0, 0);
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

/** A pose drawn uniformly from the balls of turns and shifts around the truth. */
function drawStart(truth: Pose, random: Random): PoseStart {
  const inBall = (radius: number): Vector3 => {
    const v = [random.normal(), random.normal(), random.normal()];
    const scale = (radius * Math.cbrt(random.uniform())) / Math.hypot(...v);
    return [v[0] * scale, v[1] * scale, v[2] * scale];
  };
  const rotation = normalizeQuaternion(multiplyQuaternions(expSo3(inBall(START_TURN)), truth.rotation));
  const shift = inBall(START_SHIFT * Math.hypot(...truth.translation));
  const translation: Vector3 = [truth.translation[0] + shift[0], truth.translation[1] + shift[1], truth.translation[2] + shift[2]];
  return { pose: { rotation, translation }, turn: START_TURN, shift: START_SHIFT };
}

async function recover(
  object: PoseObject, image: ImageRecord, camera: Camera, truth: Pose, settings: PoseSettings, from: 'near' | 'none', name: string,
): Promise<CastleTrial> {
  const started = performance.now();
  const start = from === 'near' ? drawStart(truth, createRandom(settings.seed)) : undefined;
  const experiment = await createPoseExperiment({ object, settings, target: { kind: 'image', image, camera, pose: truth }, start });
  const startErrorDeg = experiment.current.metrics.rotationErrorDeg ?? NaN;
  let snapshot = experiment.current;
  while (!snapshot.done) snapshot = await experiment.step();
  experiment.dispose();
  const { rotationErrorDeg = NaN, translationErrorDiameters = NaN, addDiameters = NaN, addSDiameters = NaN, ...metrics } = snapshot.metrics;
  const distances = (translationErrorDiameters * object.diameter) / Math.hypot(...truth.translation);
  const tolerance = { rotationDeg: TOLERANCE.rotationDeg, translationDiameters: (TOLERANCE.distanceShare * Math.hypot(...truth.translation)) / object.diameter };
  return {
    image: name, start: from, seed: settings.seed, startErrorDeg, rotationErrorDeg, translationErrorDiameters, translationErrorDistances: distances,
    addDiameters, addSDiameters, imageMatched: metrics.imageMatched, iterations: metrics.iterations, pixels: metrics.pixels,
    seconds: (performance.now() - started) / 1000,
    failure: classifyFailure({ rotationErrorDeg, translationErrorDiameters }, metrics.imageMatched, tolerance) ?? null,
  };
}

function report(trials: readonly CastleTrial[], settings: PoseSettings): BenchResult<CastleTrial> {
  const groups = (['near', 'none'] as const).map((start) => ({ start, own: trials.filter((t) => t.start === start) })).filter(({ own }) => own.length);
  const right = (own: readonly CastleTrial[]): number => own.filter((t) => t.failure === null).length;
  const degrees = `${TOLERANCE.rotationDeg}° and ${100 * TOLERANCE.distanceShare} % of the distance`;
  return {
    object: 'castle', settings: { ...settings }, trials,
    summary: Object.fromEntries(groups.map(({ start, own }) => [start, { trials: own.length, right: right(own) }])),
    table: [
      ['start', 'picture', 'rotation', 'distance', 'seconds', ''],
      ...trials.map((t) => [
        t.start, t.image, `${t.rotationErrorDeg.toFixed(2)}°`, `${(100 * t.translationErrorDistances).toFixed(2)} %`, t.seconds.toFixed(1), t.failure ?? '',
      ]),
      ...groups.map(({ start, own }) => [start, `under ${degrees}`, `${right(own)} of ${own.length}`, '', '', '']),
    ],
  };
}
