import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../testing/randomTensors';
import * as tf from '../tf';
import { computeBarycentricCoordinates, computeTriangleMatrices, differentiableBarycentrics, normalizedPixelCoordinates } from './barycentrics';
import { interpolateVertexAttribute } from './interpolate';
import { rasterize } from './rasterizationBackend';
import { cubeTensors, viewFrom } from './testing/scenes';
import { transformHomogeneous } from './transformHomogeneous';

beforeAll(async () => { await tf.setBackend('cpu'); });

const SIZE = { height: 12, width: 16 };
/** The cube, its view and what is seen of it. */
function seen(numLayers = 1) {
  const { vertices, triangles } = cubeTensors();
  const [batch, view] = [tf.expandDims(vertices, 0), tf.expandDims(viewFrom([2, 1.5, 3]), 0)];
  const framebuffer = rasterize(batch, triangles, view, SIZE, { numLayers, enableCullFace: numLayers === 1, backend: 'cpu' });
  return { triangles, framebuffer, clip: transformHomogeneous(view, batch) };
}

describe('differentiable barycentrics', () => {
  it('refuse shapes by name', () => {
    const { framebuffer, clip, triangles } = seen();
    expect(() => differentiableBarycentrics(framebuffer, tf.zeros([8, 3]), triangles)).toThrow(/clipSpaceVertices must have exactly/);
    expect(() => differentiableBarycentrics(framebuffer, clip, tf.zeros([3, 3], 'int32'))).toThrow(/triangles must have exactly/);
    expect(() => interpolateVertexAttribute(tf.zeros([5, 2]), framebuffer)).toThrow(/attribute must have exactly/);
    expect(() => interpolateVertexAttribute(clip, framebuffer, { backgroundValue: [1] })).toThrow(/backgroundValue must have exactly 4/);
  });

  it.each([1, 2])('are those of the rasterizer, in %i layers', (numLayers) => {
    const { framebuffer, clip, triangles } = seen(numLayers);
    const again = differentiableBarycentrics(framebuffer, clip, triangles);
    expect(largestDifference(again.barycentrics.value, framebuffer.barycentrics.value)).toBeLessThan(2e-5);
    expect(largestDifference(interpolateVertexAttribute(clip, again).value, interpolateVertexAttribute(clip, framebuffer).value)).toBe(0);
  });

  it('have the gradients of central differences to the clip coordinates; those of the rasterizer have none', () => {
    const { framebuffer, clip, triangles } = seen();
    const values = Array.from(clip.dataSync());
    const loss = (x: tf.Tensor) => probe(differentiableBarycentrics(framebuffer, x, triangles).barycentrics.value);
    expect(checkGradient(loss, clip.shape, values, 3e-3).relativeError).toBeLessThan(1e-2);
    const attribute = randomTensors(18).uniform([clip.shape[1], 2]);
    const colors = (x: tf.Tensor) => probe(interpolateVertexAttribute(attribute, differentiableBarycentrics(framebuffer, x, triangles)).value);
    expect(checkGradient(colors, clip.shape, values, 3e-3).analytic.some((g) => g !== 0)).toBe(true);
    const byAttribute = (x: tf.Tensor) => probe(interpolateVertexAttribute(x, framebuffer, { backgroundValue: [0.5, 0.25] }).value);
    expect(checkGradient(byAttribute, attribute.shape, Array.from(attribute.dataSync())).relativeError).toBeLessThan(1e-3);
  });

  it('agree between the interpolation of corners and the position gradient of the kernel', () => {
    const { framebuffer, clip, triangles } = seen();
    const attribute = randomTensors(19).uniform([clip.shape[1], 3]);
    const byKernel = (x: tf.Tensor) => probe(interpolateVertexAttribute(attribute, differentiableBarycentrics(framebuffer, x, triangles)).value);
    const corners = tf.gather(attribute, tf.cast(framebuffer.vertexIds, 'int32'));
    const byCorners = (x: tf.Tensor) => probe(tf.sum(tf.mul(corners, tf.expandDims(differentiableBarycentrics(framebuffer, x, triangles).barycentrics.value, -1)), 3));
    const [a, b] = [byKernel, byCorners].map((f) => tf.grad(f)(clip));
    expect(largestDifference(a, b) / tf.max(tf.abs(a)).dataSync()[0]).toBeLessThan(1e-3);
  });
});

describe('triangle matrices', () => {
  it('refuse shapes by name', () => {
    expect(() => computeTriangleMatrices(tf.zeros([4, 3]), tf.zeros([1, 3], 'int32'))).toThrow(/clipSpaceVertices must have exactly 4/);
    expect(() => computeBarycentricCoordinates(tf.zeros([2], 'int32'), tf.zeros([3, 2, 1]), tf.zeros([2]), tf.zeros([2]))).toThrow(/triangleMatrices must have exactly 3/);
  });

  it('give the barycentrics of every pixel, as the rasterizer has them', () => {
    const { framebuffer, clip, triangles } = seen();
    const ids = tf.reshape(framebuffer.triangleId, [SIZE.height, SIZE.width]);
    const matrices = computeTriangleMatrices(tf.squeeze(clip, [0]), triangles);
    const weights = computeBarycentricCoordinates(ids, matrices, ...normalizedPixelCoordinates(SIZE.width, SIZE.height));
    const image = tf.mul(tf.transpose(weights, [1, 2, 0]), tf.squeeze(framebuffer.foregroundMask, [0]));
    expect(largestDifference(image, tf.squeeze(framebuffer.barycentrics.value, [0]))).toBeLessThan(2e-5);
  });

  it('have the gradients of central differences, and finite ones without area', () => {
    const triangle = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
    const weigh = (x: tf.Tensor) => probe(computeBarycentricCoordinates(tf.zeros([1], 'int32'), computeTriangleMatrices(x, triangle), tf.tensor1d([0.1]), tf.tensor1d([-0.2])));
    const corners = [-1, -1, 0, 1, 1.5, -1, 0.2, 1.2, 0.1, 0.9, 0.1, 0.8];
    expect(checkGradient(weigh, [3, 4], corners, 3e-3).relativeError).toBeLessThan(1e-2);
    const flat = tf.tensor2d([[0, 0, 0, 1], [1, 1, 0, 1], [2, 2, 0, 1]]);
    expect(allFinite(weigh(flat), tf.grad(weigh)(flat))).toBe(true);
  });
});
