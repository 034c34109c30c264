import { quaternionToMatrix } from '../../../scene/rotation';
import { symmetricEigen } from './symmetricEigen';

/** A rotation (row-major [9]) followed by a translation, in float64. */
export interface RigidMotion { readonly rotation: readonly number[]; readonly translation: readonly number[] }

export const IDENTITY_MOTION: RigidMotion = { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: [0, 0, 0] };

/** R p + t for point i of [N, 3]. */
export const movePoint = ({ rotation: r, translation: t }: RigidMotion, points: ArrayLike<number>, i = 0): [number, number, number] => {
  const [x, y, z] = [points[3 * i], points[3 * i + 1], points[3 * i + 2]];
  return [r[0] * x + r[1] * y + r[2] * z + t[0], r[3] * x + r[4] * y + r[5] * z + t[1], r[6] * x + r[7] * y + r[8] * z + t[2]];
};

/** `second` after `first`. */
export function composeMotions(second: RigidMotion, first: RigidMotion): RigidMotion {
  const [a, b] = [second.rotation, first.rotation];
  const rotation = Array.from({ length: 9 }, (_, i) => [0, 1, 2].reduce((sum, k) => sum + a[i - (i % 3) + k] * b[3 * k + (i % 3)], 0));
  return { rotation, translation: movePoint(second, first.translation) };
}

/**
 * The rigid motion that makes the sum of squared distances of points from their partners least.
 * @param source [N, 3]
 * @param target [N, 3]
 * Source: Horn 1987, "Closed-form solution of absolute orientation using unit quaternions".
 */
export function fitRigid(source: ArrayLike<number>, target: ArrayLike<number>): RigidMotion {
  const count = source.length / 3;
  const mean = (points: ArrayLike<number>) => [0, 1, 2].map((k) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += points[3 * i + k];
    return sum / count;
  });
  const [p, q] = [mean(source), mean(target)];
  const m = new Float64Array(9);
  for (let i = 0; i < count; i++) {
    for (let r = 0; r < 3; r++) for (let c = 0; c < 3; c++) m[3 * r + c] += (target[3 * i + r] - q[r]) * (source[3 * i + c] - p[c]);
  }
  const form = [
    m[0] - m[4] - m[8], m[1] + m[3], m[2] + m[6], m[7] - m[5],
    m[1] + m[3], m[4] - m[0] - m[8], m[5] + m[7], m[2] - m[6],
    m[2] + m[6], m[5] + m[7], m[8] - m[0] - m[4], m[3] - m[1],
    m[7] - m[5], m[2] - m[6], m[3] - m[1], m[0] + m[4] + m[8],
  ];
  const [x, y, z, w] = symmetricEigen(form, 4).vectors[3];
  const rotation = quaternionToMatrix([x, y, z, w]);
  const turned = movePoint({ rotation, translation: [0, 0, 0] }, p);
  return { rotation, translation: q.map((value, k) => value - turned[k]) };
}
