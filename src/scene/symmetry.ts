import type { Quaternion, Vector3 } from './pose';
import {
  geodesicAngle, IDENTITY_ROTATION, inverseQuaternion, multiplyQuaternions, normalizeQuaternion, quaternionFromAxisAngle,
} from './rotation';

/** The rotations that leave an object looking the same. */
export type Symmetry =
  | { readonly kind: 'none' }
  /** A finite group, the identity included. */
  | { readonly kind: 'discrete'; readonly rotations: readonly Quaternion[] }
  /** Any turn about `axis` (through the object's origin); with `flip` also the half turns across it. */
  | { readonly kind: 'axial'; readonly axis: Vector3; readonly flip: boolean };

export const NO_SYMMETRY: Symmetry = { kind: 'none' };

const SAME_ROTATION = 1e-6;
const LARGEST_GROUP = 240;

/** The finite group that some rotations generate, the identity first. @throws RangeError where it does not close within 240 elements. */
export function generateGroup(generators: readonly Quaternion[]): Quaternion[] {
  const group: Quaternion[] = [IDENTITY_ROTATION];
  for (let i = 0; i < group.length; i++) {
    for (const generator of generators) {
      const product = normalizeQuaternion(multiplyQuaternions(generator, group[i]));
      if (group.some((g) => geodesicAngle(g, product) < SAME_ROTATION)) continue;
      if (group.length === LARGEST_GROUP) throw new RangeError('these rotations generate no small finite group');
      group.push(product);
    }
  }
  return group;
}

const quarter = (axis: Vector3) => quaternionFromAxisAngle(axis, Math.PI / 2);

/** n-fold turns about an axis. */
export const cyclicSymmetry = (axis: Vector3, n: number): Symmetry =>
  ({ kind: 'discrete', rotations: generateGroup([quaternionFromAxisAngle(axis, (2 * Math.PI) / n)]) });

/** n-fold turns about an axis, and half turns about `across` (perpendicular to it). */
export const dihedralSymmetry = (axis: Vector3, n: number, across: Vector3): Symmetry =>
  ({ kind: 'discrete', rotations: generateGroup([quaternionFromAxisAngle(axis, (2 * Math.PI) / n), quaternionFromAxisAngle(across, Math.PI)]) });

/** The 24 turns of a cube whose faces look along the axes. */
export const cubeSymmetry = (): Symmetry => ({ kind: 'discrete', rotations: generateGroup([quarter([1, 0, 0]), quarter([0, 1, 0])]) });

/** The 12 turns of the tetrahedron with corners (1,1,1), (1,−1,−1), (−1,1,−1), (−1,−1,1). */
export const tetrahedralSymmetry = (): Symmetry => ({
  kind: 'discrete',
  rotations: generateGroup([quaternionFromAxisAngle([1, 1, 1], (2 * Math.PI) / 3), quaternionFromAxisAngle([0, 0, 1], Math.PI)]),
});

/** The 60 turns of the icosahedron with corners (0, ±1, ±φ) and cyclic. */
export const icosahedralSymmetry = (): Symmetry => ({
  kind: 'discrete',
  rotations: generateGroup([
    quaternionFromAxisAngle([0, 1, (1 + Math.sqrt(5)) / 2], (2 * Math.PI) / 5), quaternionFromAxisAngle([1, 1, 1], (2 * Math.PI) / 3),
  ]),
});

/** Of all rotations under which the object looks as it does under `rotation`, the one nearest to `reference`. */
export function nearestEquivalent(rotation: Quaternion, reference: Quaternion, symmetry: Symmetry): Quaternion {
  if (symmetry.kind === 'none') return rotation;
  const candidates = symmetry.kind === 'discrete'
    ? symmetry.rotations.map((turn) => multiplyQuaternions(rotation, turn))
    : axialCandidates(rotation, reference, symmetry);
  const angles = candidates.map((candidate) => geodesicAngle(candidate, reference));
  return candidates[angles.indexOf(Math.min(...angles))];
}

/** The geodesic angle in 0 … π between two rotations of an object that looks the same under `symmetry`. */
export const symmetryAwareAngle = (a: Quaternion, b: Quaternion, symmetry: Symmetry): number =>
  geodesicAngle(nearestEquivalent(a, b, symmetry), b);

function axialCandidates(rotation: Quaternion, reference: Quaternion, symmetry: Symmetry & { kind: 'axial' }): Quaternion[] {
  const sides = symmetry.flip
    ? [rotation, multiplyQuaternions(rotation, quaternionFromAxisAngle(perpendicular(symmetry.axis), Math.PI))]
    : [rotation];
  return sides.map((side) => {
    // side⁻¹ · reference = twist about the axis after a swing across it: taking the twist over leaves only the swing.
    const [x, y, z, w] = multiplyQuaternions(inverseQuaternion(side), reference);
    const length = Math.hypot(...symmetry.axis);
    const [ax, ay, az] = symmetry.axis.map((c) => c / length);
    const along = x * ax + y * ay + z * az;
    const twist = normalizeQuaternion([ax * along, ay * along, az * along, w]);
    return multiplyQuaternions(side, twist);
  });
}

function perpendicular(axis: Vector3): Vector3 {
  const [x, y, z] = axis.map(Math.abs);
  const helper: Vector3 = x <= y && x <= z ? [1, 0, 0] : y <= z ? [0, 1, 0] : [0, 0, 1];
  return [
    axis[1] * helper[2] - axis[2] * helper[1], axis[2] * helper[0] - axis[0] * helper[2], axis[0] * helper[1] - axis[1] * helper[0],
  ];
}
