/** The opacity of the best and of the worst hypothesis. */
const STRONGEST = 0.75;
const FAINTEST = 0.1;

/** An opacity for each hypothesis: by rank of its loss, since losses of far-off poses differ by little and by nothing one can foresee. */
export function hypothesisOpacities(losses: readonly number[]): number[] {
  const order = losses.map((_, i) => i).sort((a, b) => losses[a] - losses[b] || a - b);
  const opacities = new Array<number>(losses.length);
  order.forEach((index, rank) => {
    const t = losses.length > 1 ? rank / (losses.length - 1) : 0;
    opacities[index] = FAINTEST + (STRONGEST - FAINTEST) * (1 - t) ** 3;
  });
  return opacities;
}

/** The `count` hypotheses of least loss, best first. */
export const bestHypotheses = <T extends { readonly loss: number }>(hypotheses: readonly T[], count: number): T[] =>
  [...hypotheses].sort((a, b) => a.loss - b.loss).slice(0, count);
