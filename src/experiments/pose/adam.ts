/** Adam's memory of one hypothesis: first and second moments of each parameter, and how many steps it took. */
export interface AdamState {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly count: number;
}

const BETA1 = 0.9;
// A shorter memory than the usual 0.999: a recovery takes tens of steps, and its gradients fall by orders of magnitude on the way.
const BETA2 = 0.95;
const EPSILON = 1e-12;

export const freshAdam = (parameters: number): AdamState => ({
  first: new Array<number>(parameters).fill(0), second: new Array<number>(parameters).fill(0), count: 0,
});

/**
 * One step of Adam (Kingma & Ba 2015). Parameters that belong to one `group` share their second moment, so that the step keeps
 * the gradient's direction within the group whatever the choice of axes.
 * @param rates step size of each parameter. @param groups first parameter of each group, ascending, starting with 0.
 */
export function adamStep(
  state: AdamState, gradient: ArrayLike<number>, rates: readonly number[], groups: readonly number[],
): { readonly state: AdamState; readonly step: number[] } {
  const count = state.count + 1;
  const first = state.first.map((m, i) => BETA1 * m + (1 - BETA1) * gradient[i]);
  const second = state.second.slice();
  groups.forEach((start, g) => {
    const end = groups[g + 1] ?? first.length;
    let square = 0;
    for (let i = start; i < end; i++) square += gradient[i] * gradient[i];
    for (let i = start; i < end; i++) second[i] = BETA2 * second[i] + ((1 - BETA2) * square) / (end - start);
  });
  const [scale1, scale2] = [1 - BETA1 ** count, 1 - BETA2 ** count];
  const step = first.map((m, i) => (-rates[i] * (m / scale1)) / (Math.sqrt(second[i] / scale2) + EPSILON));
  return { state: { first, second, count }, step };
}
