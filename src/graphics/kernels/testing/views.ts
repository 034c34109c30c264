import type { Mesh } from '../../../scene/mesh';
import { createRandom } from '../../../scene/random';
import { randomRotation } from '../../../scene/so3Grid';
import { buildTopology, type Topology } from '../../../scene/topology';

/** A mesh in several poses as plain arrays: what a kernel test uploads to either backend. */
export interface TestView {
  readonly batch: number; readonly vertexCount: number; readonly faceCount: number;
  /** [B, V, 4] */ readonly clip: Float32Array;
  readonly topology: Topology;
}

/** Clip coordinates of `mesh` in `batch` random rotations, `distance` in front of a perspective camera (focal length 1.8 in NDC, near 0.1, far 20). */
export function randomView(mesh: Pick<Mesh, 'positions' | 'faces'>, batch: number, seed: number, distance = 3): TestView {
  const random = createRandom(seed);
  const vertexCount = mesh.positions.length / 3;
  const clip = new Float32Array(batch * vertexCount * 4);
  const [focal, near, far] = [1.8, 0.1, 20];
  for (let b = 0; b < batch; b++) {
    const [qx, qy, qz, qw] = randomRotation(random);
    const offset = [random.uniform() * 0.4 - 0.2, random.uniform() * 0.4 - 0.2];
    for (let v = 0; v < vertexCount; v++) {
      const [x, y, z] = mesh.positions.subarray(3 * v, 3 * v + 3);
      // v + 2w(q × v) + 2 q × (q × v)
      const [tx, ty, tz] = [2 * (qy * z - qz * y), 2 * (qz * x - qx * z), 2 * (qx * y - qy * x)];
      const rx = x + qw * tx + qy * tz - qz * ty + offset[0];
      const ry = y + qw * ty + qz * tx - qx * tz + offset[1];
      const rz = z + qw * tz + qx * ty - qy * tx - distance;
      clip.set([focal * rx, focal * ry, -(far + near) / (far - near) * rz - 2 * far * near / (far - near), -rz], 4 * (b * vertexCount + v));
    }
  }
  return { batch, vertexCount, faceCount: mesh.faces.length / 3, clip, topology: buildTopology(mesh) };
}

export function randomValues(length: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => random.normal());
}
