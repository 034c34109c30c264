import { expect, it } from 'vitest';
import { randomTensors } from '../testing/randomTensors';
import { differenceOfBackends } from '../testing/sameOnBackends';
import * as tf from '../tf';
import { interpolation, optimizer, sampling, sphericalHarmonics } from '.';
import { chamferDistance, hausdorffDistance } from '../nn/loss';

it('random samples are the same on webgl as on cpu, with their gradients (seed 1)', async () => {
  const ends = () => [tf.tensor1d([1, 2]), tf.tensor2d([[3, 4], [5, 6], [7, 8]])];
  for (const sample of [sampling.uniform1d, sampling.stratified1d, sampling.stratifiedGeomspace1d]) {
    expect(await differenceOfBackends(ends, (near, far) => sample(near, far, 5, { seed: 1 }))).toBeLessThan(1e-3);
  }
});

it('bins are drawn on webgl as on cpu, with gradients to their places (seed 2)', async () => {
  const make = () => {
    const random = randomTensors(2);
    return [random.uniform([3, 2, 7]), random.uniform([3, 2, 7], 0.1, 1)];
  };
  const pdf = [1, 0, 3, 2, 0.5, 1, 4];
  const draw = (start: tf.Tensor, width: tf.Tensor) => sampling.inverseTransformStratified1d(start, width, tf.tensor1d(pdf), 6, { seed: 2 });
  expect(await differenceOfBackends(make, draw)).toBeLessThan(1e-4);
});

it('one bin alone is always drawn, on webgl as on cpu (seed 7)', async () => {
  const bin = () => [tf.tensor1d([2]), tf.tensor1d([3])];
  expect(await differenceOfBackends(bin, (start, width) => sampling.inverseTransformStratified1d(start, width, tf.tensor1d([5]), 4, { seed: 7 }))).toBeLessThan(1e-5);
});

it('voxels and weighted points are interpolated on webgl as on cpu, with their gradients (seed 3)', async () => {
  const grid = () => {
    const random = randomTensors(3);
    return [random.uniform([2, 3, 4, 3, 2]), random.uniform([2, 9, 3], -0.5, 3.5)];
  };
  expect(await differenceOfBackends(grid, interpolation.trilinear.interpolate)).toBeLessThan(1e-4);
  const points = () => {
    const random = randomTensors(4);
    return [random.uniform([3, 4, 2]), random.uniform([5, 6], 0.1, 1)];
  };
  const places = () => randomTensors(5).integers([5, 6, 2], 3);
  expect(await differenceOfBackends(points, (p, w) => interpolation.weighted.interpolate(p, w, places()))).toBeLessThan(1e-4);
});

it('point sets are compared on webgl as on cpu, with their gradients (seed 6)', async () => {
  const make = () => {
    const random = randomTensors(6);
    return [random.uniform([2, 33, 3]), random.uniform([2, 17, 3])];
  };
  expect(await differenceOfBackends(make, chamferDistance.evaluate)).toBeLessThan(1e-4);
  expect(await differenceOfBackends(make, hausdorffDistance.evaluate)).toBeLessThan(1e-3);
});

it('harmonics of a large batch broadcast on webgl as on cpu, with their gradients (seed 7)', async () => {
  const make = () => {
    const random = randomTensors(7);
    return [random.uniform([3, 2, 4, 1], 0, Math.PI), random.uniform([3, 2, 4, 1], -3, 3)];
  };
  const evaluate = (theta: tf.Tensor, phi: tf.Tensor) => {
    const { degreeL, orderM } = sphericalHarmonics.generateLMPermutations(3);
    return sphericalHarmonics.evaluateSphericalHarmonics(degreeL, orderM, theta, phi);
  };
  expect(await differenceOfBackends(make, evaluate)).toBeLessThan(1e-3);
});

it('Levenberg–Marquardt fits a line on webgl as on cpu (seed 8)', async () => {
  const make = () => [randomTensors(8).uniform([20, 2])];
  const fit = (rows: tf.Tensor) => {
    const target = tf.matMul(rows, tf.tensor2d([[0.3], [-0.7]]));
    return optimizer.levenbergMarquardt.minimize((v) => tf.sub(tf.matMul(rows, v), target), tf.zeros([2, 1]), 2).variables[0];
  };
  expect(await differenceOfBackends(make, fit, { differentiable: false })).toBeLessThan(1e-3);
});
