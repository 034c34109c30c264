import type { EncoderProvenance } from '../../src/experiments/pose/encoder';
import type { PoseErrors } from '../../src/experiments/pose/metrics';
import { median } from '../pose/report';

/** One image looked at once: the errors are of the refined pose. */
export interface OneLook extends PoseErrors {
  /** Of the best-scored guess. */
  readonly alone: PoseErrors;
  /** Of those that were refined. */
  readonly nearestGuessDeg: number;
  readonly guesses: number;
  readonly iterations: number;
  readonly pixels: number;
  readonly lookSeconds: number;
  readonly seconds: number;
  readonly failure: 'not under 5°' | null;
}

/** One trial: the encoder's look, and the single-hypothesis encoder's at the same image. */
export interface Look extends OneLook {
  readonly seed: number;
  readonly single: OneLook | undefined;
}

const share = (looks: readonly OneLook[], test: (look: OneLook) => boolean): number => looks.filter(test).length / Math.max(1, looks.length);

function summarize(looks: readonly OneLook[]) {
  return {
    aloneUnder30Deg: share(looks, (l) => l.alone.rotationErrorDeg < 30),
    aloneMedianDeg: median(looks.map((l) => l.alone.rotationErrorDeg)),
    aloneMedianTranslationDiameters: median(looks.map((l) => l.alone.translationErrorDiameters)),
    anyGuessUnder30Deg: share(looks, (l) => l.nearestGuessDeg < 30),
    refinedUnder5Deg: share(looks, (l) => l.rotationErrorDeg < 5),
    refinedMedianDeg: median(looks.map((l) => l.rotationErrorDeg)),
    refinedUnder5PercentOfDiameter: share(looks, (l) => l.translationErrorDiameters < 0.05),
    mostIterations: Math.max(0, ...looks.map((l) => l.iterations)),
    meanMegapixels: looks.reduce((sum, l) => sum + l.pixels, 0) / Math.max(1, looks.length) / 1e6,
    medianLookSeconds: median(looks.map((l) => l.lookSeconds)),
  };
}

const singles = (looks: readonly Look[]): OneLook[] => looks.flatMap((look) => look.single ?? []);

export function summarizeLooks(looks: readonly Look[]) {
  return { trials: looks.length, ...summarize(looks), single: singles(looks).length ? summarize(singles(looks)) : undefined };
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

/** Both encoders side by side. */
export function encoderTable(looks: readonly Look[], many: EncoderProvenance | undefined, single: EncoderProvenance | undefined): string[][] {
  const columns = [summarize(looks), ...(single ? [summarize(singles(looks))] : [])];
  const row = (name: string, value: (s: ReturnType<typeof summarize>) => string): string[] => [name, ...columns.map(value)];
  return [
    [`${looks.length} poses never seen`, 'encoder', ...(single ? ['one hypothesis'] : [])],
    ['training steps', ...[many, ...(single ? [single] : [])].map((p) => String(p?.steps ?? '?'))],
    row('alone: under 30°', (s) => percent(s.aloneUnder30Deg)),
    row('alone: median', (s) => `${s.aloneMedianDeg.toFixed(1)}°`),
    row('alone: median translation, diameters', (s) => s.aloneMedianTranslationDiameters.toFixed(3)),
    row('best of the guesses refined: under 30°', (s) => percent(s.anyGuessUnder30Deg)),
    row('refined: under 5°', (s) => percent(s.refinedUnder5Deg)),
    row('refined: median', (s) => `${s.refinedMedianDeg.toFixed(2)}°`),
    row('refined: under 5 % of the diameter', (s) => percent(s.refinedUnder5PercentOfDiameter)),
    row('refinement steps, most', (s) => String(s.mostIterations)),
    row('megapixels rendered, mean', (s) => s.meanMegapixels.toFixed(2)),
    row('seconds a look, median', (s) => s.medianLookSeconds.toFixed(3)),
  ];
}
