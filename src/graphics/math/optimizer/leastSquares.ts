/**
 * The x that minimises |A x − b|² + ridge |x|², in float64 by Householder reflections of A with √ridge · identity under it. Squaring A
 * would halve the digits, and a ridge of 1e-20 be lost.
 * @param a row-major [rows, columns]
 * @param b [rows]
 * @returns [columns]
 * Source: Golub and Van Loan, "Matrix Computations", section 5.2.
 */
export function solveLeastSquares(a: ArrayLike<number>, b: ArrayLike<number>, columns: number, ridge: number): Float64Array {
  const total = b.length + columns;
  // Columns are contiguous, the right-hand side being the last.
  const work = Array.from({ length: columns + 1 }, (_, j) => Float64Array.from({ length: total }, (__, i) => {
    if (i < b.length) return j < columns ? a[i * columns + j] : b[i];
    return i - b.length === j ? Math.sqrt(ridge) : 0;
  }));
  for (let k = 0; k < columns; k++) reflect(work, k);
  return substituteBack(work, columns);
}

/** Share of the columns' mean squared length that is the ridge below: too little to show, enough for a system that is singular. */
const RELATIVE_RIDGE = 1e-12;

/** {@link solveLeastSquares} where some directions may be undetermined: of all solutions nearly the smallest. */
export function solveSmallest(a: ArrayLike<number>, b: ArrayLike<number>, columns: number): Float64Array {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * a[i];
  return solveLeastSquares(a, b, columns, (RELATIVE_RIDGE * sum) / columns);
}

/** Makes column k zero below its row k, by a reflection of all columns from k on. */
function reflect(work: Float64Array[], k: number): void {
  const column = work[k];
  let length = 0;
  for (let i = k; i < column.length; i++) length = Math.hypot(length, column[i]);
  if (length === 0) return;
  // Away from the diagonal entry, so that nothing cancels.
  const pivot = column[k] > 0 ? -length : length;
  const normal = column.slice(k);
  normal[0] -= pivot;
  const scale = 1 / (pivot * normal[0]);
  for (let j = k + 1; j < work.length; j++) {
    let along = 0;
    for (let i = 0; i < normal.length; i++) along += normal[i] * work[j][k + i];
    along *= scale;
    for (let i = 0; i < normal.length; i++) work[j][k + i] += along * normal[i];
  }
  column[k] = pivot;
  column.fill(0, k + 1);
}

/** Solves the upper triangle; a variable that nothing depends on stays 0. */
function substituteBack(work: readonly Float64Array[], columns: number): Float64Array {
  const x = new Float64Array(columns);
  for (let k = columns - 1; k >= 0; k--) {
    let rest = work[columns][k];
    for (let j = k + 1; j < columns; j++) rest -= work[j][k] * x[j];
    x[k] = work[k][k] === 0 ? 0 : rest / work[k][k];
  }
  return x;
}
