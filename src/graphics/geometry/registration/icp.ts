import { nearestNeighbors } from '../../../scene/nearestNeighbors';
import { expSo3, quaternionToMatrix } from '../../../scene/rotation';
import { solveSmallest } from '../../math/optimizer/leastSquares';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { composeMotions, fitRigid, IDENTITY_MOTION, movePoint, type RigidMotion } from './rigidFit';

export interface IcpOptions {
  /** Where to begin: rotation [3, 3] and translation [3]; the identity if left out. */
  readonly initial?: { readonly rotation: tf.Tensor; readonly translation: tf.Tensor };
  /** [M, 3], unit length: measures distances to the target's tangent planes, which converges in fewer steps on smooth surfaces. */
  readonly targetNormals?: tf.Tensor;
  readonly maxIterations?: number;
  /** Ends where the root mean square distance changes by less than this share of itself. */
  readonly tolerance?: number;
  /** Pairs farther apart than this do not count: outliers, or what only one of both shows. */
  readonly maxDistance?: number;
}

/** A pair of points counts as coincident below this distance, in the points' units: there is nothing left to improve. */
const COINCIDENT = 1e-9;

/**
 * Aligns two point clouds that are already roughly in place: each point's partner is its nearest in the target, the best rigid motion for
 * these pairs is found, and so on. It ends in the nearest optimum, which may be a wrong one. Not differentiable (`umeyama` of the pairs
 * is); runs in float64 on the CPU with a k-d tree, O((N + M) log M) an iteration. Reads the clouds back, which waits for the device: where a
 * page must not stand still, take {@link icpAsync}. One pair of clouds at a time: there are no batch axes.
 *
 * @param source [N, 3]
 * @param target [M, 3]
 * @param options.initial where to begin: rotation [3, 3] and translation [3]; the identity if left out.
 * @param options.targetNormals [M, 3], unit length: measures distances to the target's tangent planes.
 * @param options.maxIterations at most so many.
 * @param options.tolerance ends where the root mean square distance changes by less than this share of itself.
 * @param options.maxDistance pairs farther apart than this do not count.
 * @returns rotation [3, 3] and translation [3] that take source to target; the root mean square distance of the pairs; how many points
 *   have a partner; iterations taken, and whether it converged in them.
 * @throws Error that names the argument, axis and shape, or where no pair is near enough.
 * Source: Besl and McKay 1992, "A method for registration of 3-D shapes"; Chen and Medioni 1992, "Object modelling by registration of
 * multiple range images" (planes).
 * @example
 * ```ts
 * const source = tf.tensor2d([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]);
 * const { translation, pairs, converged } = geometry.registration.icp(source, tf.add(source, tf.tensor1d([0.2, 0, 0])));
 * translation; // → [0.2, 0, 0]
 * [pairs, converged]; // → [4, true]
 * ```
 */
export function icp(source: tf.Tensor, target: tf.Tensor, options: IcpOptions = {}): Alignment {
  return align(inputsOf(source, target, options).map((input) => input?.dataSync()), options);
}

/**
 * {@link icp} that reads the clouds back without waiting for the device; the alignment itself then runs at one go.
 * @param source [N, 3]
 * @param target [M, 3]
 * @param options as of {@link icp}.
 * @returns what {@link icp} returns.
 * @throws Error that names the argument, axis and shape, or where no pair is near enough.
 * @example
 * ```ts
 * const source = tf.tensor2d([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]);
 * const { translation } = await geometry.registration.icpAsync(source, tf.add(source, tf.tensor1d([0.2, 0, 0])));
 * translation; // → [0.2, 0, 0]
 * ```
 */
export async function icpAsync(source: tf.Tensor, target: tf.Tensor, options: IcpOptions = {}): Promise<Alignment> {
  return align(await Promise.all(inputsOf(source, target, options).map((input) => input?.data())), options);
}

/** What {@link icp} finds. */
export interface Alignment {
  /** [3, 3] */
  readonly rotation: tf.Tensor2D;
  /** [3] */
  readonly translation: tf.Tensor1D;
  /** Root mean square distance of the pairs. */
  readonly error: number;
  readonly pairs: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Everything that is read back, after its shape was checked. */
function inputsOf(source: tf.Tensor, target: tf.Tensor, { initial, targetNormals }: IcpOptions): readonly (tf.Tensor | undefined)[] {
  checkShape('source', source, [null, 3]);
  checkShape('target', target, [null, 3]);
  if (targetNormals) checkShape('targetNormals', targetNormals, target.shape);
  if (initial) {
    checkShape('initial.rotation', initial.rotation, [3, 3]);
    checkShape('initial.translation', initial.translation, [3]);
  }
  return [source, target, targetNormals, initial?.rotation, initial?.translation];
}

function align(inputs: readonly (ArrayLike<number> | undefined)[], { maxIterations = 50, tolerance = 1e-6, maxDistance = Infinity }: IcpOptions): Alignment {
  const [points = [], target = [], normals, rotation, translation] = inputs;
  const partnersOf = partnerSearch(points, Float32Array.from(target), maxDistance);
  let motion: RigidMotion = rotation && translation ? { rotation: Array.from(rotation), translation: Array.from(translation) } : IDENTITY_MOTION;
  let pairs = partnersOf(motion);
  let [iterations, converged] = [0, pairs.error < COINCIDENT];
  while (!converged && iterations < maxIterations) {
    const step = normals ? planeStep(pairs, normals) : fitRigid(pairs.moved, pairs.partners);
    motion = composeMotions(step, motion);
    const next = partnersOf(motion);
    converged = next.error < COINCIDENT || Math.abs(pairs.error - next.error) <= tolerance * next.error;
    pairs = next;
    iterations++;
  }
  return {
    rotation: tf.tensor2d([...motion.rotation], [3, 3]), translation: tf.tensor1d([...motion.translation]),
    error: pairs.error, pairs: pairs.indices.length, iterations, converged,
  };
}

interface Pairs {
  /** [K, 3]: the source's points where they are now. */
  readonly moved: number[];
  /** [K, 3]: their nearest in the target. */
  readonly partners: number[];
  /** [K]: the partners' numbers. */
  readonly indices: number[];
  /** Root mean square distance. */
  readonly error: number;
}

/** Finds each moved point's nearest in the target. */
const partnerSearch = (points: ArrayLike<number>, places: Float32Array, maxDistance: number) => (motion: RigidMotion): Pairs => {
  const queries = Float32Array.from(points);
  for (let i = 0; 3 * i < points.length; i++) queries.set(movePoint(motion, points, i), 3 * i);
  const { indices: nearest } = nearestNeighbors(places, 3, 1, { queries, radius: maxDistance });
  const pairs = { moved: [] as number[], partners: [] as number[], indices: [] as number[] };
  let sum = 0;
  nearest.forEach((index, i) => {
    if (index < 0) return;
    const [place, partner] = [movePoint(motion, points, i), places.subarray(3 * index, 3 * index + 3)];
    sum += place.reduce((total, x, k) => total + (x - partner[k]) ** 2, 0);
    pairs.moved.push(...place);
    pairs.partners.push(...partner);
    pairs.indices.push(index);
  });
  if (pairs.indices.length === 0) throw new Error(`no point of source lies within maxDistance = ${maxDistance} of target`);
  return { ...pairs, error: Math.sqrt(sum / pairs.indices.length) };
};

/** One Gauss–Newton step of Σ (n·(q − p − ω × p − t))². */
function planeStep({ moved, partners, indices }: Pairs, normals: ArrayLike<number>): RigidMotion {
  const rows = new Float64Array(6 * indices.length);
  const residuals = new Float64Array(indices.length);
  indices.forEach((index, i) => {
    const [px, py, pz] = moved.slice(3 * i, 3 * i + 3);
    const [nx, ny, nz] = [normals[3 * index], normals[3 * index + 1], normals[3 * index + 2]];
    rows.set([py * nz - pz * ny, pz * nx - px * nz, px * ny - py * nx, nx, ny, nz], 6 * i);
    residuals[i] = nx * (partners[3 * i] - px) + ny * (partners[3 * i + 1] - py) + nz * (partners[3 * i + 2] - pz);
  });
  const [wx, wy, wz, ...translation] = solveSmallest(rows, residuals, 6);
  return { rotation: quaternionToMatrix(expSo3([wx, wy, wz])), translation };
}
