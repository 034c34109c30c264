import { beforeAll, describe, expect, it } from 'vitest';
import { numericGradient, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { sampleTexture } from '..';
import { dotProduct, randomValues64 } from '../testing/float64';
import { sampleTextureGradTextureLoops, sampleTextureGradUvsLoops, sampleTextureLoops } from './sampleTexture.cpu';

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('sampleTexture', () => {
  it.each([false, true])('has the gradients of central differences, in float64 (tiling %s)', (tiling) => {
    const dims = { height: 4, width: 5, channels: 2, tiling };
    const uvs = randomValues64(60, 1).map((x) => 0.5 + x / 2);
    const texture = randomValues64(40, 2);
    const weights = randomValues64(60, 3);
    const toTexture = sampleTextureGradTextureLoops(weights, uvs, dims);
    expect(relativeError(toTexture, numericGradient((x) => dotProduct(weights, sampleTextureLoops(uvs, x, dims)), texture))).toBeLessThan(1e-8);
    const toUvs = sampleTextureGradUvsLoops(weights, uvs, texture, dims);
    expect(relativeError(toUvs, numericGradient((x) => dotProduct(weights, sampleTextureLoops(x, texture, dims)), uvs, 1e-7))).toBeLessThan(1e-5);
  });

  it('has texel centres at half-integers, its origin at the lower left, and continues or repeats beyond the border', () => {
    const texture = tf.tensor3d([[[1], [2]], [[3], [4]]]);
    const at = (u: number, v: number, tiling = false) => sampleTexture(tf.tensor2d([[u, v]]), texture, { tiling }).dataSync()[0];
    expect([at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)]).toEqual([3, 4, 1, 2]);
    expect(at(0.5, 0.5)).toBe(2.5);
    expect([at(-3, 0.25), at(9, 9)]).toEqual([3, 2]);
    expect([at(1.25, 0.25, true), at(-0.25, 0.25, true), at(0, 0.25, true)]).toEqual([3, 4, 3.5]);
  });

  it('refuses wrong shapes by name', () => {
    expect(() => sampleTexture(tf.zeros([4, 3]), tf.zeros([2, 2, 3]))).toThrow(/uvs must have exactly 2/);
    expect(() => sampleTexture(tf.zeros([4, 2]), tf.zeros([2, 2]) as unknown as tf.Tensor3D)).toThrow(/texture must have a rank of 3/);
  });
});
