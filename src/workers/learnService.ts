import { createLearnExperiment } from '../experiments/learn/experiment';
import { createTurns } from '../experiments/learn/inTurn';
import type { ExampleSource, LearnExperiment, LearnSnapshot } from '../experiments/learn/protocol';
import { openDataset, readShape } from '../io/index';
import { createAnswering } from './answer';
import { fasterBackend } from './graphicsBackend';
import type { LearnApi, LearnOpened, LearnRequest } from './learnApi';
import { fileSource } from './learnFiles';
import { findNetwork } from './networks';
import type { OnProgress } from './poseApi';

const labelsOf = (source: ExampleSource): number[] | undefined => {
  const labels = Array.from({ length: source.count }, (_, i) => source.label(i));
  return labels.every((one) => one !== undefined) ? labels as number[] : undefined;
};

/** A training behind the page's protocol: one at a time. */
export function createLearnService(): LearnApi {
  const graphics = createAnswering();
  const { answer } = graphics;
  const inTurn = createTurns();
  let experiment: LearnExperiment | undefined;

  const current = (): LearnExperiment => {
    if (!experiment) throw new Error('No training was begun.');
    return experiment;
  };
  const close = () => {
    experiment?.dispose();
    experiment = undefined;
  };

  async function open(request: LearnRequest, onProgress: OnProgress): Promise<LearnOpened> {
    const { settings, files, checkpoint } = request;
    onProgress({ label: 'Starting the graphics engine' });
    const { backend: wanted = 'auto' } = request;
    const backend = await graphics.start(wanted === 'auto' ? fasterBackend() : wanted);
    close();
    const read = files && await openDataset(fileSource(files), { task: settings.task, onProgress: (fraction) => onProgress({ label: 'Reading your files', fraction }) });
    const network = await findNetwork(request, onProgress);
    onProgress({ label: 'Preparing the first shapes', fraction: 0 });
    const begun = await createLearnExperiment({
      settings, dataset: read?.dataset, checkpoint, weights: network?.artifacts,
      onProgress: (fraction) => onProgress({ label: 'Preparing the first shapes', fraction }),
    });
    experiment = begun;
    const { dataset } = begun;
    const [testLabels, trainLabels] = [labelsOf(dataset.test), labelsOf(dataset.train)];
    return {
      settings, classNames: begun.classNames, layerNames: begun.layerNames, parameterCount: begun.parameterCount,
      trainCount: begun.trainCount, testCount: begun.testCount, stepsPerEpoch: begun.stepsPerEpoch,
      history: begun.history.slice(0, begun.current.step + 1), keptSteps: begun.keptSteps,
      weights: network?.description ?? 'from scratch', backend: backend.name, renderer: backend.renderer, lacks: backend.lacks,
      ...(testLabels && { testLabels }), ...(trainLabels && { trainLabels }), ...(read && { report: read.report }),
    };
  }

  return {
    open: (request, onProgress) => inTurn(() => answer(() => open(request, onProgress))),
    advance: (batches) => inTurn(() => answer(async () => {
      const snapshots: LearnSnapshot[] = [];
      while (snapshots.length < batches && !current().current.done) snapshots.push(await current().step());
      return { snapshots, keptSteps: current().keptSteps };
    })),
    rewind: (step) => inTurn(() => answer(() => current().rewind(step))),
    evaluate: () => inTurn(() => answer(() => current().evaluate())),
    example: (part, index) => inTurn(() => answer(() => current().example(part, index))),
    predict: (shape, without) => inTurn(() => answer(() => current().predict(shape, without))),
    inspect: (shape) => inTurn(() => answer(() => current().inspect(shape))),
    checkpoint: () => inTurn(() => answer(() => current().checkpoint())),
    artifacts: () => inTurn(() => answer(() => current().artifacts())),
    read: (file, siblings = []) => answer(() => readShape(fileSource([file, ...siblings]), file.path)),
    survey: (files, task, onProgress) => answer(async () => (await openDataset(fileSource(files), {
      task, onProgress: (fraction) => onProgress({ label: 'Reading your files', fraction }),
    })).report),
    loseContext: async () => graphics.backend?.loseContext() ?? false,
    close: () => inTurn(async () => close()),
  };
}
