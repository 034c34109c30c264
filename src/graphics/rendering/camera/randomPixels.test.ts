import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../../testing/gradients';
import { largestDifference } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { randomPatches, randomRays, ray } from './perspective';

beforeAll(async () => { await tf.setBackend('cpu'); });

const [focal, principalPoint] = [[500, 510], [30, 20]];
const camera = () => [tf.tensor1d(focal), tf.tensor1d(principalPoint)] as const;

describe('random rays', () => {
  it('refuses shapes by name, and images without pixels', () => {
    expect(() => randomRays(tf.zeros([3]), tf.zeros([2]), 8, 8, 4, { seed: 1 })).toThrow(/focal must have exactly 2/);
    expect(() => randomRays(...camera(), 8, 6, 4, { seed: 1, margin: 3 })).toThrow(/a margin of 3 leaves no pixel of an image of height 8 and width 6/);
  });

  it('go through all pixels within the margins, and no others (seed 3)', () => {
    const { rays, pixels } = randomRays(...camera(), 9, 7, 2000, { seed: 3, margin: 2 });
    const seen = new Set((pixels.arraySync() as number[][]).map(([x, y]) => `${x} ${y}`));
    expect([...seen].sort()).toEqual([2, 3, 4].flatMap((x) => [2, 3, 4, 5, 6].map((y) => `${x} ${y}`)).sort());
    expect(largestDifference(rays, ray(pixels, ...camera()))).toBe(0);
  });

  it('are the same for a seed, others for another and for another camera of the batch', () => {
    const draw = (seed: number) => randomRays(tf.tensor2d([focal, focal]), tf.tensor1d(principalPoint), 64, 64, 16, { seed }).pixels.arraySync() as number[][][];
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    expect(draw(5)[0]).not.toEqual(draw(5)[1]);
  });

  it('have the gradients of central differences to the focal length', () => {
    const loss = (x: tf.Tensor) => probe(randomRays(x, tf.tensor1d([3, 4]), 8, 8, 5, { seed: 1 }).rays);
    expect(checkGradient(loss, [2], [5, 6]).relativeError).toBeLessThan(1e-3);
  });
});

describe('random patches', () => {
  it('refuse even sizes and patches larger than the image', () => {
    expect(() => randomPatches(...camera(), 8, 8, 4, 3, { seed: 1 })).toThrow(/expected to be an odd value/);
    expect(() => randomPatches(...camera(), 8, 8, 5, 3, { seed: 1, scale: 2 })).toThrow(/does not fit an image of height 8 and width 8/);
  });

  it('are rectangles of pixels inside the image, anywhere in it (seeds 1 to 40)', () => {
    const lefts = Array.from({ length: 40 }, (_, i) => {
      const pixels = randomPatches(...camera(), 6, 9, 3, 5, { seed: i + 1 }).pixels.arraySync() as number[][];
      const [left, top] = pixels[0];
      expect(pixels).toEqual(Array.from({ length: 15 }, (_unused, k) => [left + (k % 5), top + Math.floor(k / 5)]));
      expect(left >= 0 && left + 4 < 9 && top >= 0 && top + 2 < 6).toBe(true);
      return left;
    });
    expect(new Set(lefts)).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  it('spread out with the scale', () => {
    const pixels = randomPatches(...camera(), 32, 32, 3, 3, { seed: 2, scale: 4 }).pixels.arraySync() as number[][];
    expect([pixels[1][0] - pixels[0][0], pixels[3][1] - pixels[0][1]]).toEqual([4, 4]);
  });
});
