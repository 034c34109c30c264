import { expect, it } from 'vitest';
import { averageRows } from './neighborhood';
import { neighborhoodFromDense } from './neighborhoodBuilders';

it('averageRows shares each row out evenly among its entries, whatever their weights were', () => {
  const given = neighborhoodFromDense([1, 3, 0, 2, 0, 0, 0, 7, 5], { rowCount: 3, columnCount: 3 });
  const { weights, ...places } = averageRows(given);
  expect(Array.from(weights)).toEqual([0.5, 0.5, 1, 0.5, 0.5]);
  expect({ ...places, weights: given.weights }).toEqual(given);
});
