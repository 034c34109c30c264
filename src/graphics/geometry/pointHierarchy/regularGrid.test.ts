import { beforeAll, describe, expect, it } from 'vitest';
import { ballQuery } from '../neighborhood';
import { checkGradient, probe } from '../../testing/gradients';
import { randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { axisAlignedBoundingBox, regularGrid } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

const points = randomTensors(6).uniform([2, 30, 3]);
const sizes = tf.tensor1d([30, 11], 'int32');
const numbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());

describe('the bounding box', () => {
  it('is each cloud\'s own, without its padding', () => {
    const { min, max } = axisAlignedBoundingBox(points, { sizes });
    const short = tf.slice(points, [1, 0, 0], [1, 11, 3]);
    expect(numbers(min)).toEqual([...numbers(tf.min(tf.slice(points, 0, 1), 1)), ...numbers(tf.min(short, 1))]);
    expect(numbers(max)).toEqual([...numbers(tf.max(tf.slice(points, 0, 1), 1)), ...numbers(tf.max(short, 1))]);
    expect(() => axisAlignedBoundingBox(tf.zeros([2, 0, 3]))).toThrow(/points must have at least one point/);
  });

  it('has the gradient of central differences, with padding', () => {
    const f = (x: tf.Tensor) => {
      const { min, max } = axisAlignedBoundingBox(x, { sizes });
      return probe(tf.concat([min, max]));
    };
    expect(checkGradient(f, [2, 30, 3], numbers(points), 1e-4).relativeError).toBeLessThan(2e-2);
  });
});

describe('the grid', () => {
  const radius = 0.5;
  const { cells, order, cellCounts } = regularGrid(points, radius, { sizes });
  const [own, sorted] = [numbers(cells), numbers(order)];

  it('sorts every point once, cell by cell, padding last', () => {
    for (const [b, size] of [30, 11].entries()) {
      const row = sorted.slice(30 * b, 30 * b + size);
      expect([...row].sort((i, j) => i - j)).toEqual(Array.from({ length: size }, (_, i) => i));
      const visited = row.map((i) => own[30 * b + i]);
      expect(visited).toEqual([...visited].sort((i, j) => i - j));
      expect([...sorted.slice(30 * b + size, 30 * b + 30), ...own.slice(30 * b + size, 30 * b + 30)].every((x) => x === -1)).toBe(true);
    }
  });

  it('has whoever is within the size of a cell in the cells around', () => {
    const { indices, mask } = ballQuery(points, radius, { sizes, maxNeighbors: 30 });
    const [seen, valid] = [numbers(indices), numbers(mask)];
    const place = (cell: number) => [Math.floor(cell / (cellCounts[1] * cellCounts[2])), Math.floor(cell / cellCounts[2]) % cellCounts[1], cell % cellCounts[2]];
    let pairs = 0;
    seen.forEach((j, entry) => {
      const i = Math.floor(entry / 30);
      if (!valid[entry] || own[i] < 0) return;
      const [a, b] = [place(own[i]), place(own[30 * Math.floor(i / 30) + j])];
      expect(Math.max(...a.map((x, d) => Math.abs(x - b[d])))).toBeLessThanOrEqual(1);
      pairs++;
    });
    expect(pairs).toBeGreaterThan(41);
    expect(() => regularGrid(points, 0)).toThrow(/cellSize must be greater than 0, not 0/);
    expect(() => regularGrid(tf.tensor2d([[0, NaN]]), 1)).toThrow();
  });
});
