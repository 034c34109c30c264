import type { LearnSettings } from './settings';

/** Share of the training in which the learning rate rises, and the most steps that it takes. */
const WARM_UP_SHARE = 0.05;
const MOST_WARM_UP = 50;
/** Of the learning rate's height, at the end and ever after. */
const LAST_RATE = 0.01;

/** The learning rate of a step: it rises over the first ones and falls by a cosine until the last (Loshchilov and Hutter 2017, "SGDR", eq. 5). */
export function learningRateAt(step: number, total: number, { learningRate }: Pick<LearnSettings, 'learningRate'>): number {
  const warmUp = Math.max(1, Math.min(MOST_WARM_UP, Math.round(WARM_UP_SHARE * total)));
  const share = Math.min(1, step / Math.max(1, total));
  const fall = LAST_RATE + (1 - LAST_RATE) * 0.5 * (1 + Math.cos(Math.PI * share));
  return learningRate * Math.min(1, (step + 1) / warmUp) * fall;
}
