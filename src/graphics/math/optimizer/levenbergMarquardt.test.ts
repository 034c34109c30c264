import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { quaternion } from '../../geometry/transformation';
import { randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { valueAndJacobian } from './jacobian';
import { solveLeastSquares } from './leastSquares';
import { minimize } from './levenbergMarquardt';

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('least squares', () => {
  it.each([1, 2, 3])('leave a residual across all columns (seed %i)', (seed) => {
    const random = createRandom(seed);
    const [rows, columns] = [12, 5];
    const a = Float64Array.from({ length: rows * columns }, random.normal);
    const b = Float64Array.from({ length: rows }, random.normal);
    const x = solveLeastSquares(a, b, columns, 0);
    const residual = b.map((value, i) => x.reduce((sum, xj, j) => sum - a[i * columns + j] * xj, value));
    for (let j = 0; j < columns; j++) expect(residual.reduce((sum, r, i) => sum + r * a[i * columns + j], 0)).toBeCloseTo(0, 12);
  });

  it('share evenly between equal columns, however small the ridge', () => {
    Array.from(solveLeastSquares([1, 1, 2, 2], [3, 6], 2, 1e-20)).forEach((x) => expect(x).toBeCloseTo(1.5, 5));
  });

  it('shrink by the ridge, and leave alone what has no effect', () => {
    expect(solveLeastSquares([1], [1], 1, 1)[0]).toBeCloseTo(0.5, 12);
    expect(Array.from(solveLeastSquares([1, 0], [2], 2, 0))).toEqual([2, 0]);
  });
});

describe('the Jacobian', () => {
  it('is that of tf.grad row by row, from one forward pass, and leaves no tensors behind (seed 4)', () => {
    const random = randomTensors(4);
    const [a, b] = [random.uniform([3]), random.uniform([2, 3])];
    let forwards = 0;
    const f = (x: tf.Tensor, y: tf.Tensor) => {
      forwards++;
      return tf.reshape(tf.sin(tf.mul(tf.exp(x), y)), [-1]) as tf.Tensor1D;
    };
    const before = tf.memory().numTensors;
    const { value, jacobian } = valueAndJacobian(f, [a, b]);
    expect(forwards).toBe(1);
    expect(tf.memory().numTensors).toBe(before + 2);
    const rows = jacobian.arraySync();
    tf.tidy(() => {
      value.dataSync().forEach((_, i) => {
        const [da, db] = tf.grads((x, y) => tf.slice(f(x, y), i, 1))([a, b]);
        [...da.dataSync(), ...db.dataSync()].forEach((expected, j) => expect(rows[i][j]).toBeCloseTo(expected, 5));
      });
    });
    tf.dispose([value, jacobian]);
  });

  it('is 0 to variables that have no effect', () => {
    const { jacobian } = valueAndJacobian((x) => tf.square(x) as tf.Tensor1D, [tf.tensor1d([3]), tf.tensor1d([5])]);
    expect(Array.from(jacobian.dataSync())).toEqual([6, 0]);
    const constant = valueAndJacobian(() => tf.tensor1d([1]), [tf.tensor1d([3])]);
    expect(Array.from(constant.jacobian.dataSync())).toEqual([0]);
  });
});

describe('Levenberg–Marquardt', () => {
  it('refuses no iterations', () => {
    expect(() => minimize((x) => x, tf.scalar(1), 0)).toThrow(/'maxIterations' needs to be at least 1/);
  });

  it('solves linear problems in one step (seed 5)', () => {
    const random = randomTensors(5);
    const [matrix, truth] = [random.uniform([6, 3]), random.uniform([3, 1])];
    const target = tf.matMul(matrix, truth);
    const { objectiveValue, variables: [x] } = minimize((v) => tf.sub(tf.matMul(matrix, v), target), tf.zeros([3, 1]), 1);
    x.dataSync().forEach((value, i) => expect(value).toBeCloseTo(truth.dataSync()[i], 5));
    expect(objectiveValue.dataSync()[0]).toBeLessThan(1e-10);
  });

  it('finds the nearest of the roots of Himmelblau\'s functions', () => {
    const residuals = [
      (x: tf.Tensor, y: tf.Tensor) => tf.sub(tf.add(tf.square(x), y), 11),
      (x: tf.Tensor, y: tf.Tensor) => tf.sub(tf.add(x, tf.square(y)), 7),
    ];
    const { variables: [x, y] } = minimize(residuals, [tf.tensor1d([3.5]), tf.tensor1d([1.5])], 8);
    expect(x.dataSync()[0]).toBeCloseTo(3, 4);
    expect(y.dataSync()[0]).toBeCloseTo(2, 4);
  });

  it('aligns a rotation and a translation at once (seed 6)', () => {
    const random = randomTensors(6);
    const points = random.uniform([20, 3]);
    const [truth, offset] = [random.directions([4]), random.uniform([3])];
    const target = tf.add(quaternion.rotate(points, tf.tile(tf.reshape(truth, [1, 4]), [20, 1])), offset);
    const residual = (q: tf.Tensor, t: tf.Tensor) =>
      tf.sub(tf.add(quaternion.rotate(points, tf.tile(tf.reshape(quaternion.normalize(q), [1, 4]), [20, 1])), t), target);
    const start = tf.add(truth, tf.mul(random.uniform([4]), 0.3));
    const seen: number[] = [];
    const { objectiveValue } = minimize(residual, [start, tf.zeros([3])], 12, { regularizer: 1e-6, callback: (_, objective) => seen.push(objective) });
    expect(objectiveValue.dataSync()[0]).toBeLessThan(1e-9);
    expect(seen.length).toBe(12);
    seen.slice(1).forEach((objective, i) => expect(objective).toBeLessThanOrEqual(seen[i]));
  });

  it('stays where it is when every step is undefined, and leaves no tensors behind', () => {
    const start = tf.tensor1d([0]);
    const before = tf.memory().numTensors;
    const { objectiveValue, variables } = minimize((x) => tf.add(tf.sqrt(tf.abs(x)), 1), start, 3);
    expect(Array.from(variables[0].dataSync())).toEqual([0]);
    expect(start.isDisposed).toBe(false);
    tf.dispose([objectiveValue, ...variables]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
