import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../graphics/tf';
import { spreadRotations } from '../../../scene/so3Grid';
import { columnsOf } from './network';
import { distancesToViews, sharesOf, temperatureFor } from './viewBank';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('distances to views', () => {
  it('are squared distances', () => {
    const pictures = tf.tensor2d([[1, 2], [3, 4], [0, 0]]);
    const bank = { pictures, squaredNorms: tf.tensor2d([[5, 25, 0]]) };
    expect(distancesToViews(tf.tensor2d([[1, 2], [3, 0]]), bank).arraySync()).toEqual([[0, 8, 5], [8, 16, 9]]);
  });
});

describe('shares of hypotheses', () => {
  it('sum to one and are largest at the nearest anchor', () => {
    const anchors = spreadRotations(60);
    const columns = tf.tensor2d(anchors.map(columnsOf));
    const shares = sharesOf(columns, tf.reshape(columns, [1, 60, 6]));
    shares.arraySync().forEach((row, i) => {
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      expect(row.indexOf(Math.max(...row))).toBe(i);
    });
  });
});

describe('the temperature', () => {
  it('gives the perplexity asked for, whatever the distances\' scale', () => {
    for (const scale of [0.01, 1, 1000]) {
      const distances = Array.from({ length: 200 }, (_, i) => scale * i);
      const temperature = temperatureFor(distances, 200, 12);
      const weights = distances.map((d) => Math.exp(-d / temperature));
      const sum = weights.reduce((a, b) => a + b, 0);
      const entropy = -weights.reduce((h, w) => h + (w > 0 ? (w / sum) * Math.log(w / sum) : 0), 0);
      expect(Math.exp(entropy)).toBeCloseTo(12, 3);
    }
  });
});
