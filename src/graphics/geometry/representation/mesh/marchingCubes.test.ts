import { describe, expect, it } from 'vitest';
import { marchingCubes as marchPlain } from '../../../../scene/marchingCubes';
import { createRandom } from '../../../../scene/random';
import { checkGradient, probe } from '../../../testing/gradients';
import * as tf from '../../../tf';
import { marchingCubes } from './marchingCubes';

const SHAPE: [number, number, number] = [3, 4, 5];

/** Values of either sign that stay at least 0.3 away from 0, so that small changes do not move a crossing to another edge. */
function drawValues(seed: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: 60 }, () => (random.uniform() < 0.5 ? -1 : 1) * (0.3 + random.uniform()));
}

describe('marchingCubes', () => {
  it.each([1, 2, 3])('gives the mesh of the plain version (seed %i)', (seed) => {
    const values = drawValues(seed);
    const options = { cap: seed !== 1, inside: seed === 3 ? 'low' : 'high', origin: [1, 2, 3], spacing: [0.5, 1, 2] } as const;
    const expected = marchPlain(Float32Array.from(values), SHAPE, 0.1, options);
    const before = tf.memory().numTensors;
    const grid = tf.tensor3d(values, SHAPE);
    const { vertices, faces } = marchingCubes(grid, 0.1, options);
    expect(tf.memory().numTensors).toBe(before + 3);
    expect([faces.dtype, vertices.shape, [...faces.dataSync()]]).toEqual(['int32', [expected.positions.length / 3, 3], [...expected.faces]]);
    vertices.dataSync().forEach((x, i) => expect(x).toBeCloseTo(expected.positions[i], 5));
    tf.dispose([grid, vertices, faces]);
  });

  it.each([4, 5])('has the gradient of finite differences (seed %i)', (seed) => {
    const move = (values: tf.Tensor) => probe(marchingCubes(values, 0, { cap: true, spacing: [0.5, 1, 2] }).vertices);
    expect(checkGradient(move, SHAPE, drawValues(seed)).relativeError).toBeLessThan(1e-2);
  });

  it('has a finite gradient where values equal the level or nearly do', () => {
    const gradientAt = (rest: number) => {
      const values = [0, ...Array.from({ length: 7 }, () => rest)];
      const gradient = tf.tidy(() => tf.grad((x) => probe(marchingCubes(x, 0).vertices))(tf.tensor3d(values, [2, 2, 2])));
      const numbers = [...gradient.dataSync()];
      gradient.dispose();
      return numbers;
    };
    for (const rest of [-1, -1e-11, -1e-30]) expect(gradientAt(rest).every(Number.isFinite), `${rest}`).toBe(true);
  });

  it('has a gradient of 0 where the level is not met', () => {
    const gradient = tf.tidy(() => tf.grad((x) => tf.sum(marchingCubes(x, 0).vertices))(tf.ones([2, 2, 2])));
    expect([...gradient.dataSync()]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    gradient.dispose();
  });

  it('takes whole numbers, and a level that is not met', () => {
    const grid = tf.tensor3d([2, 0, 0, 0, 0, 0, 0, 0], [2, 2, 2], 'int32');
    const [corner, nothing] = [marchingCubes(grid, 1), marchingCubes(grid, 3)];
    expect([...corner.vertices.dataSync()].sort()).toEqual([0, 0, 0, 0, 0, 0, 0.5, 0.5, 0.5]);
    expect([nothing.vertices.shape, nothing.faces.shape]).toEqual([[0, 3], [0, 3]]);
    tf.dispose([grid, corner.vertices, corner.faces, nothing.vertices, nothing.faces]);
  });

  it('refuses what is no grid and no placement', () => {
    const [flat, grid] = [tf.zeros([2, 2]), tf.zeros([2, 2, 2])];
    expect(() => marchingCubes(flat)).toThrow(/values must have a rank of 3/);
    expect(() => marchingCubes(grid, 0, { spacing: [1, -1, 1] })).toThrow(/spacing must be above 0/);
    expect(() => marchingCubes(grid, NaN)).toThrow(/level must be a finite number/);
    tf.dispose([flat, grid]);
  });
});
