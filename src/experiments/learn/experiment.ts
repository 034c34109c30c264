import { balancedWeights } from '../../graphics/nn/loss/softmaxCrossEntropy';
import { pointCount, type PointCloud } from '../../scene/pointCloud';
import { createRandom } from '../../scene/random';
import { toLearnArtifacts, weightsFromArtifacts } from './artifacts';
import { batchSizeOf, createSchedule, stackShapes, stepsPerEpoch, type LabelledBatch } from './batches';
import { learningRateAt } from './course';
import { evaluateBatches, type TestBatch } from './evaluate';
import { createGeneratedDataset } from './generated';
import { inspectLayers } from './inspect';
import { createTurns } from './inTurn';
import { createKeptStates } from './keptStates';
import { createLearner, type PreparedLabelled } from './learner';
import { countClasses } from './classCounts';
import { mixBatch } from './mixBatch';
import { pickPoints } from './points';
import type {
  LearnCheckpoint, LearnEvaluation, LearnExample, LearnExperiment, LearnExperimentOptions, LearnInspection, LearnPrediction, LearnSnapshot,
} from './protocol';
import { createShapeReader, drawShape, shapeOf, type Shape } from './shapes';
import { withoutPoints } from './withoutPoints';
import { layerSeed, streamSeed } from './streams';

const isExample = (shape: PointCloud | LearnExample): shape is LearnExample => 'cloud' in shape;

/** Lets whoever waits have a turn. */
const breathe = () => new Promise<void>((resolve) => { setTimeout(resolve, 0); });

/**
 * Starts a training on point clouds or meshes. Nothing in it touches the DOM; whoever steps it decides when it pauses, and between batches
 * the thread is free for a moment. The same settings on the same data and backend give the same numbers.
 * @throws Error where a checkpoint was made by other settings or weights do not fit; SceneError where the data cannot be learnt from.
 */
export async function createLearnExperiment(options: LearnExperimentOptions): Promise<LearnExperiment> {
  const { settings, checkpoint, onProgress } = options;
  const dataset = options.dataset ?? createGeneratedDataset(settings);
  const { classNames } = dataset;
  const readShape = { train: createShapeReader(dataset.train, settings), test: createShapeReader(dataset.test, settings) };
  const counts = settings.classWeights ? await countClasses(dataset, readShape.train, settings, onProgress) : undefined;
  // Parts differ in size by tens: weights inverse to their points' number itself would have the small ones seen everywhere.
  const learner = createLearner(settings, classNames.length, counts && balancedWeights(settings.task === 'segment' ? counts.map(Math.sqrt) : counts));
  const inTurn = createTurns();
  const epochSteps = stepsPerEpoch(settings, dataset.train.count);
  const lastStep = settings.epochs * epochSteps;
  const schedule = createSchedule(settings, dataset.train.count);
  const { history, states } = await begin().catch((error: unknown) => {
    learner.dispose();
    throw error;
  });
  let ahead: { readonly step: number; readonly batch: Promise<PreparedLabelled> } | undefined;

  async function begin() {
    if (options.weights) {
      const fresh = await learner.state();
      learner.restore({ ...fresh, weights: await weightsFromArtifacts(options.weights, fresh.weights, learner, settings, classNames, options.transfer) });
    }
    const states = createKeptStates(await learner.state(), epochSteps);
    if (!checkpoint) return { history: [{ step: 0, epoch: 0, loss: NaN, accuracy: NaN, done: lastStep === 0 } as LearnSnapshot], states };
    checkCheckpoint(checkpoint, options);
    const step = checkpoint.history.length - 1;
    const state = { step, weights: checkpoint.weights, optimizer: checkpoint.optimizer };
    learner.restore(state);
    states.keep(state);
    return { history: [...checkpoint.history], states };
  }

  async function trainingBatch(step: number): Promise<PreparedLabelled> {
    const shapes: Shape[] = [];
    for (const [k, index] of [...schedule(step)].entries()) {
      shapes.push(drawShape(await readShape.train(index), settings, createRandom(streamSeed(settings.seed, 'augmentation', step, k)), true));
    }
    await breathe();
    return learner.prepare(mixed(stackShapes(shapes, settings, layerSeed(settings.seed, 'neighbourhoods', step)), step));
  }

  function mixed(batch: LabelledBatch, step: number): LabelledBatch {
    const { task, augmentation: { mixing = 0 } } = settings;
    const random = createRandom(streamSeed(settings.seed, 'mixing', step));
    return task === 'classify' && !batch.points.faces && random.uniform() < mixing ? mixBatch(batch, random) : batch;
  }

  /** The batch of a step, which may have been prepared ahead. */
  async function takeBatch(step: number): Promise<PreparedLabelled> {
    const found = ahead;
    ahead = undefined;
    if (found?.step === step) return found.batch;
    discard(found);
    return trainingBatch(step);
  }

  function prepareAhead(step: number): void {
    const batch = trainingBatch(step);
    // Whoever takes the batch hears of it; until then nobody does.
    batch.catch(() => undefined);
    ahead = { step, batch };
  }

  function discard(batch: typeof ahead): void {
    batch?.batch.then((made) => made.dispose(), () => undefined);
  }

  async function takeStep(): Promise<LearnSnapshot> {
    const step = learner.steps;
    const batch = await takeBatch(step);
    const read = learner.learn(batch, learningRateAt(step, lastStep, settings));
    batch.dispose();
    if (step + 1 < lastStep) prepareAhead(step + 1);
    const [loss, accuracy] = await read.data();
    read.dispose();
    await breathe();
    const done = step + 1 >= lastStep;
    const evaluation = history[step + 1]?.evaluation ?? (done || (step + 1) % settings.evaluateEvery === 0 ? await evaluate() : undefined);
    const snapshot: LearnSnapshot = { step: step + 1, epoch: (step + 1) / epochSteps, loss, accuracy, ...(evaluation && { evaluation }), done };
    history[step + 1] = snapshot;
    if (states.wants(step + 1)) states.keep(await learner.state());
    return snapshot;
  }

  async function* testBatches(): AsyncGenerator<TestBatch> {
    const size = Math.min(batchSizeOf(settings, dataset.train.count), dataset.test.count);
    for (let start = 0; start < dataset.test.count; start += size) {
      const indices = Array.from({ length: Math.min(size, dataset.test.count - start) }, (_, i) => start + i);
      const shapes: Shape[] = [];
      for (const index of indices) shapes.push(drawShape(await readShape.test(index), settings, testRandom(), false));
      // A batch of another size would make the device compile its programs once more.
      while (shapes.length < size) shapes.push({ ...shapes[0], label: undefined, cloud: { ...shapes[0].cloud, labels: undefined } });
      await breathe();
      yield { batch: stackShapes(shapes, settings, layerSeed(settings.seed, 'neighbourhoods', -1)), indices };
    }
  }

  // Of a shape the same points are drawn whether it is measured among others or looked at alone.
  const testRandom = () => createRandom(streamSeed(settings.seed, 'test points'));
  const evaluate = (): Promise<LearnEvaluation> => evaluateBatches(learner, testBatches(), settings, classNames.length);

  /** A shape as the network sees it, without some of its points: short ones are filled up with points of their own that do not count. */
  function seen(given: PointCloud | LearnExample, without: readonly number[] = []): { readonly batch: LabelledBatch; readonly cloud: PointCloud } {
    const example: LearnExample = isExample(given) ? given : { name: given.name, cloud: given };
    const shape = shapeOf(example, settings);
    const all = shape.faces ? pointCount(shape.cloud) : Math.min(settings.points, pointCount(shape.cloud));
    const { cloud, faces, radius } = withoutPoints(drawShape(shape, { ...settings, points: all }, testRandom(), false), without);
    const count = pointCount(cloud);
    const filled = faces || count === settings.points ? cloud : pickPoints(cloud, Int32Array.from({ length: settings.points }, (_, i) => i % count));
    const { points, truth } = stackShapes([{ cloud: filled, faces, radius }], settings, layerSeed(settings.seed, 'neighbourhoods', -1));
    return { batch: { points: { ...points, ...(filled !== cloud && { sizes: Int32Array.of(count) }) }, truth }, cloud };
  }

  async function predict(given: PointCloud | LearnExample, without?: readonly number[]): Promise<LearnPrediction> {
    const { batch, cloud } = seen(given, without);
    const prepared = learner.prepare(batch);
    const { probabilities, loss } = learner.look(prepared);
    loss.dispose();
    prepared.dispose();
    const values = Float32Array.from(await probabilities.data());
    probabilities.dispose();
    const rows = settings.task === 'classify' ? 1 : pointCount(cloud);
    return { task: settings.task, probabilities: values.slice(0, rows * classNames.length), cloud };
  }

  async function inspect(given: PointCloud | LearnExample): Promise<LearnInspection> {
    const prediction = await predict(given);
    const { batch } = seen(given);
    const prepared = learner.prepare(batch);
    try {
      return { prediction, layers: await inspectLayers(learner.model, prepared.prepared) };
    } finally {
      prepared.dispose();
    }
  }

  async function rewind(step: number): Promise<LearnSnapshot> {
    const wanted = Math.min(Math.max(0, Math.round(step)), history.length - 1);
    const kept = states.at(wanted);
    if (wanted < learner.steps || kept.step > learner.steps) learner.restore(kept);
    while (learner.steps < wanted) await takeStep();
    return history[wanted];
  }

  const checkpointNow = async (): Promise<LearnCheckpoint> => {
    const { step, weights, optimizer } = await learner.state();
    return { version: 1, settings, history: history.slice(0, step + 1), weights, optimizer };
  };

  return {
    settings, dataset, classNames, layerNames: learner.model.layerNames,
    parameterCount: learner.model.trainableWeights.reduce((sum, { shape }) => sum + shape.reduce<number>((size, n) => size * (n ?? 1), 1), 0),
    trainCount: dataset.train.count, testCount: dataset.test.count, stepsPerEpoch: epochSteps,
    get current() {
      return history[learner.steps];
    },
    get history() {
      return history;
    },
    get keptSteps() {
      return states.steps;
    },
    step: () => inTurn(() => (history[learner.steps].done ? Promise.resolve(history[learner.steps]) : takeStep())),
    rewind: (step) => inTurn(() => rewind(step)),
    evaluate: () => inTurn(evaluate),
    example: async (part, index) => dataset[part].read(index),
    predict: (shape, without) => inTurn(() => predict(shape, without)),
    inspect: (shape) => inTurn(() => inspect(shape)),
    checkpoint: () => inTurn(checkpointNow),
    artifacts: (about) => inTurn(() => toLearnArtifacts(learner, { settings, classNames, dataset: dataset.name, steps: learner.steps, ...about })),
    dispose() {
      discard(ahead);
      ahead = undefined;
      learner.dispose();
    },
  };
}

function checkCheckpoint({ version, settings, history }: LearnCheckpoint, options: LearnExperimentOptions): void {
  if (version !== 1 || history.length === 0) throw new Error('This checkpoint was not made by this version of the training: begin again.');
  if (JSON.stringify(settings) !== JSON.stringify(options.settings)) throw new Error('This checkpoint was made by other settings: begin again without it.');
}
