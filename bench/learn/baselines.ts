import { stepsPerEpoch } from '../../src/experiments/learn/batches';
import type { LearnDataset, LearnSettings } from '../../src/experiments/learn';
import { createShapeReader, drawShape } from '../../src/experiments/learn/shapes';
import { nearestNeighbors } from '../../src/scene/nearestNeighbors';
import { createRandom } from '../../src/scene/random';
import { shapeFeatures } from './shapeFeatures';
import { trainSoftmax } from './softmaxRegression';

// What anybody reaches without a network: the label of the nearest training cloud, and a linear classifier of shape features.

/** Points of each cloud that are compared. */
const COMPARED = 256;
/** Training clouds each test cloud is compared with: of more, those whose features are nearest. */
const MOST_COMPARED = 200;

interface Described {
  readonly label: number;
  readonly positions: Float32Array;
  readonly features: Float64Array;
}

/** @param progress told the share that is done. */
export async function runBaselines(dataset: LearnDataset, settings: LearnSettings, progress: (line: string) => void): Promise<{ nearest: number; features: number }> {
  const [train, test] = [await describe(dataset, 'train', settings), await describe(dataset, 'test', settings)];
  progress(`baselines: ${train.length + test.length} clouds described`);
  const { scaled, apply } = standardize(train.map(({ features }) => features));
  const labels = Int32Array.from(train, ({ label }) => label);
  const classify = trainSoftmax(scaled, labels, dataset.classNames.length);
  const right = { nearest: 0, features: 0 };
  for (const one of test) {
    const features = apply(one.features);
    if (classify(features) === one.label) right.features++;
    if (nearestLabel(one, features, train, scaled) === one.label) right.nearest++;
    await new Promise<void>((resolve) => { setTimeout(resolve, 0); });
  }
  return { nearest: right.nearest / test.length, features: right.features / test.length };
}

async function describe(dataset: LearnDataset, part: 'train' | 'test', settings: LearnSettings): Promise<Described[]> {
  const read = createShapeReader(dataset[part], settings);
  const described: Described[] = [];
  // As many as a training would see in an epoch.
  const count = part === 'train' ? stepsPerEpoch(settings, dataset.train.count) * Math.min(settings.batchSize, dataset.train.count) : dataset.test.count;
  for (let i = 0; i < Math.max(count, dataset[part].count); i++) {
    const { cloud, label } = drawShape(await read(i), { ...settings, points: Math.max(COMPARED, settings.points) }, createRandom(i + 1), false);
    described.push({ label: label ?? -1, positions: cloud.positions.slice(0, 3 * COMPARED), features: shapeFeatures(cloud.positions, createRandom(i + 1)) });
  }
  return described;
}

function standardize(rows: readonly Float64Array[]): { readonly scaled: Float64Array[]; apply(row: Float64Array): Float64Array } {
  const [mean, deviation] = [new Float64Array(rows[0].length), new Float64Array(rows[0].length)];
  for (const row of rows) row.forEach((x, i) => { mean[i] += x / rows.length; });
  for (const row of rows) row.forEach((x, i) => { deviation[i] += (x - mean[i]) ** 2 / rows.length; });
  // What never varies says nothing.
  const apply = (row: Float64Array) => row.map((x, i) => (deviation[i] > 0 ? (x - mean[i]) / Math.sqrt(deviation[i]) : 0));
  return { scaled: rows.map(apply), apply };
}

/** The label of the training cloud of least Chamfer distance. */
function nearestLabel(one: Described, features: Float64Array, train: readonly Described[], scaled: readonly Float64Array[]): number {
  const far = scaled.map((row) => row.reduce((sum, x, i) => sum + (x - features[i]) ** 2, 0));
  const candidates = train.map((_, i) => i).sort((a, b) => far[a] - far[b]).slice(0, MOST_COMPARED);
  let [best, label] = [Infinity, -1];
  for (const i of candidates) {
    const distance = chamfer(one.positions, train[i].positions);
    if (distance < best) [best, label] = [distance, train[i].label];
  }
  return label;
}

function chamfer(a: Float32Array, b: Float32Array): number {
  const mean = (points: Float32Array, queries: Float32Array) =>
    nearestNeighbors(points, 3, 1, { queries }).squaredDistances.reduce((sum, x) => sum + x, 0) / (queries.length / 3);
  return mean(a, b) + mean(b, a);
}
