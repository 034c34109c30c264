const STEPS = 400;
const RATE = 0.5;
/** Weight of the squared weights beside the mean cross-entropy. */
const DECAY = 0.01;

/**
 * Multinomial logistic regression by gradient descent on all rows at once.
 * @param rows standardised features. @returns the class of a row like them.
 */
export function trainSoftmax(rows: readonly Float64Array[], labels: Int32Array, classes: number): (row: Float64Array) => number {
  const width = rows[0].length + 1;
  const weights = new Float64Array(classes * width);
  const scores = (row: Float64Array) => Array.from({ length: classes }, (_, k) => row.reduce((sum, x, i) => sum + x * weights[k * width + i], weights[(k + 1) * width - 1]));
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((w, i) => (i % width === width - 1 ? 0 : DECAY * w));
    rows.forEach((row, r) => {
      const logits = scores(row);
      const most = Math.max(...logits);
      const powers = logits.map((x) => Math.exp(x - most));
      const sum = powers.reduce((a, b) => a + b, 0);
      for (let k = 0; k < classes; k++) {
        const error = (powers[k] / sum - (labels[r] === k ? 1 : 0)) / rows.length;
        row.forEach((x, i) => { gradient[k * width + i] += error * x; });
        gradient[(k + 1) * width - 1] += error;
      }
    });
    // Steps shrink with the features' number, which bounds the curvature.
    gradient.forEach((g, i) => { weights[i] -= (RATE * 10 / Math.sqrt(width)) * g / (1 + step / STEPS); });
  }
  return (row) => {
    const logits = scores(row);
    return logits.indexOf(Math.max(...logits));
  };
}
