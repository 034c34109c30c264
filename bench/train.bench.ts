// Trains an object's encoder by rendering, or a network on our own shapes, and writes it as model.json and weights.bin. `npm run train -- …` runs this.
import {
  createEncoderTrainer, encoderSettingsFor, toFiles, type EncoderEvaluation, type EncoderSettings, type EncoderTrainer,
} from '../src/experiments/pose/encoder';
import { version } from '../package.json';
import { packCheckpoint, unpackCheckpoint } from './encoder/checkpointFile';
import { trainNetwork } from './learn/trainNetwork';
import { loadPoseObject } from './pose/loadObject';
import type { BenchContext, BenchOption, BenchResult } from './types';

export const description = 'trains the encoder of an object by rendering, or with --network a network on our own shapes; --resume goes on from the last checkpoint';

export const options: readonly BenchOption[] = [
  { name: 'object', value: 'NAME', description: 'a built-in object (cube)' },
  { name: 'mesh', value: 'FILE', description: 'a mesh file instead' },
  { name: 'steps', value: 'N', description: 'length of the training (by the settings)' },
  { name: 'hypotheses', value: 'K', description: 'hypotheses a look yields (by the settings); 1 for the single-hypothesis comparison' },
  { name: 'batch', value: 'N', description: 'images or shapes a step (by the settings)' },
  { name: 'every', value: 'N', description: 'steps between checkpoints, each with an evaluation (100)' },
  { name: 'network', value: 'classify|segment', description: 'a network on points instead: all families, or the parts of one' },
  { name: 'family', value: 'NAME', description: 'whose parts the network tells apart (mug)' },
  { name: 'model', value: 'NAME', description: 'kind of the network (pointnet)' },
  { name: 'width', value: 'F', description: 'of the network\'s layers' },
  { name: 'points', value: 'N', description: 'that the network sees of each shape' },
  { name: 'epochs', value: 'N', description: 'times that the network sees every shape' },
  { name: 'shapes', value: 'N', description: 'of each family, to learn from' },
  { name: 'rotation', value: 'none|upright|any', description: 'how the network\'s shapes are turned (upright)' },
];

interface Row { readonly step: number; readonly loss: number | undefined; readonly shareUnder30: number; readonly shareAnyUnder30: number; readonly medianDeg: number }

const HELD_BACK = 96;

export async function run(context: BenchContext): Promise<BenchResult> {
  if (context.text('network') !== undefined) return trainNetwork(context, options);
  const name = context.text('object', 'cube');
  const object = await loadPoseObject(context, context.text('mesh'), name);
  const settings = settingsFrom(context, encoderSettingsFor(object.mesh));
  const label = settings.architecture.hypotheses === 1 ? `${object.id}-single` : object.id;
  const saved = context.resume ? await context.loadCheckpoint(label) : undefined;
  if (context.resume && !saved) context.log('There is no checkpoint: starting from the beginning.');
  const trainer = await createEncoderTrainer({
    object, settings, seed: context.seed, heldBack: HELD_BACK, checkpoint: saved && unpackCheckpoint(saved),
  });
  const every = context.number('every', 100);
  const trials: Row[] = [];
  const started = performance.now();
  while (trainer.step < settings.steps) {
    await trainer.advance();
    if (trainer.step % every !== 0 && trainer.step < settings.steps) continue;
    const row = rowOf(trainer, await trainer.evaluate());
    trials.push(row);
    context.log(`${row.step}: loss ${row.loss?.toFixed(3)}, under 30° ${percent(row.shareUnder30)} (any guess ${percent(row.shareAnyUnder30)}), median ${row.medianDeg.toFixed(1)}°, ${((performance.now() - started) / 1000).toFixed(0)} s`);
    await context.saveCheckpoint(label, packCheckpoint(await trainer.checkpoint()));
    await write(context, trainer, row, label);
    await context.partial(resultOf());
  }
  trainer.dispose();
  return resultOf();

  function resultOf(): BenchResult<Row> {
    const last = trials.at(-1);
    return {
      object: object.id, settings: { ...settings }, trials, summary: { ...last },
      table: [['steps', 'loss', 'under 30°', 'any guess', 'median'], ...trials.map((row) =>
        [String(row.step), row.loss?.toFixed(3) ?? '', percent(row.shareUnder30), percent(row.shareAnyUnder30), `${row.medianDeg.toFixed(1)}°`])],
    };
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const rowOf = (trainer: EncoderTrainer, { step, shareUnder30, shareAnyUnder30, medianDeg }: EncoderEvaluation): Row =>
  ({ step, loss: trainer.loss, shareUnder30, shareAnyUnder30, medianDeg });

function settingsFrom(context: BenchContext, defaults: EncoderSettings): EncoderSettings {
  return {
    ...defaults,
    steps: context.number('steps', defaults.steps),
    batch: context.number('batch', defaults.batch),
    architecture: { ...defaults.architecture, hypotheses: context.number('hypotheses', defaults.architecture.hypotheses) },
  };
}

/** Where the encoder goes, if anywhere was named: what there is so far is already usable. */
async function write(context: BenchContext, trainer: EncoderTrainer, row: Row, label: string): Promise<void> {
  if (context.out === undefined) return;
  const given = options.filter(({ name }) => !['every'].includes(name) && context.text(name) !== undefined).map(({ name }) => `--${name} ${context.text(name)}`);
  const command = ['npm run train --', ...given, ...(context.seed === 1 ? [] : [`--seed ${context.seed}`])].join(' ');
  const { shareUnder30, shareAnyUnder30, medianDeg } = row;
  const { modelJson, weights } = toFiles(await trainer.artifacts({ command, version, heldBack: { poses: HELD_BACK, shareUnder30, shareAnyUnder30, medianDeg } }));
  const folder = `${context.out}/${label}`;
  await context.writeFile(`${folder}/weights.bin`, new Uint8Array(weights));
  await context.writeFile(`${folder}/model.json`, new TextEncoder().encode(modelJson));
}
