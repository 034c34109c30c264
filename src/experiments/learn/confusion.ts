/** How often each class was taken for which: [K · K], truth by row, prediction by column. */
export interface Confusion {
  readonly classes: number;
  readonly counts: Float64Array;
}

export const createConfusion = (classes: number): Confusion => ({ classes, counts: new Float64Array(classes * classes) });

export function countPrediction({ classes, counts }: Confusion, truth: number, predicted: number): void {
  counts[truth * classes + predicted]++;
}

export function addConfusion({ counts }: Confusion, other: Confusion): void {
  other.counts.forEach((n, i) => { counts[i] += n; });
}

const rowSum = ({ classes, counts }: Confusion, k: number): number => counts.subarray(k * classes, (k + 1) * classes).reduce((sum, n) => sum + n, 0);

/** Share of everything that was right; NaN of nothing. */
export function overallAccuracy(confusion: Confusion): number {
  const { classes, counts } = confusion;
  let right = 0;
  for (let k = 0; k < classes; k++) right += counts[k * (classes + 1)];
  return right / counts.reduce((sum, n) => sum + n, 0);
}

/** [K]: share of each class that was right; NaN where there is none of it. */
export const classAccuracies = (confusion: Confusion): number[] =>
  Array.from({ length: confusion.classes }, (_, k) => confusion.counts[k * (confusion.classes + 1)] / rowSum(confusion, k));

/** [K]: intersection over union of each class; NaN where it is neither there nor predicted. */
export function intersectionsOverUnions(confusion: Confusion): number[] {
  const { classes, counts } = confusion;
  return Array.from({ length: classes }, (_, k) => {
    let predicted = 0;
    for (let row = 0; row < classes; row++) predicted += counts[row * classes + k];
    const both = counts[k * (classes + 1)];
    return both / (rowSum(confusion, k) + predicted - both);
  });
}

/** The mean of those that are numbers; NaN of none. */
export function meanOfNumbers(values: readonly number[]): number {
  const numbers = values.filter((value) => !Number.isNaN(value));
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
