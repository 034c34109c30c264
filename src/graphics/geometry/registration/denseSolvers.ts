// Small dense linear algebra in float64, for the searches here that are not differentiated. Matrices are row-major.

export interface Eigen {
  /** [n], ascending. */
  readonly values: Float64Array;
  /** n unit vectors, in the order of the values. */
  readonly vectors: readonly Float64Array[];
}

/** Sweeps after which Jacobi's method has long converged for matrices of tens of rows. */
const MAX_SWEEPS = 60;
/** Off-diagonal entries below this share of the matrix's size are 0. */
const NEGLIGIBLE = 1e-30;

/** Eigenvalues and vectors of a symmetric matrix by Jacobi's rotations. @param matrix [n, n] */
export function symmetricEigen(matrix: ArrayLike<number>, n: number): Eigen {
  const a = Float64Array.from(matrix);
  const v = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  const size = a.reduce((sum, x) => sum + x * x, 0);
  for (let sweep = 0; sweep < MAX_SWEEPS && offDiagonal(a, n) > NEGLIGIBLE * size; sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[i * n + i] - a[j * n + j]);
  return {
    values: Float64Array.from(order, (i) => a[i * n + i]),
    vectors: order.map((i) => Float64Array.from({ length: n }, (_, row) => v[row * n + i])),
  };
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let p = 0; p < n; p++) for (let q = 0; q < n; q++) if (p !== q) sum += a[p * n + q] ** 2;
  return sum;
}

/** Makes a[p, q] zero by a rotation in the plane of p and q, gathered in v. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q];
  if (apq === 0) return;
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  const turn = (m: Float64Array, i: number, j: number) => {
    const [x, y] = [m[i], m[j]];
    m[i] = c * x - s * y;
    m[j] = s * x + c * y;
  };
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k);
  for (let k = 0; k < n; k++) turn(v, k * n + p, k * n + q);
}

/** Share of the mean diagonal that is added to it, so that a singular system has a solution: the smallest one, nearly. */
const RIDGE = 1e-12;

/** x with A x = b for a symmetric positive semidefinite A, by Gauss's elimination with pivots. @param matrix [n, n] @param b [n] */
export function solveNormal(matrix: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const n = b.length;
  const rows = Array.from({ length: n }, (_, i) => Float64Array.from({ length: n + 1 }, (_entry, j) => (j < n ? matrix[i * n + j] : b[i])));
  const ridge = (RIDGE * rows.reduce((trace, row, i) => trace + Math.abs(row[i]), 0)) / n || 1;
  rows.forEach((row, i) => { row[i] += ridge; });
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let k = i + 1; k < n; k++) if (Math.abs(rows[k][i]) > Math.abs(rows[pivot][i])) pivot = k;
    [rows[i], rows[pivot]] = [rows[pivot], rows[i]];
    for (let k = i + 1; k < n; k++) {
      const factor = rows[k][i] / rows[i][i];
      for (let j = i; j <= n; j++) rows[k][j] -= factor * rows[i][j];
    }
  }
  const x = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let sum = rows[i][n];
    for (let j = i + 1; j < n; j++) sum -= rows[i][j] * x[j];
    x[i] = sum / rows[i][i];
  }
  return x;
}

/** x that makes ‖A x − b‖ least. @param rows of A, each [n] @param b one number a row */
export function leastSquares(rows: readonly ArrayLike<number>[], b: ArrayLike<number>): Float64Array {
  const n = rows[0].length;
  const normal = new Float64Array(n * n);
  const right = new Float64Array(n);
  rows.forEach((row, r) => {
    for (let i = 0; i < n; i++) {
      right[i] += row[i] * b[r];
      for (let j = 0; j < n; j++) normal[i * n + j] += row[i] * row[j];
    }
  });
  return solveNormal(normal, right);
}
