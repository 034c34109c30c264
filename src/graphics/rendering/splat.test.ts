import { beforeAll, describe, expect, it } from 'vitest';
import { probe } from '../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../testing/randomTensors';
import * as tf from '../tf';
import { rasterizeThenSplat, splatAtPixelCenters } from './splat';
import { cubeTensors, viewFrom } from './testing/scenes';
import { rasterize } from './triangleRasterizer';

beforeAll(async () => { await tf.setBackend('cpu'); });

/** Samples at the centres of their pixels, at one depth for each layer. */
const centred = (layers: number, height: number, width: number): tf.Tensor => tf.tensor(
  Array.from({ length: layers * height * width }, (_, i) => [(i % width) + 0.5, (Math.floor(i / width) % height) + 0.5, 0.2 + 0.3 * Math.floor(i / (width * height))]).flat(),
  [layers, height, width, 3],
);

describe('splatAtPixelCenters', () => {
  it('refuses shapes by name', () => {
    expect(() => splatAtPixelCenters([tf.zeros([4, 4, 3]), tf.zeros([1, 4, 4, 4])])).toThrow(/xyz must have a rank of 4/);
    expect(() => splatAtPixelCenters([tf.zeros([2, 4, 4, 3]), tf.zeros([1, 4, 4, 4])])).toThrow(/rgba must have exactly 2 dimensions in axis 0/);
  });

  it('keeps a plain surface, and blurs a single sample to a Gaussian of variance 1/4', () => {
    const color = tf.tile(tf.tensor([0.2, 0.4, 0.6, 1], [1, 1, 1, 4]), [1, 5, 5, 1]);
    const { rgba, normalized } = splatAtPixelCenters([centred(1, 5, 5), color]);
    expect(largestDifference(tf.slice(rgba, [1, 1, 0], [3, 3, 4]), tf.slice(tf.squeeze(color, [0]), [1, 1, 0], [3, 3, 4]))).toBeLessThan(1e-6);
    expect(normalized.shape).toEqual([3, 5, 5, 4]);
    const single = tf.buffer([1, 5, 5, 4]);
    single.set(1, 0, 2, 2, 3);
    const alpha = tf.squeeze(tf.slice(splatAtPixelCenters([centred(1, 5, 5), single.toTensor()]).rgba, [0, 0, 3], [-1, -1, 1]), [2]).arraySync() as number[][];
    expect(alpha[2][3] / alpha[2][2]).toBeCloseTo(Math.exp(-2), 5);
    expect(alpha[1][1] / alpha[2][2]).toBeCloseTo(Math.exp(-4), 5);
    expect(alpha.flat().reduce((a, b) => a + b)).toBeCloseTo(1.05, 5);
  });

  it('composites layers: what is opaque hides what lies behind', () => {
    const layer = (rgb: number[], alpha: number) => tf.tile(tf.tensor([...rgb, alpha], [1, 1, 1, 4]), [1, 4, 4, 1]);
    const middle = (front: tf.Tensor, back: tf.Tensor) => {
      const { rgba } = splatAtPixelCenters([centred(2, 4, 4), tf.concat([front, back], 0)]);
      return Array.from(tf.slice(rgba, [1, 1, 0], [1, 1, 4]).dataSync());
    };
    expect(middle(layer([1, 0, 0], 1), layer([0, 1, 0], 1))).toEqual([1, 0, 0, 1].map((x) => expect.closeTo(x, 5)));
    expect(middle(layer([0, 0, 0], 0), layer([0, 1, 0], 1))).toEqual([0, 1, 0, 1].map((x) => expect.closeTo(x, 5)));
  });

  it('pulls a lone sample towards where the image should be brighter', () => {
    const rgba = tf.buffer([1, 5, 5, 4]);
    rgba.set(1, 0, 2, 2, 3);
    const right = (xyz: tf.Tensor) => tf.sum(tf.slice(splatAtPixelCenters([xyz, rgba.toTensor()]).rgba, [0, 3, 3], [5, 2, 1]));
    const [x, y] = tf.slice(tf.grad(right)(centred(1, 5, 5)), [0, 2, 2, 0], [1, 1, 1, 3]).dataSync();
    expect(x).toBeGreaterThan(0.1);
    expect(Math.abs(y)).toBeLessThan(1e-6);
  });
});

describe('rasterizeThenSplat', () => {
  const SIZE = { height: 24, width: 32 };
  const white = ({ color }: { readonly color: tf.Tensor }) => color;
  const cube = () => {
    const { vertices, triangles } = cubeTensors();
    return { vertices, triangles, attributes: { color: tf.ones([vertices.shape[0], 4]) } };
  };

  it('refuses shapes by name, of the shading function too', () => {
    const { vertices, triangles, attributes } = cube();
    expect(() => rasterizeThenSplat(tf.zeros([8, 4]), triangles, attributes, viewFrom([0, 0, 4]), SIZE, white)).toThrow(/vertices must have exactly 3/);
    expect(() => rasterizeThenSplat(vertices, triangles, attributes, viewFrom([0, 0, 4]), SIZE, () => tf.zeros([3, 3, 4]))).toThrow(/the shading function's result must have exactly 24/);
  });

  it('is the plain image, a little blurred at silhouettes, in any batch (seed 24)', () => {
    const { vertices, triangles, attributes } = cube();
    const matrices = tf.reshape(tf.stack([viewFrom([1, 2, 4]), viewFrom([-3, 1, 2])]), [2, 1, 4, 4]);
    const splatted = rasterizeThenSplat(vertices, triangles, attributes, matrices, SIZE, white);
    const plain = rasterize(vertices, triangles, attributes, matrices, SIZE).color;
    expect(splatted.shape).toEqual([2, 1, 24, 32, 4]);
    const pixels = tf.sum(tf.mean(tf.step(tf.sub(tf.abs(tf.sub(splatted, plain)), 1e-3)), -1)).dataSync()[0];
    expect(pixels).toBeGreaterThan(20);
    expect(pixels).toBeLessThan(250);
  });

  it('has a gradient towards the target at silhouettes, where the plain image has none', () => {
    const triangle = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
    const corners = tf.tensor2d([[-0.6, -0.5, 0], [0.4, -0.5, 0], [0.4, 0.5, 0]]);
    const attributes = { color: tf.ones([3, 4]) };
    const target = rasterize(tf.add(corners, tf.tensor1d([0.2, 0, 0])), triangle, attributes, tf.eye(4), SIZE).color;
    const loss = (image: tf.Tensor) => tf.mean(tf.squaredDifference(image, target));
    const plain = tf.grad((x) => loss(rasterize(x, triangle, attributes, tf.eye(4), SIZE).color))(corners);
    expect(tf.max(tf.abs(plain)).dataSync()[0]).toBeLessThan(1e-6);
    const [x] = tf.sum(tf.grad((v) => loss(rasterizeThenSplat(v, triangle, attributes, tf.eye(4), SIZE, white)))(corners), 0).dataSync();
    expect(x).toBeLessThan(-0.02);
  });

  it('gives gradients to attributes, matrices and what the shading uses, and finite ones where nothing is seen', () => {
    const { vertices, triangles } = cube();
    const color = randomTensors(25).uniform([vertices.shape[0], 3], 0, 1);
    const draw = (view: tf.Tensor, attribute: tf.Tensor, tint: tf.Tensor) => probe(rasterizeThenSplat(
      vertices, triangles, { attribute }, view, SIZE, (x) => tf.concat([tf.mul(x.attribute, tint), tf.ones([24, 32, 1])], 2)));
    const gradients = tf.grads(draw)([viewFrom([1, 2, 4]), color, tf.ones([3])]);
    expect(allFinite(...gradients)).toBe(true);
    gradients.forEach((gradient) => expect(tf.max(tf.abs(gradient)).dataSync()[0]).toBeGreaterThan(1e-3));
    const away = tf.grads(draw)([tf.matMul(viewFrom([1, 2, 4]), tf.tensor2d([[1, 0, 0, 99], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])), color, tf.ones([3])]);
    expect(allFinite(...away)).toBe(true);
  });

  it('returns the layers when asked', () => {
    const { vertices, triangles, attributes } = cube();
    const { rgba, accumulated, normalized } = rasterizeThenSplat(
      vertices, triangles, attributes, viewFrom([1, 2, 4]), SIZE, white, { numLayers: 2, returnExtraBuffers: true });
    expect([rgba.shape, accumulated.shape, normalized.shape]).toEqual([[24, 32, 4], [3, 24, 32, 4], [3, 24, 32, 4]]);
  });
});
