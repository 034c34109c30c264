import { expect, it } from 'vitest';
import { COARSER, DEVIATIONS } from './deviations';
import { geometryRoom } from './geometry';
import { casesToRun, goldenCases, type GoldenCase } from './golden';
import { imageRoom } from './image';
import { mathRoom } from './math';
import { nnRoom } from './nn';
import { renderingRoom } from './rendering';

const ROOMS = [geometryRoom, imageRoom, mathRoom, nnRoom, renderingRoom];

const all = ROOMS.flatMap(goldenCases);
const run = ROOMS.flatMap(casesToRun);
const withGradients = (cases: readonly GoldenCase[]) => cases.filter(({ grads }) => Object.keys(grads ?? {}).length > 0);

it('all 504 cases of TensorFlow Graphics are here, 98 with gradients, and all but four are run', () => {
  expect([all.length, withGradients(all).length]).toEqual([504, 98]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(504);
  expect([run.length, withGradients(run).length]).toEqual([500, 98]);
});

it('four differ on purpose, and two are held to a tolerance of their own', () => {
  const running = new Set(run.map(({ id }) => id));
  expect(all.map(({ id }) => id).filter((id) => !running.has(id)).sort()).toEqual([
    'geometry.representation.ray.intersection_ray_sphere#4',
    'geometry.transformation.dual_quaternion.point_to_dual_quaternion#1',
    'math.interpolation.slerp.interpolate#13',
    'math.interpolation.slerp.interpolate#14',
  ]);
  expect(Object.keys(DEVIATIONS)).toHaveLength(4);
  expect(Object.keys(COARSER)).toEqual(['geometry.representation.ray.triangulate#1', 'rendering.splat.rasterize_then_splat#4']);
});
