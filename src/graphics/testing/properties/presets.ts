// Turns at which formulas for rotations change branches: all combinations of multiples of 30° and 45° about three axes.

const ANGLES = [0, Math.PI, Math.PI / 2, Math.PI / 3, Math.PI / 4, Math.PI / 6];

/** [216, 3]: θx, θy, θz. */
export const PRESET_ANGLES: readonly (readonly number[])[] = ANGLES.flatMap((x) => ANGLES.flatMap((y) => ANGLES.map((z) => [x, y, z])));

/** [216, 3, 3]: Rz·Ry·Rx. */
export const PRESET_MATRICES = PRESET_ANGLES.map(([x, y, z]) => {
  const [[sx, cx], [sy, cy], [sz, cz]] = [x, y, z].map((angle) => [Math.sin(angle), Math.cos(angle)]);
  return [[cy * cz, sx * sy * cz - cx * sz, cx * sy * cz + sx * sz], [cy * sz, sx * sy * sz + cx * cz, cx * sy * sz - sx * cz], [-sy, sx * cy, cx * cy]];
});

/** [216, 4], [x, y, z, w]. */
export const PRESET_QUATERNIONS = PRESET_ANGLES.map(([x, y, z]) => {
  const [[sx, cx], [sy, cy], [sz, cz]] = [x, y, z].map((angle) => [Math.sin(angle / 2), Math.cos(angle / 2)]);
  return [sx * cy * cz - cx * sy * sz, cx * sy * cz + sx * cy * sz, cx * cy * sz - sx * sy * cz, cx * cy * cz + sx * sy * sz];
});
