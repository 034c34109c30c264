import { pointCount, type PointCloud } from '../../scene/pointCloud';
import type { Quaternion } from '../../scene/pose';
import type { Random } from '../../scene/random';
import { quaternionFromAxisAngle, quaternionToMatrix } from '../../scene/rotation';
import { randomRotation } from '../../scene/so3Grid';
import { pickPoints } from './points';
import type { Augmentation } from './settings';

/** Jitter is cut off at so many standard deviations: a stray point would not be on the shape any more. */
const MOST_JITTER = 3;

/**
 * A cloud as another look at much the same shape: mirrored, stretched, turned, with points shifted and some of them dropped. Their number stays: others of the
 * cloud stand in for those dropped, with their labels.
 * @param cloud in the unit ball.
 */
export function augmentCloud(cloud: PointCloud, augmentation: Augmentation, random: Random): PointCloud {
  const { jitter, scale, dropout, mirror = false, up = 'y' } = augmentation;
  // Drawn whether or not they are used, so that switching one off leaves the others as they were.
  const rotation = drawRotation(augmentation, random);
  const factors = [0, 1, 2].map(() => (1 + scale) ** (2 * random.uniform() - 1));
  const across = up === 'y' ? 0 : 1;
  if (random.uniform() < 0.5 && mirror) factors[across] *= -1;
  const kept = dropPoints(cloud, dropout * random.uniform(), random);
  const matrix = rotation && quaternionToMatrix(rotation);
  const stretched = kept.positions.map((x, i) => x * factors[i % 3]);
  const positions = matrix ? turn(stretched, matrix) : stretched;
  for (let i = 0; i < positions.length && jitter > 0; i++) positions[i] += jitter * Math.min(MOST_JITTER, Math.max(-MOST_JITTER, random.normal()));
  const normals = kept.normals && stretchNormals(kept.normals, factors);
  return { ...kept, positions, ...(normals && { normals: matrix ? turn(normals, matrix) : normals }) };
}

/** Normals go by the inverse of the stretch, and are of unit length again. */
function stretchNormals(normals: Float32Array, factors: readonly number[]): Float32Array {
  const out = normals.map((x, i) => x / factors[i % 3]);
  for (let i = 0; i < out.length; i += 3) {
    const length = Math.hypot(out[i], out[i + 1], out[i + 2]);
    for (let k = 0; k < 3; k++) out[i + k] /= length;
  }
  return out;
}

function drawRotation({ rotation, up = 'y' }: Augmentation, random: Random): Quaternion | undefined {
  if (rotation === 'any') return randomRotation(random);
  const angle = 2 * Math.PI * random.uniform();
  return rotation === 'upright' ? quaternionFromAxisAngle(up === 'y' ? [0, 1, 0] : [0, 0, 1], angle) : undefined;
}

function dropPoints(cloud: PointCloud, share: number, random: Random): PointCloud {
  const count = pointCount(cloud);
  const keep = Math.max(1, Math.round(count * (1 - share)));
  if (keep >= count) return cloud;
  // Points come in random order: the first are any.
  return pickPoints(cloud, Int32Array.from({ length: count }, (_, i) => (i < keep ? i : random.integer(keep))));
}

function turn(vectors: Float32Array, m: readonly number[]): Float32Array {
  const out = new Float32Array(vectors.length);
  for (let i = 0; i < vectors.length; i += 3) {
    const [x, y, z] = [vectors[i], vectors[i + 1], vectors[i + 2]];
    for (let row = 0; row < 3; row++) out[i + row] = m[3 * row] * x + m[3 * row + 1] * y + m[3 * row + 2] * z;
  }
  return out;
}
