import { SceneError } from '../../scene/errors';
import { pointCount } from '../../scene/pointCloud';
import { pickPoints } from './points';
import type { Shape } from './shapes';

/**
 * A shape as the network sees it without some of its points. Those that are left stay where they are: neither moved nor scaled anew, so that nothing but
 * the points that are gone can change what the network says. Of a mesh the faces of vertices that are gone go with them.
 * @throws SceneError 'empty' where no point is left.
 */
export function withoutPoints(shape: Shape, without: readonly number[]): Shape {
  if (!without.length) return shape;
  const gone = new Set(without);
  const total = pointCount(shape.cloud);
  const left = Int32Array.from({ length: total }, (_, i) => i).filter((i) => !gone.has(i));
  if (!left.length) throw new SceneError('No point is left.', { file: shape.cloud.name, code: 'empty' });
  const cloud = pickPoints(shape.cloud, left);
  if (!shape.faces) return { ...shape, cloud };
  const numberOf = new Int32Array(total).fill(-1);
  left.forEach((from, to) => { numberOf[from] = to; });
  const faces: number[] = [];
  for (let f = 0; f < shape.faces.length; f += 3) {
    const corners = [0, 1, 2].map((k) => numberOf[(shape.faces as Uint32Array)[f + k]]);
    if (corners.every((corner) => corner >= 0)) faces.push(...corners);
  }
  return { ...shape, cloud, faces: Uint32Array.from(faces) };
}
