import { symmetricEigen } from '../../graphics/geometry/registration/symmetricEigen';
import { nearestNeighbors } from '../../scene/nearestNeighbors';
import { pointCount, type PointCloud } from '../../scene/pointCloud';

/** Points whose plane is a point's surface, itself among them: enough to even out noise, few enough for the legs of a chair. */
const NEIGHBORS = 12;

/**
 * The cloud with a normal for each point: the direction in which its nearest points vary least (Hoppe et al. 1992, "Surface Reconstruction from
 * Unorganized Points", section 3.2), pointing away from the cloud's mean, since no point knows which side is outside. Where points lie on a
 * line, or all in one place, it is any direction across.
 */
export function estimateNormals(cloud: PointCloud): PointCloud {
  const { positions } = cloud;
  const count = pointCount(cloud);
  const k = Math.min(NEIGHBORS, count);
  const { indices } = nearestNeighbors(positions, 3, k);
  const middle = meanOf(positions, Array.from({ length: count }, (_, i) => i));
  const normals = new Float32Array(3 * count);
  for (let i = 0; i < count; i++) {
    const near = indices.subarray(i * k, (i + 1) * k);
    const [normal] = symmetricEigen(covariance(positions, near), 3).vectors;
    const outward = normal.reduce((sum, x, axis) => sum + x * (positions[3 * i + axis] - middle[axis]), 0);
    for (let axis = 0; axis < 3; axis++) normals[3 * i + axis] = (outward < 0 ? -1 : 1) * normal[axis];
  }
  return { ...cloud, normals };
}

function meanOf(positions: Float32Array, indices: ArrayLike<number>): number[] {
  const sums = [0, 0, 0];
  for (let i = 0; i < indices.length; i++) for (let axis = 0; axis < 3; axis++) sums[axis] += positions[3 * indices[i] + axis];
  return sums.map((sum) => sum / indices.length);
}

/** [9]: of the points with these numbers, times their number. */
function covariance(positions: Float32Array, indices: Int32Array): Float64Array {
  const mean = meanOf(positions, indices);
  const out = new Float64Array(9);
  for (const i of indices) {
    const d = mean.map((x, axis) => positions[3 * i + axis] - x);
    for (let row = 0; row < 3; row++) for (let column = 0; column < 3; column++) out[3 * row + column] += d[row] * d[column];
  }
  return out;
}
