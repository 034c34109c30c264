import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from '../testing/gradients';
import { largestDifference, randomTensors } from '../testing/randomTensors';
import * as tf from '../tf';
import { mergeBatchDims, restoreBatchDims } from './batchDims';
import { cubeTensors, viewFrom } from './testing/scenes';
import { transformHomogeneous } from './transformHomogeneous';
import { rasterize } from './triangleRasterizer';

beforeAll(async () => { await tf.setBackend('cpu'); });

const SIZE = { height: 18, width: 24 };

describe('triangleRasterizer.rasterize', () => {
  it('refuses shapes by name', () => {
    const { vertices, triangles } = cubeTensors();
    const count = vertices.shape[0];
    const view = viewFrom([0, 0, 4]);
    expect(() => rasterize(tf.zeros([count]), triangles, {}, view, SIZE)).toThrow(/vertices must have a rank of greater than 1/);
    expect(() => rasterize(vertices, triangles, {}, tf.eye(3), SIZE)).toThrow(/viewProjectionMatrix must have exactly 4 dimensions in axis -2/);
    expect(() => rasterize(vertices, triangles, { color: tf.zeros([5, 3]) }, view, SIZE)).toThrow(/attributes\.color must have exactly/);
    expect(() => rasterize(tf.tile(tf.expandDims(vertices, 0), [2, 1, 1]), triangles, {}, tf.zeros([3, 4, 4]), SIZE)).toThrow(/broadcast-compatible: \[vertices: \[2\], viewProjectionMatrix: \[3\]\]/);
  });

  it('interpolates attributes: the position of a pixel projects to its centre, row 0 at the top', () => {
    const { vertices, triangles } = cubeTensors();
    const view = viewFrom([1, 2, 4]);
    const { position, mask, barycentrics, triangleIndices } = rasterize(vertices, triangles, { position: vertices }, view, SIZE);
    expect([position.shape, mask.shape, barycentrics.shape, triangleIndices.shape]).toEqual([[18, 24, 3], [18, 24, 1], [18, 24, 3], [18, 24, 1]]);
    const clip = transformHomogeneous(tf.expandDims(view, 0), tf.reshape(position, [1, -1, 3])).arraySync()[0];
    const covered = mask.dataSync<'float32'>();
    expect(covered.reduce((a, b) => a + b, 0)).toBeGreaterThan(30);
    clip.forEach(([x, y, , w], i) => {
      if (covered[i] === 0) return;
      expect((x / w + 1) * 12).toBeCloseTo((i % 24) + 0.5, 3);
      expect((1 - y / w) * 9).toBeCloseTo(Math.floor(i / 24) + 0.5, 3);
    });
  });

  it('draws any batch as it draws each scene by itself, and broadcasts (seed 20)', () => {
    const { vertices, triangles } = cubeTensors();
    const random = randomTensors(20);
    const moved = tf.add(vertices, random.uniform([2, 1, 1, 3], -0.4, 0.4));
    const matrices = tf.stack([viewFrom([1, 2, 4]), viewFrom([-3, 1, 2]), viewFrom([0, -4, 1])]);
    const color = random.uniform([vertices.shape[0], 3]);
    const all = rasterize(moved, triangles, { color }, matrices, SIZE);
    expect(all.color.shape).toEqual([2, 3, 18, 24, 3]);
    const vertex = tf.reshape(tf.slice(moved, [1, 0, 0, 0], [1, 1, -1, -1]), vertices.shape);
    const one = rasterize(vertex, triangles, { color }, tf.reshape(tf.slice(matrices, [2, 0, 0], [1, -1, -1]), [4, 4]), SIZE);
    const last = (image: tf.Tensor) => tf.reshape(mergeBatchDims(image, -3), [6, -1]);
    expect(largestDifference(tf.slice(last(all.color), [5, 0], [1, -1]), tf.reshape(one.color, [1, -1]))).toBeLessThan(1e-6);
  });

  it('has the gradients of central differences to attributes, and inside faces to vertices', () => {
    const triangle = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
    // Larger than the image, so that no silhouette is in it.
    const corners = [-4, -3, 0.1, 5, -4, -0.3, 0.3, 6, 0.2];
    const color = randomTensors(21).uniform([3, 2]);
    const draw = (vertices: tf.Tensor, attribute: tf.Tensor) => probe(rasterize(vertices, triangle, { attribute }, viewFrom([0.3, 0.2, 4]), { height: 4, width: 5 }).attribute);
    expect(checkGradient((x) => draw(x, color), [3, 3], corners, 1e-2).relativeError).toBeLessThan(1e-2);
    expect(checkGradient((x) => draw(tf.tensor2d(corners, [3, 3]), x), [3, 2], Array.from(color.dataSync())).relativeError).toBeLessThan(1e-3);
  });
});

describe('batches', () => {
  it('are merged and restored', () => {
    const tensor = randomTensors(22).uniform([2, 3, 4, 5]);
    const merged = mergeBatchDims(tensor, -2);
    expect(merged.shape).toEqual([6, 4, 5]);
    expect(largestDifference(restoreBatchDims(merged, [2, 3]), tensor)).toBe(0);
    expect(() => mergeBatchDims(tensor, 4)).toThrow(/tensor has no axis 4/);
    expect(() => restoreBatchDims(tf.scalar(1), [1])).toThrow(/tensor must have a rank of greater than 0/);
  });

  it('of points are transformed, with gradients summed over what was broadcast', () => {
    expect(() => transformHomogeneous(tf.zeros([2, 4, 4]), tf.zeros([3, 5, 3]))).toThrow(/vertices must have exactly 2/);
    const matrices = randomTensors(23).uniform([2, 4, 4]);
    expect(checkGradient((x) => probe(transformHomogeneous(matrices, x)), [1, 2, 3], [1, 2, 3, 4, 5, 6]).relativeError).toBeLessThan(1e-3);
    const [x] = transformHomogeneous(tf.expandDims(tf.tensor2d([[1, 0, 0, 5], [0, 1, 0, 6], [0, 0, 1, 7], [0, 0, 0, 1]]), 0), tf.tensor3d([[[1, 2, 3]]])).arraySync();
    expect(x).toEqual([[6, 8, 10, 1]]);
  });
});
