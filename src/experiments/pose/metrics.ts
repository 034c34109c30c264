import { rotateVector } from '../../scene/rotation';
import { nearestEquivalent, symmetryAwareAngle } from '../../scene/symmetry';
import type { Pose, Vector3 } from '../../scene/pose';
import type { PoseObject } from './protocol';

/** How far an estimate is from the truth; see {@link measurePoseErrors}. */
export interface PoseErrors {
  readonly rotationErrorDeg: number;
  readonly translationErrorDiameters: number;
  readonly addDiameters: number;
  readonly addSDiameters: number;
}

/** ADD and ADD-S are means over at most this many vertices, evenly picked: nearest neighbours by exhaustion stay below a millisecond. */
const MAX_POINTS = 400;

/**
 * The field's errors of a pose. Where the object is symmetric, each is the least over its symmetry group (for ADD: at the equivalent nearest
 * in angle). Lengths are in object diameters.
 * Source: Hinterstoisser et al. 2012 (ADD, ADD-S); Hodaň et al. 2016, "On Evaluation of 6D Object Pose Estimation".
 */
export function measurePoseErrors(estimate: Pose, truth: Pose, object: Pick<PoseObject, 'mesh' | 'diameter' | 'symmetry'>): PoseErrors {
  const { mesh, diameter, symmetry } = object;
  const equivalent: Pose = { ...estimate, rotation: nearestEquivalent(estimate.rotation, truth.rotation, symmetry) };
  const points = pickPoints(mesh.positions);
  const seen = points.map((p) => place(equivalent, p));
  const right = points.map((p) => place(truth, p));
  const add = mean(seen.map((p, i) => distance(p, right[i])));
  const addS = mean(seen.map((p) => right.reduce((least, q) => Math.min(least, squaredDistance(p, q)), Infinity)).map(Math.sqrt));
  return {
    rotationErrorDeg: (symmetryAwareAngle(estimate.rotation, truth.rotation, symmetry) * 180) / Math.PI,
    translationErrorDiameters: distance(estimate.translation, truth.translation) / diameter,
    addDiameters: add / diameter,
    addSDiameters: addS / diameter,
  };
}

/** Images agree when at least this share of what the object does to the picture is explained (noise of known strength aside). */
export const MATCHED_SHARE = 0.99;

/** Why a recovery failed. */
export type PoseFailure = 'symmetric view' | 'wrong basin' | 'not converged';

/** A pose is right below these. */
export interface PoseTolerance {
  readonly rotationDeg: number;
  readonly translationDiameters: number;
}

export const POSE_TOLERANCE: PoseTolerance = { rotationDeg: 5, translationDiameters: 0.05 };

/** Errors below this are in the truth's own basin: more steps would have got there. */
const BASIN_DEG = 20;
const BASIN_DIAMETERS = 0.2;

/** Undefined for a success; else what kept it from one. */
export function classifyFailure(
  errors: Pick<PoseErrors, 'rotationErrorDeg' | 'translationErrorDiameters'>, imageMatched: boolean, tolerance = POSE_TOLERANCE,
): PoseFailure | undefined {
  const { rotationErrorDeg, translationErrorDiameters } = errors;
  if (rotationErrorDeg < tolerance.rotationDeg && translationErrorDiameters < tolerance.translationDiameters) return undefined;
  if (imageMatched) return 'symmetric view';
  return rotationErrorDeg < BASIN_DEG && translationErrorDiameters < BASIN_DIAMETERS ? 'not converged' : 'wrong basin';
}

function pickPoints(positions: Float32Array): Vector3[] {
  const count = positions.length / 3;
  const kept = Math.min(count, MAX_POINTS);
  return Array.from({ length: kept }, (_, i) => {
    const v = Math.floor((i * count) / kept);
    return [positions[3 * v], positions[3 * v + 1], positions[3 * v + 2]];
  });
}

function place(pose: Pose, point: Vector3): Vector3 {
  const [x, y, z] = rotateVector(pose.rotation, point);
  return [x + pose.translation[0], y + pose.translation[1], z + pose.translation[2]];
}

const squaredDistance = (a: Vector3, b: Vector3): number => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
const distance = (a: Vector3, b: Vector3): number => Math.sqrt(squaredDistance(a, b));
const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);
