import { createRandom } from '../random';

export interface TestCloud { readonly name: string; readonly dimension: number; readonly points: Float32Array }

/** Clouds that search structures find hard, within about the unit cube. */
export function testClouds(seed: number): TestCloud[] {
  const random = createRandom(seed);
  const cloud = (name: string, dimension: number, count: number, coordinate: (axis: number, point: number) => number): TestCloud =>
    ({ name, dimension, points: Float32Array.from({ length: count * dimension }, (_, i) => coordinate(i % dimension, Math.floor(i / dimension))) });
  const centres = Float32Array.from({ length: 15 }, () => random.uniform());
  return [
    cloud('random', 3, 300, () => random.uniform()),
    cloud('clustered', 3, 300, (axis, point) => centres[3 * (point % 5) + axis] + 0.001 * random.normal()),
    cloud('coincident', 3, 120, () => 0.5),
    cloud('pairwise coincident', 3, 120, (axis, point) => ((Math.floor(point / 2) * (axis + 3) * 7) % 11) / 11),
    cloud('collinear', 3, 200, (axis, point) => (axis === 1 ? (point * 37 % 200) / 200 : 0.25)),
    cloud('grid', 3, 216, (axis, point) => (Math.floor(point / 6 ** axis) % 6) / 5),
    cloud('far from the origin', 3, 150, () => 1000 + random.uniform()),
    cloud('plane', 2, 250, () => random.uniform()),
    cloud('line', 1, 100, () => Math.round(30 * random.uniform()) / 30),
    cloud('feature', 12, 150, () => random.normal()),
  ];
}
