// A shipped encoder on poses it never saw: alone, and followed by at most 20 steps of the engine's refinement from its best guesses; beside
// the same network with a single hypothesis, trained by the same code.
import { loadEncoder, type EncoderSettings, type LoadedEncoder } from '../src/experiments/pose/encoder';
import { drawSamples, type Sample } from '../src/experiments/pose/encoder/samples';
import { objectRadius, poseCamera } from '../src/experiments/pose/camera';
import { renderBatch } from '../src/experiments/pose/decoder';
import { createDecoderMesh, disposeDecoderMesh, type DecoderMesh } from '../src/experiments/pose/decoderMesh';
import { measurePoseErrors, type PoseErrors } from '../src/experiments/pose/metrics';
import type { PoseObject } from '../src/experiments/pose/protocol';
import { DEFAULT_POSE_SETTINGS, type PoseSettings } from '../src/experiments/pose/settings';
import { BACKGROUND, type LinearImage } from '../src/experiments/pose/target';
import * as tf from '../src/graphics/tf';
import type { Camera } from '../src/scene/camera';
import { createRandom } from '../src/scene/random';
import { REFINED_GUESSES, refineGuesses } from './encoder/refineGuesses';
import { encoderTable, summarizeLooks, type Look } from './encoder/report';
import { loadPoseObject } from './pose/loadObject';
import { publicFile } from './publicFile';
import type { BenchContext, BenchOption, BenchResult } from './types';

export const description = 'a shipped encoder on poses it never saw, alone and refined, beside the same network with one hypothesis';

export const options: readonly BenchOption[] = [
  { name: 'object', value: 'NAME', description: 'whose encoder: public/encoders/NAME, and NAME-single beside it (cube)' },
];

const DEFAULT_TRIALS = 200;
/** Far from every stream that training draws its poses from. */
const UNSEEN = 0x0b5e55ed;

const POSE_SETTINGS: PoseSettings = { ...DEFAULT_POSE_SETTINGS, unknowns: 'rotation+translation' };

export async function run(context: BenchContext): Promise<BenchResult<Look>> {
  const name = context.text('object', 'cube');
  const object = await loadPoseObject(context, undefined, name);
  const many = await loadEncoder(publicFile(`encoders/${name}/model.json`));
  const single = await loadEncoder(publicFile(`encoders/${name}-single/model.json`)).catch(() => undefined);
  if (!single) context.log(`There is no encoder with a single hypothesis: npm run train -- --object ${name} --hypotheses 1`);
  const trained = many.provenance?.settings as unknown as EncoderSettings;
  const camera = poseCamera(objectRadius(object), POSE_SETTINGS.resolution);
  const mesh = createDecoderMesh(object.mesh, BACKGROUND, camera.width);
  const count = context.trials ?? DEFAULT_TRIALS;
  const samples = drawSamples(createRandom((context.seed ^ UNSEEN) >>> 0), count, objectRadius(object), trained);
  const trials: Look[] = [];
  const result = (): BenchResult<Look> => ({
    object: object.id,
    settings: { ...POSE_SETTINGS, refinedGuesses: REFINED_GUESSES, encoder: many.provenance, single: single?.provenance },
    trials, summary: summarizeLooks(trials), table: encoderTable(trials, many.provenance, single?.provenance),
  });
  for (const [i, sample] of samples.entries()) {
    const image = await draw(sample, mesh, camera);
    const look: Look = {
      seed: context.seed * 100_003 + i,
      ...(await lookOnce(many, object, sample, image, camera)),
      single: single && await lookOnce(single, object, sample, image, camera),
    };
    trials.push(look);
    context.log(`${i + 1}/${count}: alone ${look.alone.rotationErrorDeg.toFixed(1)}°, refined ${look.rotationErrorDeg.toFixed(2)}°${look.single ? `; single ${look.single.alone.rotationErrorDeg.toFixed(1)}°, refined ${look.single.rotationErrorDeg.toFixed(2)}°` : ''}`);
    if (i % 10 === 9) await context.partial(result());
  }
  disposeDecoderMesh(mesh);
  many.dispose();
  single?.dispose();
  return result();
}

async function lookOnce(encoder: LoadedEncoder, object: PoseObject, sample: Sample, image: LinearImage, camera: Camera) {
  const started = performance.now();
  const rgb = new Float32Array(3 * image.height * image.width);
  for (let i = 0; i < rgb.length; i++) rgb[i] = image.data[4 * Math.floor(i / 3) + (i % 3)];
  const guesses = await encoder.guess({ height: image.height, width: image.width, data: rgb }, camera);
  const looked = performance.now();
  const refined = await refineGuesses(object, POSE_SETTINGS, image, camera, guesses, sample.light);
  const errorsOf = (pose: Sample['pose']): PoseErrors => measurePoseErrors(pose, sample.pose, object);
  const errors = errorsOf(refined.pose);
  return {
    ...errors,
    alone: errorsOf(guesses[0].pose),
    nearestGuessDeg: Math.min(...guesses.slice(0, REFINED_GUESSES).map((guess) => errorsOf(guess.pose).rotationErrorDeg)),
    guesses: guesses.length, iterations: refined.iterations, pixels: refined.pixels,
    lookSeconds: (looked - started) / 1000, seconds: (performance.now() - started) / 1000,
    failure: errors.rotationErrorDeg < 5 ? null : 'not under 5°' as const,
  };
}

/** The image to explain, at full size; values in 0…1. */
async function draw(sample: Sample, mesh: DecoderMesh, camera: Camera): Promise<LinearImage> {
  const image = tf.tidy(() => {
    const drawn = renderBatch(mesh, { poses: [sample.pose], lights: sample.light && [sample.light] }, camera).image;
    return tf.clipByValue(tf.add(drawn, tf.tensor1d([...BACKGROUND, 0])), 0, 1);
  });
  const data = await image.data() as Float32Array;
  image.dispose();
  return { height: camera.height, width: camera.width, data };
}
