import { version } from '../../package.json';
import { createLearnExperiment, type LearnExperiment, type LearnSettings } from '../../src/experiments/learn';
import { networkName } from '../../src/experiments/learn/networkName';
import { toFiles } from '../../src/experiments/pose/encoder';
import type { BenchContext, BenchOption, BenchResult } from '../types';
import { unpackLearnCheckpoint, packLearnCheckpoint } from './checkpointFile';
import { settingsFrom } from './settingsFrom';
import { SHIPPED_CLASSIFIER, SHIPPED_SEGMENTER } from './shippedSettings';
import { percent } from './trainOnce';

interface Row { readonly step: number; readonly epoch: number; readonly loss: number; readonly accuracy: number; readonly meanIou?: number }

/** Trains a network on our own shapes, as the page does, and writes it where the page looks for it. */
export async function trainNetwork(context: BenchContext, given: readonly BenchOption[]): Promise<BenchResult> {
  const task = context.text('network');
  if (task !== 'classify' && task !== 'segment') throw new Error(`--network takes classify or segment, not "${task}".`);
  const family = context.text('family', 'mug');
  const settings: LearnSettings = { ...settingsFrom(context, task === 'classify' ? SHIPPED_CLASSIFIER : { ...SHIPPED_SEGMENTER, families: [family] }), evaluateEvery: 100 };
  const label = networkName(settings);
  const saved = context.resume ? await context.loadCheckpoint(label) : undefined;
  if (context.resume && !saved) context.log('There is no checkpoint: starting from the beginning.');
  const experiment = await createLearnExperiment({ settings, checkpoint: saved && unpackLearnCheckpoint(saved) });
  const command = ['npm run train --', ...given.filter(({ name }) => context.text(name) !== undefined).map(({ name }) => `--${name} ${context.text(name)}`),
    `--backend ${context.backend}`, ...(context.seed === 1 ? [] : [`--seed ${context.seed}`])].join(' ');
  const trials: Row[] = [];
  const started = performance.now();
  context.log(`${label}: ${experiment.parameterCount.toLocaleString('en')} weights, ${experiment.trainCount} shapes, ${settings.epochs * experiment.stepsPerEpoch} steps`);
  while (!experiment.current.done) {
    const { step, epoch, loss, evaluation } = await experiment.step();
    if (!evaluation) continue;
    const { accuracy, meanIou } = evaluation;
    trials.push({ step, epoch, loss, accuracy, ...(meanIou !== undefined && { meanIou }) });
    context.log(`${step}: loss ${loss.toFixed(3)}, ${percent(accuracy)} right${meanIou === undefined ? '' : `, mIoU ${percent(meanIou)}`}, ${((performance.now() - started) / 1000).toFixed(0)} s`);
    await context.saveCheckpoint(label, packLearnCheckpoint(await experiment.checkpoint()));
    await write(context, experiment, label, { command, version, accuracy, ...(meanIou !== undefined && { meanIou }) });
    await context.partial(resultOf());
  }
  experiment.dispose();
  return resultOf();

  function resultOf(): BenchResult<Row> {
    return {
      object: label, settings: { ...settings }, trials, summary: { ...trials.at(-1) },
      table: [['steps', 'loss', 'right', 'mIoU'], ...trials.map((row) => [String(row.step), row.loss.toFixed(3), percent(row.accuracy), row.meanIou === undefined ? '' : percent(row.meanIou)])],
    };
  }
}

async function write(context: BenchContext, experiment: LearnExperiment, label: string, about: Parameters<LearnExperiment['artifacts']>[0]): Promise<void> {
  if (context.out === undefined) return;
  const { modelJson, weights } = toFiles(await experiment.artifacts(about));
  await context.writeFile(`${context.out}/${label}/weights.bin`, new Uint8Array(weights));
  await context.writeFile(`${context.out}/${label}/model.json`, new TextEncoder().encode(modelJson));
}
