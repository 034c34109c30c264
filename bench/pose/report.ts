import type { PoseFailure } from '../../src/experiments/pose/metrics';

/** One recovery, as it stands in the bench's JSON. */
export interface PoseTrial {
  readonly seed: number;
  readonly rotationErrorDeg: number;
  readonly translationErrorDiameters: number;
  readonly addDiameters: number;
  readonly addSDiameters: number;
  readonly imageMatched: boolean;
  readonly iterations: number;
  readonly pixels: number;
  readonly seconds: number;
  readonly failure: PoseFailure | null;
}

const share = (trials: readonly PoseTrial[], test: (trial: PoseTrial) => boolean): number =>
  trials.filter(test).length / Math.max(1, trials.length);

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const FAILURES: readonly PoseFailure[] = ['symmetric view', 'wrong basin', 'not converged'];

/** Shares are of all trials. */
export function summarizeTrials(trials: readonly PoseTrial[]) {
  return {
    trials: trials.length,
    successShare: share(trials, (t) => t.failure === null),
    under1Deg: share(trials, (t) => t.rotationErrorDeg < 1),
    under5Deg: share(trials, (t) => t.rotationErrorDeg < 5),
    under30Deg: share(trials, (t) => t.rotationErrorDeg < 30),
    under5PercentOfDiameter: share(trials, (t) => t.translationErrorDiameters < 0.05),
    addUnder10Percent: share(trials, (t) => t.addDiameters < 0.1),
    addSUnder10Percent: share(trials, (t) => t.addSDiameters < 0.1),
    imageMatchedShare: share(trials, (t) => t.imageMatched),
    medianRotationErrorDeg: median(trials.map((t) => t.rotationErrorDeg)),
    meanMegapixels: mean(trials.map((t) => t.pixels)) / 1e6,
    largestMegapixels: Math.max(0, ...trials.map((t) => t.pixels)) / 1e6,
    meanIterations: mean(trials.map((t) => t.iterations)),
    meanSeconds: mean(trials.map((t) => t.seconds)),
    failures: Object.fromEntries(FAILURES.map((kind) => [kind, trials.filter((t) => t.failure === kind).map((t) => t.seed)])),
  };
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

/** The summary, and a row for every failure. */
export function trialsTable(trials: readonly PoseTrial[]): string[][] {
  const s = summarizeTrials(trials);
  const rows = [
    ['trials', String(s.trials)], ['under 5° and 5 % of the diameter', percent(s.successShare)],
    ['under 1° / 5° / 30°', [s.under1Deg, s.under5Deg, s.under30Deg].map(percent).join(' / ')],
    ['under 5 % of the diameter', percent(s.under5PercentOfDiameter)],
    ['ADD / ADD-S under 10 %', `${percent(s.addUnder10Percent)} / ${percent(s.addSUnder10Percent)}`],
    ['image matched', percent(s.imageMatchedShare)], ['median rotation error', `${s.medianRotationErrorDeg.toFixed(3)}°`],
    ['megapixels a trial, mean / most', `${s.meanMegapixels.toFixed(2)} / ${s.largestMegapixels.toFixed(2)}`],
    ['steps a trial', s.meanIterations.toFixed(0)], ['seconds a trial', s.meanSeconds.toFixed(2)],
  ];
  const failures = trials.filter((t) => t.failure !== null).map((t) => [
    `failure, seed ${t.seed}`, `${t.failure}: ${t.rotationErrorDeg.toFixed(1)}°, ${percent(t.translationErrorDiameters)}, ADD-S ${percent(t.addSDiameters)}`,
  ]);
  return [['measure', 'value'], ...rows, ...failures];
}
