import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../tf';
import { Framebuffer, RasterizedAttribute } from './framebuffer';
import { rasterize } from './rasterizationBackend';

beforeAll(async () => { await tf.setBackend('cpu'); });

const framebuffer = (numLayers: number) => rasterize(
  tf.tensor3d([[[-1, -1, 0], [1, -1, 0], [0, 1, 0], [-1, -1, 0.5], [1, -1, 0.5], [0, 1, 0.5]]]), tf.tensor2d([[0, 1, 2], [3, 4, 5]], [2, 3], 'int32'),
  tf.reshape(tf.eye(4), [1, 4, 4]), { height: 6, width: 8 }, { numLayers, backend: 'cpu' },
);

describe('a rasterized attribute', () => {
  it('refuses ranks and shapes that do not fit', () => {
    const value = tf.zeros([1, 2, 3, 4]);
    expect(() => new RasterizedAttribute(tf.zeros([2, 3, 4]))).toThrow(/Expected input value to be rank 4 or 5, but is 3/);
    expect(() => new RasterizedAttribute(value, tf.zeros([2, 3, 4]))).toThrow(/of the same rank/);
    expect(() => new RasterizedAttribute(value, value, tf.zeros([1, 2, 3, 5]))).toThrow(/shapes to be the same but found: \[1, 2, 3, 4\]/);
  });

  it('gives its layers, with their derivatives', () => {
    const value = tf.tensor(Float32Array.from({ length: 24 }, (_, i) => i), [1, 2, 2, 3, 2]);
    const attribute = new RasterizedAttribute(value, tf.neg(value));
    expect(attribute.isMultiLayer).toBe(true);
    const layer = attribute.layer(1);
    expect(layer.value.shape).toEqual([1, 2, 3, 2]);
    expect(Array.from(layer.dDx!.dataSync())).toEqual(Array.from({ length: 12 }, (_, i) => -12 - i));
    expect(layer.layer(0)).toBe(layer);
    expect(() => layer.layer(1)).toThrow(/Invalid layer index 1/);
  });
});

describe('a framebuffer', () => {
  it('knows its size, with and without layers', () => {
    const [single, layered] = [framebuffer(1), framebuffer(2)];
    const sizes = ({ batchSize, numLayers, height, width, pixelCount, isMultiLayer }: Framebuffer) => [batchSize, numLayers, height, width, pixelCount, isMultiLayer];
    expect(sizes(single)).toEqual([1, 1, 6, 8, 48, false]);
    expect(sizes(layered)).toEqual([1, 2, 6, 8, 96, true]);
    expect(Array.from(tf.add(single.backgroundMask, single.foregroundMask).dataSync())).toEqual(new Array(48).fill(1));
  });

  it('gives its layers: the first is the image without layers, the second what lies behind', () => {
    const [single, layered] = [framebuffer(1), framebuffer(2)];
    const [front, back] = [layered.layer(0), layered.layer(1)];
    for (const name of ['triangleId', 'vertexIds', 'foregroundMask'] as const) expect(front[name].arraySync()).toEqual(single[name].arraySync());
    expect(front.barycentrics.value.arraySync()).toEqual(single.barycentrics.value.arraySync());
    expect(Array.from(back.triangleId.dataSync())).toEqual(Array.from(single.foregroundMask.dataSync()));
    expect(single.layer(0)).toBe(single);
    expect(() => single.layer(2)).toThrow(/Invalid layer index 2/);
  });

  it('refuses images that do not fit', () => {
    const parts = framebuffer(1);
    expect(() => new Framebuffer({ ...parts, triangleId: tf.zeros([6, 8, 1]) })).toThrow(/the same rank/);
    expect(() => new Framebuffer({ ...parts, foregroundMask: tf.zeros([1, 8, 6, 1]) })).toThrow(/same \(up to channels\)/);
    expect(() => new Framebuffer({ ...parts, attributes: { uv: new RasterizedAttribute(tf.zeros([2, 6, 8, 2])) } })).toThrow(/\[2, 6, 8, 2\]/);
  });

  it.each([1, 2])('frees all that it holds (%i layers), a layer what it has for itself', (numLayers) => {
    const inputs = tf.memory().numTensors;
    const whole = framebuffer(numLayers);
    const [made] = [tf.memory().numTensors];
    if (numLayers > 1) whole.layer(1).dispose();
    expect(tf.memory().numTensors).toBe(made);
    expect(whole.triangleId.isDisposed).toBe(false);
    whole.dispose();
    // The inputs stay: vertices, triangles, the matrix and what it was reshaped from.
    expect(tf.memory().numTensors - inputs).toBe(4);
  });
});
