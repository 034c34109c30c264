import { expSo3, quaternionToMatrix } from '../../../scene/rotation';
import { solveSmallest } from '../../math/optimizer/leastSquares';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { betasFor, type BetaProblem } from './epnpBetas';
import { composeMotions, fitRigid, movePoint, type RigidMotion } from './rigidFit';
import { symmetricEigen } from './symmetricEigen';

// Source: Lepetit, Moreno-Noguer and Fua 2009, "EPnP: An Accurate O(n) Solution to the PnP Problem", with its letters.

/** A cloud whose least spread is below this share of its greatest is flat: three control points span it, not four. */
const FLAT = 1e-4;
/** Steps that polish the pose on the image errors themselves, from the closed form's start. */
const REFINEMENTS = 10;

/** Points as seen: normalised image coordinates, one behind the other. */
interface Problem { readonly points: ArrayLike<number>; readonly rays: Float64Array; readonly count: number }

/**
 * The pose of a calibrated camera from points and where they are seen. Object to camera, in the pinhole frame of `perspective.project`:
 * x right, y down, z forward. Flat objects are found too. One view at a time: there are no batch axes. Not differentiable; the
 * points are read back, which waits for the device, and the rest is float64 on the CPU, O(N).
 *
 * @param points3d [N, 3], at least 4, better 6 and more; not all on one line.
 * @param points2d [N, 2], pixels.
 * @param focal [2], pixels.
 * @param principalPoint [2], pixels.
 * @returns rotation [3, 3], translation [3], and the root mean square image error in pixels.
 * @throws Error that names the argument, axis and shape, or for fewer than 4 points, or points on one line.
 * @example
 * ```ts
 * const points = tf.tensor2d([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0], [0, 0, 1], [0, 1, 1]]);
 * const [focal, principalPoint] = [tf.tensor1d([100, 100]), tf.tensor1d([50, 50])];
 * const seen = rendering.camera.perspective.project(tf.add(points, tf.tensor1d([0, 0, 4])), focal, principalPoint);
 * const { rotation, translation } = geometry.registration.epnp(points, seen, focal, principalPoint);
 * rotation; // → [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
 * translation; // → [0, 0, 4]
 * ```
 */
export function epnp(points3d: tf.Tensor, points2d: tf.Tensor, focal: tf.Tensor, principalPoint: tf.Tensor) {
  checkShape('points3d', points3d, [null, 3]);
  const [count] = points3d.shape;
  checkShape('points2d', points2d, [count, 2]);
  checkShape('focal', focal, [2]);
  checkShape('principalPoint', principalPoint, [2]);
  if (count < 4) throw new Error(`points3d must have at least 4 points, but it has shape [${points3d.shape.join(', ')}]`);
  const [pixels, f, c] = [points2d, focal, principalPoint].map((t) => t.dataSync());
  const rays = Float64Array.from(pixels, (pixel, i) => (pixel - c[i % 2]) / f[i % 2]);
  const problem: Problem = { points: points3d.dataSync(), rays, count };
  const candidates = closedForm(problem).map((start) => refine(problem, start));
  const best = candidates.reduce((a, b) => (imageError(problem, b) < imageError(problem, a) ? b : a));
  const error = Math.sqrt(rays.reduce((sum, ray, i) => sum + ((ray - project(problem, best)[i]) * f[i % 2]) ** 2, 0) / count);
  return { rotation: tf.tensor2d([...best.rotation], [3, 3]), translation: tf.tensor1d([...best.translation]), error };
}

/** Poses for one, two, … null vectors of the projections' equations, of which one is right. */
function closedForm({ points, rays, count }: Problem): RigidMotion[] {
  const { controls, shares } = controlPoints(points, count);
  const size = controls.length;
  const rows: number[][] = [];
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < 2; axis++) {
      const row = new Array<number>(3 * size).fill(0);
      shares[i].forEach((share, j) => { row[3 * j + axis] = share; row[3 * j + 2] = -share * rays[2 * i + axis]; });
      rows.push(row);
    }
  }
  const normal = Float64Array.from({ length: (3 * size) ** 2 }, (_, e) => {
    const [a, b] = [Math.floor(e / (3 * size)), e % (3 * size)];
    return rows.reduce((sum, row) => sum + row[a] * row[b], 0);
  });
  const { vectors } = symmetricEigen(normal, 3 * size);
  const problem: BetaProblem = { vectors: vectors.slice(0, size), controls };
  return Array.from({ length: size }, (_, n) => n + 1).map((n) => {
    const betas = betasFor(problem, n);
    const camera = shares.flatMap((weights) => [0, 1, 2].map((k) => weights.reduce(
      (sum, share, j) => sum + share * betas.reduce((x, beta, v) => x + beta * vectors[v][3 * j + k], 0), 0)));
    const inFront = camera.reduce((sum, x, i) => (i % 3 === 2 ? sum + x : sum), 0) > 0;
    return fitRigid(points, inFront ? camera : camera.map((x) => -x));
  });
}

/** The centre and a point along each principal axis, and every point's barycentric coordinates among them. */
function controlPoints(points: ArrayLike<number>, count: number): { controls: number[][]; shares: number[][] } {
  const centre = [0, 1, 2].map((k) => Array.from({ length: count }, (_, i) => points[3 * i + k]).reduce((a, b) => a + b) / count);
  const offset = (i: number) => [0, 1, 2].map((k) => points[3 * i + k] - centre[k]);
  const spread = Array.from({ length: 9 }, (_, e) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += offset(i)[Math.floor(e / 3)] * offset(i)[e % 3];
    return sum / count;
  });
  const { values, vectors } = symmetricEigen(spread, 3);
  const axes = [2, 1, 0].filter((k) => Math.sqrt(Math.max(values[k], 0)) > FLAT * Math.sqrt(values[2]));
  if (axes.length < 2) throw new Error('points3d must not lie on one line: the camera could turn about it');
  const lengths = axes.map((k) => Math.sqrt(values[k]));
  const controls = [centre, ...axes.map((k, a) => centre.map((x, d) => x + lengths[a] * vectors[k][d]))];
  const shares = Array.from({ length: count }, (_, i) => {
    const along = axes.map((k, a) => offset(i).reduce((sum, x, d) => sum + x * vectors[k][d], 0) / lengths[a]);
    return [1 - along.reduce((a, b) => a + b, 0), ...along];
  });
  return { controls, shares };
}

/** Where the points are seen from a pose, as rays; NaN behind the camera. */
const project = ({ points, count }: Problem, motion: RigidMotion): Float64Array => {
  const seen = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const [x, y, z] = movePoint(motion, points, i);
    seen.set(z > 0 ? [x / z, y / z] : [NaN, NaN], 2 * i);
  }
  return seen;
};

/** Sum of squared errors; infinite where a point lies behind the camera. */
const imageError = (problem: Problem, motion: RigidMotion): number => {
  const seen = project(problem, motion);
  const sum = problem.rays.reduce((total, ray, i) => total + (ray - seen[i]) ** 2, 0);
  return Number.isNaN(sum) ? Infinity : sum;
};

/** Gauss–Newton on the image errors; steps that do not help are not taken. */
function refine(problem: Problem, start: RigidMotion): RigidMotion {
  let motion = start;
  for (let step = 0; step < REFINEMENTS; step++) {
    const rows: number[] = [];
    const residuals: number[] = [];
    for (let i = 0; i < problem.count; i++) {
      const [x, y, z] = movePoint(motion, problem.points, i);
      const [u, v] = [x / z, y / z];
      // d(u, v) for a turn ω and a shift t of the camera's points: p + ω × p + t.
      rows.push(-u * v, 1 + u * u, -v, 1 / z, 0, -u / z, -1 - v * v, u * v, u, 0, 1 / z, -v / z);
      residuals.push(problem.rays[2 * i] - u, problem.rays[2 * i + 1] - v);
    }
    const [wx, wy, wz, ...translation] = solveSmallest(rows, residuals, 6);
    const next = composeMotions({ rotation: quaternionToMatrix(expSo3([wx, wy, wz])), translation }, motion);
    if (!(imageError(problem, next) < imageError(problem, motion))) break;
    motion = next;
  }
  return motion;
}
