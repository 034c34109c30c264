/** Numbers in a quadric: the upper triangle of A row by row, b, c, of the error xᵀA x + 2 bᵀx + c. */
export const QUADRIC_SIZE = 10;

/** Below this share of (trace / 3)³ the determinant says nothing but rounding: flat and straight places have no single best point. */
const SINGULAR_DETERMINANT = 1e-10;

/**
 * Adds to quadric number `at` the squared distance to the plane n · x + d = 0, times `weight`.
 * Garland and Heckbert, "Surface simplification using quadric error metrics", SIGGRAPH 1997.
 */
export function addPlane(quadrics: Float64Array, at: number, nx: number, ny: number, nz: number, d: number, weight: number): void {
  const start = at * QUADRIC_SIZE;
  quadrics[start] += weight * nx * nx;
  quadrics[start + 1] += weight * nx * ny;
  quadrics[start + 2] += weight * nx * nz;
  quadrics[start + 3] += weight * ny * ny;
  quadrics[start + 4] += weight * ny * nz;
  quadrics[start + 5] += weight * nz * nz;
  quadrics[start + 6] += weight * nx * d;
  quadrics[start + 7] += weight * ny * d;
  quadrics[start + 8] += weight * nz * d;
  quadrics[start + 9] += weight * d * d;
}

/** `sum` becomes quadric a plus quadric b of the list. */
export function sumQuadrics(quadrics: Float64Array, a: number, b: number, sum: Float64Array): void {
  for (let k = 0; k < QUADRIC_SIZE; k++) sum[k] = quadrics[a * QUADRIC_SIZE + k] + quadrics[b * QUADRIC_SIZE + k];
}

/** The sum of the planes' weights, when their normals have unit length. */
export const quadricWeight = (q: Float64Array): number => q[0] + q[3] + q[5];

/** The error at a point; at least 0, though rounding may say otherwise. */
export function quadricError(q: Float64Array, x: number, y: number, z: number): number {
  const error = x * (q[0] * x + 2 * (q[1] * y + q[2] * z + q[6])) + y * (q[3] * y + 2 * (q[4] * z + q[7])) + z * (q[5] * z + 2 * q[8]) + q[9];
  return Math.max(0, error);
}

/** Writes the point of least error, A⁻¹(−b), into `point`. @returns false, with nothing written, where A is singular. */
export function minimizeQuadric(q: Float64Array, point: Float64Array): boolean {
  const [xx, xy, xz, yy, yz, zz] = [q[0], q[1], q[2], q[3], q[4], q[5]];
  const [cxx, cxy, cxz] = [yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy];
  const determinant = xx * cxx + xy * cxy + xz * cxz;
  if (!(determinant > SINGULAR_DETERMINANT * (quadricWeight(q) / 3) ** 3)) return false;
  const [cyy, cyz, czz] = [xx * zz - xz * xz, xy * xz - xx * yz, xx * yy - xy * xy];
  point[0] = -(cxx * q[6] + cxy * q[7] + cxz * q[8]) / determinant;
  point[1] = -(cxy * q[6] + cyy * q[7] + cyz * q[8]) / determinant;
  point[2] = -(cxz * q[6] + cyz * q[7] + czz * q[8]) / determinant;
  return true;
}
