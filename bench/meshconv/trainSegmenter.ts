import { stackShapes, type LabelledBatch } from '../../src/experiments/learn/batches';
import { addConfusion, countPrediction, createConfusion, intersectionsOverUnions, meanOfNumbers, overallAccuracy } from '../../src/experiments/learn/confusion';
import { learningRateAt } from '../../src/experiments/learn/course';
import { largest } from '../../src/experiments/learn/evaluate';
import { createLearner, type Learner } from '../../src/experiments/learn/learner';
import type { LearnSettings } from '../../src/experiments/learn/settings';
import { createFeastNet } from '../../src/graphics/nn/model/feastnet';
import { createRandom } from '../../src/scene/random';
import type { MeshExample } from './meshShapes';

/** Networks by their names on the command line. */
export const NETWORKS = {
  feastnet: { title: 'FeaStNet, three scales', model: 'feastnet' },
  'feastnet-flat': { title: 'FeaStNet, one scale', model: 'feastnet' },
  graphconv: { title: 'Graph convolution', model: 'graphconv' },
  meshedgeconv: { title: 'EdgeConv on the mesh', model: 'meshedgeconv' },
  pointnet: { title: 'PointNet', model: 'pointnet' },
} as const;
export type NetworkName = keyof typeof NETWORKS;

/** What came of one test shape. */
export interface TestedShape {
  readonly family: string;
  /** Share of its vertices that are right. */
  readonly accuracy: number;
  /** Mean over the parts that it has or is said to have. */
  readonly meanIou: number;
}

export interface Trained {
  readonly shapes: readonly TestedShape[];
  /** Of each class over all shapes. */
  readonly perClassIou: readonly number[];
  readonly parameters: number;
  readonly seconds: number;
}

export interface Course {
  readonly network: NetworkName;
  readonly settings: LearnSettings;
  readonly classCount: number;
  readonly train: readonly MeshExample[];
  readonly test: readonly MeshExample[];
  log(line: string): void;
}

/** Trains one network by the settings, in batches that are prepared once and come in another order in every epoch, and tests it. */
export async function trainSegmenter({ network, settings, classCount, train, test, log }: Course): Promise<Trained> {
  const started = performance.now();
  const learner = createLearner(settings, classCount, undefined, network === 'feastnet-flat' ? (_id, options) => createFeastNet({ ...options, scales: 1 }) : undefined);
  const random = createRandom(settings.seed);
  const shuffled = <T>(list: readonly T[]): T[] => list.map((item) => ({ item, key: random.uniform() })).sort((a, b) => a.key - b.key).map(({ item }) => item);
  const batches = batchesOf(shuffled(train), settings).map((batch) => learner.prepare(batch));
  const steps = settings.epochs * batches.length;
  let step = 0;
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    let [loss, right] = [0, 0];
    for (const batch of shuffled(batches)) {
      const read = learner.learn(batch, learningRateAt(step++, steps, settings));
      const [l, r] = await read.data();
      read.dispose();
      [loss, right] = [loss + l / batches.length, right + r / batches.length];
    }
    log(`${NETWORKS[network].title}: epoch ${epoch + 1}/${settings.epochs}, loss ${loss.toFixed(3)}, ${(100 * right).toFixed(1)} % of the training vertices, ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  batches.forEach((batch) => batch.dispose());
  const tested = await testSegmenter(learner, test, settings, classCount);
  const parameters = learner.model.trainableWeights.reduce((sum, { shape }) => sum + shape.reduce<number>((size, n) => size * (n ?? 1), 1), 0);
  learner.dispose();
  return { ...tested, parameters, seconds: (performance.now() - started) / 1000 };
}

function batchesOf(examples: readonly MeshExample[], settings: LearnSettings): LabelledBatch[] {
  const count = Math.ceil(examples.length / settings.batchSize);
  return Array.from({ length: count }, (_, i) => examples.slice(i * settings.batchSize, (i + 1) * settings.batchSize)).map((list) =>
    stackShapes(list.map(({ mesh, labels }) => ({ cloud: { name: mesh.name, positions: mesh.positions, normals: mesh.normals, labels }, faces: mesh.faces })), settings, settings.seed));
}

async function testSegmenter(learner: Learner, test: readonly MeshExample[], settings: LearnSettings, classCount: number): Promise<Pick<Trained, 'shapes' | 'perClassIou'>> {
  const all = createConfusion(classCount);
  const shapes: TestedShape[] = [];
  for (const { points, truth } of batchesOf(test, settings)) {
    const batch = learner.prepare({ points, truth });
    const { probabilities, loss } = learner.look(batch);
    const scores = await probabilities.data();
    probabilities.dispose();
    loss.dispose();
    batch.dispose();
    for (let b = 0; b < points.batch; b++) {
      const own = createConfusion(classCount);
      truth.subarray(b * points.count, (b + 1) * points.count).forEach((label, v) => {
        if (label >= 0) countPrediction(own, label, largest(scores, (b * points.count + v) * classCount, classCount));
      });
      addConfusion(all, own);
      shapes.push({ family: test[shapes.length].family, accuracy: overallAccuracy(own), meanIou: meanOfNumbers(intersectionsOverUnions(own)) });
    }
  }
  return { shapes, perClassIou: intersectionsOverUnions(all) };
}
