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
 * A cloud as another look at the same shape: turned, scaled, with points shifted and some of them dropped. Their number stays: others of the
 * cloud stand in for those dropped, with their labels.
 * @param cloud in the unit ball.
 */
export function augmentCloud(cloud: PointCloud, augmentation: Augmentation, random: Random): PointCloud {
  const { jitter, scale, dropout } = augmentation;
  // Drawn whether or not they are used, so that switching one off leaves the others as they were.
  const rotation = drawRotation(augmentation, random);
  const factor = (1 + scale) ** (2 * random.uniform() - 1);
  const kept = dropPoints(cloud, dropout * random.uniform(), random);
  const matrix = rotation && quaternionToMatrix(rotation);
  const positions = matrix ? turn(kept.positions, matrix) : kept.positions.slice();
  for (let i = 0; i < positions.length; i++) {
    const shift = jitter > 0 ? jitter * Math.min(MOST_JITTER, Math.max(-MOST_JITTER, random.normal())) : 0;
    positions[i] = factor * positions[i] + shift;
  }
  return { ...kept, positions, ...(kept.normals && { normals: matrix ? turn(kept.normals, matrix) : kept.normals }) };
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
