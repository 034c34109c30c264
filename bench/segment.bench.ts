// Learns the parts of shapes: of our own families, tested on members that it never saw, or of a folder of labelled clouds, in folds.
import { createGeneratedDataset, learnSettingsFor, type LearnDataset, type LearnSettings } from '../src/experiments/learn';
import { SHIPPED_SEGMENTER } from './learn/shippedSettings';
import { foldOf } from './learn/folds';
import { nearestPointParts } from './learn/nearestPointParts';
import { openFolder } from './learn/openFolder';
import { settingsFrom } from './learn/settingsFrom';
import { percent, spread, trainOnce } from './learn/trainOnce';
import type { BenchContext, BenchOption, BenchResult } from './types';

export const description = 'parts of our own shapes, held out from training, or of a folder of labelled clouds in folds';

export const options: readonly BenchOption[] = [
  { name: 'families', value: 'A,B', description: 'whose parts are learnt, one family at a time (mug,chair,airplane,hammer)' },
  { name: 'data', value: 'DIR', description: 'labelled files instead, such as the shared pointclouds/shapenetpart_cap' },
  { name: 'folds', value: 'N', description: 'of a folder (4)' },
  { name: 'model', value: 'NAME', description: 'pointnet, pointnet2, pointnet2-msg, dgcnn, pointconv, montecarlo, kpconv, kpconv-deformable, and of meshes feastnet, graphconv or meshedgeconv (dgcnn)' },
  { name: 'places', description: 'points\' places alone go in, not normals (estimated where the files have none)' },
  { name: 'points', value: 'N', description: 'of each cloud (512)' },
  { name: 'epochs', value: 'N', description: 'times that every shape is seen (by the settings)' },
  { name: 'shapes', value: 'N', description: 'members of a family to learn from (480)' },
  { name: 'test-shapes', value: 'N', description: 'members to test (48)' },
  { name: 'width', value: 'F', description: 'of the layers, 1 for the paper\'s' },
  { name: 'batch', value: 'N', description: 'shapes a step' },
  { name: 'rate', value: 'F', description: 'learning rate at its height' },
  { name: 'smoothing', value: 'F', description: 'of labels' },
  { name: 'rotation', value: 'none|upright|any', description: 'how shapes are turned' },
  { name: 'jitter', value: 'F', description: 'shift of points' },
  { name: 'scale', value: 'F', description: 'of shapes, at most 1 + this' },
  { name: 'dropout', value: 'F', description: 'share of points dropped at most' },
  { name: 'weights', description: 'parts of few points count more' },
  { name: 'mirror', description: 'mirror half of the clouds left to right' },
];

interface Row { readonly name: string; readonly fold?: number; readonly meanIou: number; readonly nearest: number; readonly accuracy: number; readonly perPart: Readonly<Record<string, number>>; readonly seconds: number }

export async function run(context: BenchContext): Promise<BenchResult> {
  const folder = context.text('data');
  const trials: Row[] = [];
  const jobs = folder === undefined ? familyJobs(context) : await folderJobs(context, folder);
  for (const { name, fold, settings, dataset } of jobs) {
    const nearest = await nearestPointParts(dataset, settings);
    context.log(`${name}${fold === undefined ? '' : `, fold ${fold + 1}`}: nearest points reach mIoU ${percent(nearest)}`);
    const { experiment, evaluation, seconds } = await trainOnce(settings, dataset, context.log);
    const parts = evaluation.perPartIou ?? [];
    trials.push({
      name, ...(fold !== undefined && { fold }), meanIou: evaluation.meanIou ?? NaN, nearest, accuracy: evaluation.accuracy, seconds,
      perPart: Object.fromEntries(experiment.classNames.map((part, k) => [part, parts[k]])),
    });
    experiment.dispose();
    await context.partial(resultOf());
  }
  return resultOf();

  function resultOf(): BenchResult<Row> {
    const names = [...new Set(trials.map((row) => row.name))];
    return {
      object: folder ?? 'our own families', settings: { ...jobs[0].settings }, trials,
      summary: { meanIou: trials.reduce((sum, row) => sum + row.meanIou, 0) / trials.length },
      table: [['', 'mIoU', 'points right', 'nearest points', 'parts', 'seconds'], ...names.map((name) => {
        const rows = trials.filter((row) => row.name === name);
        return [
          name, spread(rows.map(({ meanIou }) => meanIou)), spread(rows.map(({ accuracy }) => accuracy)), spread(rows.map(({ nearest }) => nearest)),
          Object.keys(rows[0].perPart).map((part) => `${part} ${percent(rows.reduce((sum, { perPart }) => sum + perPart[part], 0) / rows.length)}`).join(', '),
          rows.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(0),
        ];
      })],
    };
  }
}

interface Job { readonly name: string; readonly fold?: number; readonly settings: LearnSettings; readonly dataset: LearnDataset }

function familyJobs(context: BenchContext): Job[] {
  return context.text('families', 'mug,chair,airplane,hammer').split(',').map((family) => {
    const settings = settled(context, settingsFrom(context, { ...SHIPPED_SEGMENTER, families: [family] }));
    return { name: family, settings, dataset: createGeneratedDataset(settings) };
  });
}

async function folderJobs(context: BenchContext, folder: string): Promise<Job[]> {
  const dataset = await openFolder(context, folder, 'segment');
  const defaults = learnSettingsFor('segment');
  const settings = settled(context, settingsFrom(context, { ...defaults, batchSize: 4, epochs: 150, augmentation: { ...defaults.augmentation, rotation: 'none', scale: 0.15, mirror: true } }));
  const folds = context.number('folds', 4);
  return Array.from({ length: folds }, (_, fold) => ({ name: dataset.name, fold, settings, dataset: foldOf(dataset, fold, folds) }));
}

/** How far the training is should show now and then. */
const settled = (context: BenchContext, settings: LearnSettings): LearnSettings => ({ ...settings, evaluateEvery: 50, ...(context.flag('weights') && { classWeights: true }) });
