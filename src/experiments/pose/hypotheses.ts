import type { Pose, Quaternion, Vector3 } from '../../scene/pose';
import { multiplyQuaternions, normalizeQuaternion, quaternionFromAxisAngle } from '../../scene/rotation';
import { cubeSymmetry, symmetryAwareAngle, type Symmetry } from '../../scene/symmetry';

/** Hypotheses closer than this are one basin, as a rule: refining both is wasted. */
export const DIVERSE_ANGLE = (20 * Math.PI) / 180;

/**
 * The best hypotheses that differ: goes through them by rising loss and keeps each that is farther than `angle` from all kept before,
 * until there are `count`; where too few differ, the best of the others fill up.
 */
export function selectDiverse<T extends { readonly pose: Pose; readonly loss: number }>(
  hypotheses: readonly T[], count: number, symmetry: Symmetry, angle = DIVERSE_ANGLE,
): T[] {
  const sorted = hypotheses.map((h, i) => ({ h, i })).sort((a, b) => a.h.loss - b.h.loss || a.i - b.i).map(({ h }) => h);
  const kept: T[] = [];
  const rest: T[] = [];
  for (const h of sorted) {
    if (kept.length === count) break;
    const near = kept.some((k) => symmetryAwareAngle(h.pose.rotation, k.pose.rotation, symmetry) < angle);
    (near ? rest : kept).push(h);
  }
  return [...kept, ...rest.slice(0, count - kept.length)];
}

const CUBE_TURNS: readonly Quaternion[] = (() => {
  const symmetry = cubeSymmetry();
  return symmetry.kind === 'discrete' ? symmetry.rotations : [];
})();

/** The 23 turns of the octahedral group but the identity, about the object's own axes: most wrong basins lie a 90° or 180° turn away. */
export const turnsAboutObject = (pose: Pose): Pose[] => CUBE_TURNS
  .filter((turn) => Math.abs(turn[3]) < 0.999)
  .map((turn) => ({ ...pose, rotation: normalizeQuaternion(multiplyQuaternions(pose.rotation, turn)) }));

/** Quarter and half turns about the line of sight, and half turns about axes across it, which leave a silhouette nearly as it is. */
export function turnsAboutSight(pose: Pose): Pose[] {
  const [x, y, z] = pose.translation;
  const length = Math.hypot(x, y, z) || 1;
  const sight: Vector3 = [x / length, y / length, z / length];
  const across = Array.from({ length: 6 }, (_, i): Vector3 => {
    const angle = (i * Math.PI) / 6;
    // Perpendicular to the line of sight, to first order in how far off the axis the object stands.
    return [Math.cos(angle), Math.sin(angle), -(sight[0] * Math.cos(angle) + sight[1] * Math.sin(angle)) / (sight[2] || -1)];
  });
  const turns = [
    ...[Math.PI / 2, Math.PI, -Math.PI / 2].map((angle) => quaternionFromAxisAngle(sight, angle)),
    ...across.map((axis) => quaternionFromAxisAngle(axis, Math.PI)),
  ];
  return turns.map((turn) => ({ ...pose, rotation: normalizeQuaternion(multiplyQuaternions(turn, pose.rotation)) }));
}
