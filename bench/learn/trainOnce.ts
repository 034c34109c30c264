import { createLearnExperiment, type LearnArtifacts, type LearnDataset, type LearnEvaluation, type LearnExperiment, type LearnSettings } from '../../src/experiments/learn';

export interface Trained {
  readonly experiment: LearnExperiment;
  readonly evaluation: LearnEvaluation;
  readonly seconds: number;
}

/** Trains to the end of its epochs; what counts is the evaluation after the last step, never the best one. The caller disposes the experiment. */
export async function trainOnce(settings: LearnSettings, dataset: LearnDataset | undefined, log: (line: string) => void, weights?: LearnArtifacts): Promise<Trained> {
  const started = performance.now();
  const experiment = await createLearnExperiment({ settings, dataset, weights, transfer: true });
  const seconds = () => (performance.now() - started) / 1000;
  let [loss, accuracy] = [NaN, NaN];
  while (!experiment.current.done) {
    const snapshot = await experiment.step();
    loss = Number.isNaN(loss) ? snapshot.loss : loss + 0.1 * (snapshot.loss - loss);
    accuracy = Number.isNaN(accuracy) ? snapshot.accuracy : accuracy + 0.1 * (snapshot.accuracy - accuracy);
    if (!snapshot.evaluation) continue;
    const { accuracy: tested, meanIou } = snapshot.evaluation;
    log(`  epoch ${snapshot.epoch.toFixed(1)}: loss ${loss.toFixed(3)}, right ${percent(accuracy)} in training, ${percent(tested)} in testing${meanIou === undefined ? '' : `, mIoU ${percent(meanIou)}`}, ${seconds().toFixed(0)} s`);
  }
  const evaluation = experiment.current.evaluation ?? await experiment.evaluate();
  return { experiment, evaluation, seconds: seconds() };
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Mean and standard deviation over trials, in percent. */
export function spread(shares: readonly number[]): string {
  const mean = shares.reduce((sum, x) => sum + x, 0) / shares.length;
  const deviation = Math.sqrt(shares.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, shares.length - 1));
  return shares.length > 1 ? `${(100 * mean).toFixed(1)} ± ${(100 * deviation).toFixed(1)} %` : percent(mean);
}
