import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { mipmap, textureMap } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

/** Uvs of an image of H × W pixels that shows `span` of the texture. */
const uvGrid = (height: number, width: number, span = 1): tf.Tensor3D => tf.tensor3d(Array.from({ length: height * width }, (_, i) =>
  [(span * ((i % width) + 0.5)) / width, 1 - (span * (Math.floor(i / width) + 0.5)) / height]).flat(), [height, width, 2]);

describe('mapTexture', () => {
  it('refuses shapes and methods by name', () => {
    expect(() => textureMap.mapTexture(tf.zeros([2, 3]), tf.zeros([2, 2, 3]))).toThrow(/uvMap must have exactly 2/);
    expect(() => textureMap.mapTexture(tf.zeros([2, 2]), tf.zeros([2, 2]) as unknown as tf.Tensor3D)).toThrow(/textureImage must have a rank of 3/);
    expect(() => textureMap.mapTexture(tf.zeros([2, 2]), tf.zeros([2, 2, 3]), { interpolationMethod: 'cubic' as 'nearest' })).toThrow(/'cubic'/);
  });

  it('gives a texture back at its own texel centres, bilinear or nearest (seed 10)', () => {
    const texture = randomTensors(10).uniform([5, 7, 3]) as tf.Tensor3D;
    expect(largestDifference(textureMap.mapTexture(uvGrid(5, 7), texture), texture)).toBeLessThan(1e-6);
    expect(largestDifference(textureMap.mapTexture(uvGrid(5, 7), texture, { interpolationMethod: 'nearest' }), texture)).toBeLessThan(1e-6);
  });

  it('takes the texel that a uv falls into with nearest, tiled or not', () => {
    const texture = tf.tensor3d([1, 2, 3, 4], [2, 2, 1]);
    const look = (uvs: number[][], options: textureMap.TextureOptions) =>
      Array.from(textureMap.mapTexture(tf.tensor2d(uvs), texture, { interpolationMethod: 'nearest', ...options }).dataSync());
    const within = [[0.01, 0.99], [0.49, 0.51], [0.51, 0.51], [0.2, 0.49]];
    expect(look(within, {})).toEqual([1, 1, 2, 3]);
    expect(look(within, { borderType: 'DUPLICATE' })).toEqual([1, 1, 2, 3]);
    const outside = [[-0.3, 1.2], [1.3, -0.7]];
    expect(look(outside, {})).toEqual([0, 0]);
    expect(look(outside, { borderType: 'DUPLICATE' })).toEqual([1, 4]);
    expect(look(outside, { tiling: true })).toEqual([4, 3]);
  });

  it('falls to 0 within half a texel of the border, or goes on with it', () => {
    const texture = tf.fill([3, 2, 1], 4) as tf.Tensor3D;
    const look = (borderType: 'ZERO' | 'DUPLICATE') => Array.from(textureMap.mapTexture(tf.tensor2d([[0.25, 0.5], [0, 0.5], [0, 0], [1, 1 + 0.5 / 3], [-9, 0.5]]), texture, { borderType }).dataSync());
    expect(look('ZERO')).toEqual([4, 2, 1, 0, 0].map((x) => expect.closeTo(x, 5)));
    expect(look('DUPLICATE')).toEqual([4, 4, 4, 4, 4]);
    expect(() => look('BLACK' as 'ZERO')).toThrow(/borderType must be one of ZERO, DUPLICATE/);
  });

  it('has gradients to the texture with nearest: the texel alone', () => {
    const gradient = tf.grad((t) => textureMap.mapTexture(tf.tensor2d([[0.6, 0.6]]), t as tf.Tensor3D, { interpolationMethod: 'nearest' }))(tf.zeros([2, 2, 1]));
    expect(Array.from(gradient.dataSync())).toEqual([0, 1, 0, 0]);
  });
});

describe('mipmap.mapTexture', () => {
  it('refuses shapes by name, and textures too small', () => {
    const textureImage = tf.zeros([8, 8, 1]) as tf.Tensor3D;
    expect(() => mipmap.mapTexture(tf.zeros([2, 2]), { textureImage })).toThrow(/uvMap must have a rank of greater than 2/);
    expect(() => mipmap.mapTexture(tf.zeros([2, 2, 2]))).toThrow(/Either textureImage or mipmapImages/);
    expect(() => mipmap.mapTexture(tf.zeros([2, 2, 2]), { textureImage })).toThrow(/\(8, 8\) is too small for the provided number of mipmap levels \(5\)/);
    expect(() => mipmap.mapTexture(tf.zeros([2, 2, 2]), { mipmapImages: [textureImage, tf.zeros([4, 4, 2]) as tf.Tensor3D] })).toThrow(/mipmapImages\[1\] must have exactly 1/);
  });

  it.each([[8, 8], [3, 5], [1, 6], [16, 4]])('is the plain texture where texels are larger than pixels, for an image of %i × %i', (height, width) => {
    const textureImage = randomTensors(11).uniform([8, 8, 2]) as tf.Tensor3D;
    const uvs = uvGrid(height, width, Math.min(height, width) / 16);
    expect(largestDifference(mipmap.mapTexture(uvs, { textureImage, numMipmapLevels: 3 }), textureMap.mapTexture(uvs, textureImage))).toBeLessThan(1e-6);
  });

  it('is the mean of the texels under a pixel where those are smaller, for any batch and size (seed 12)', () => {
    const textureImage = randomTensors(12).uniform([32, 32, 3]) as tf.Tensor3D;
    const mean = tf.avgPool(textureImage, 8, 8, 'valid');
    const uvs = tf.tile(tf.reshape(uvGrid(4, 4), [1, 1, 4, 4, 2]), [2, 3, 1, 1, 1]);
    const image = mipmap.mapTexture(uvs, { textureImage, numMipmapLevels: 5 });
    expect(image.shape).toEqual([2, 3, 4, 4, 3]);
    expect(largestDifference(tf.reshape(tf.slice(image, [1, 2, 0, 0, 0], [1, 1, -1, -1, -1]), [4, 4, 3]), mean)).toBeLessThan(1e-5);
  });

  it('lies between two sizes where a pixel covers between 2 and 4 texels; takes given sizes', () => {
    const mipmapImages = [0, 1, 2].map((level) => tf.fill([16 >> level, 16 >> level, 1], level) as tf.Tensor3D);
    const image = mipmap.mapTexture(uvGrid(6, 6), { mipmapImages, borderType: 'DUPLICATE' });
    image.dataSync().forEach((level) => expect(level).toBeCloseTo(Math.log2(16 / 6), 4));
    mipmap.mapTexture(uvGrid(2, 2), { mipmapImages, borderType: 'DUPLICATE' }).dataSync().forEach((level) => expect(level).toBe(2));
  });

  it('has the gradients of central differences, and finite ones where all uvs agree', () => {
    const texture = randomTensors(13).uniform([8, 8, 1]) as tf.Tensor3D;
    const uvs = uvGrid(2, 3, 0.83);
    const byTexture = (x: tf.Tensor) => probe(mipmap.mapTexture(uvs, { textureImage: x as tf.Tensor3D, numMipmapLevels: 3 }));
    const byUvs = (x: tf.Tensor) => probe(mipmap.mapTexture(x, { textureImage: texture, numMipmapLevels: 3 }));
    expect(checkGradient(byTexture, [8, 8, 1], Array.from(texture.dataSync())).relativeError).toBeLessThan(2e-3);
    expect(checkGradient(byUvs, [2, 3, 2], Array.from(uvs.dataSync()), 5e-4).relativeError).toBeLessThan(2e-2);
    expect(allFinite(tf.grad(byUvs)(tf.fill([2, 3, 2], 0.4)))).toBe(true);
  });
});
