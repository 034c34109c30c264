import { expect, it } from 'vitest';
import { UP_AXES, type UpAxis } from '../url/pageState';
import { standUp } from './standUp';

const AXES = { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] } as const;
const example = (positions: readonly number[]) =>
  ({ name: 'scan', cloud: { name: 'scan', positions: Float32Array.from(positions), normals: Float32Array.from(positions) }, mesh: { name: 'scan', positions: Float32Array.from(positions), faces: Uint32Array.from([0, 1, 2]) } });
const turned = (positions: readonly number[], ...how: [UpAxis?, number?]) => [...standUp(example(positions), ...how).cloud.positions].map((x) => Number(x.toFixed(5)) + 0);

it.each(UP_AXES)('brings %s up, and mirrors nothing', (up) => {
  const axis = AXES[up.slice(-1) as 'x' | 'y' | 'z'].map((x) => (up.startsWith('-') ? -x : x));
  expect(turned(axis, up)).toEqual([0, 1, 0]);
  const [ax, ay, az, bx, by, bz, cx, cy, cz] = turned([...AXES.x, ...AXES.y, ...AXES.z], up, 30);
  expect(ax * (by * cz - bz * cy) - ay * (bx * cz - bz * cx) + az * (bx * cy - by * cx)).toBeCloseTo(1, 4);
});

it('turns about the upright axis, normals and mesh too', () => {
  expect(turned([1, 0, 0, 0, 5, 0], 'y', 90)).toEqual([0, 0, -1, 0, 5, 0]);
  const { cloud, mesh } = standUp(example([1, 0, 0]), 'z', 180);
  expect([...cloud.normals ?? []]).toEqual([...cloud.positions]);
  expect([...mesh?.positions ?? []]).toEqual([...cloud.positions]);
});

it('leaves what stands already as it is', () => {
  const shape = example([1, 2, 3]);
  expect(standUp(shape)).toBe(shape);
});
