import { beforeAll, describe, expect, it } from 'vitest';
import { largestDifference, randomTensors } from '../testing/randomTensors';
import * as tf from '../tf';
import { rasterize, RasterizationBackends } from './rasterizationBackend';
import { cubeTensors, viewFrom } from './testing/scenes';
import { toTopology } from './triangles';

beforeAll(async () => { await tf.setBackend('cpu'); });

const SIZE = { height: 37, width: 52 };
const views = (count: number, seed: number) => {
  const eyes = randomTensors(seed).directions([count, 3]).arraySync() as [number, number, number][];
  return tf.stack(eyes.map(([x, y, z]) => viewFrom([4 * x, 4 * y, 4 * z])));
};
const cube = () => {
  const { vertices, triangles } = cubeTensors();
  return { vertices: tf.expandDims(vertices, 0), triangles };
};

describe('rasterize', () => {
  it('refuses shapes, sizes and backends by name', () => {
    const { vertices, triangles } = cube();
    const view = views(1, 1);
    expect(() => rasterize(tf.zeros([8, 3]), triangles, view, SIZE)).toThrow(/vertices must have a rank of 3/);
    expect(() => rasterize(tf.zeros([2, 8, 3]), triangles, views(3, 1), SIZE)).toThrow(/viewProjectionMatrices must have exactly 2 dimensions in axis 0/);
    expect(() => rasterize(vertices, tf.zeros([2, 4], 'int32'), view, SIZE)).toThrow(/triangles must have exactly 3/);
    expect(() => rasterize(vertices, tf.tensor2d([[0, 1, 99]], [1, 3], 'int32'), view, SIZE)).toThrow(/99/);
    expect(() => rasterize(vertices, triangles, view, { height: 0, width: 3 })).toThrow(/imageSize.height must be a positive whole number/);
    expect(() => rasterize(vertices, triangles, view, SIZE, { numLayers: 2 })).toThrow('OpenGL rasterizer only supports single layer.');
    expect(() => rasterize(vertices, triangles, view, SIZE, { backend: 'vulkan' as 'cpu' })).toThrow(/Backend is not supported/);
    const other = toTopology(triangles, 99);
    expect(() => rasterize(vertices, other, view, SIZE)).toThrow(/the topology of 99 vertices/);
  });

  it.each([true, false])('sees the same with both backends, culling %s (seed 14)', (enableCullFace) => {
    const { vertices, triangles } = cube();
    const [kernel, loops] = Object.values(RasterizationBackends).map((backend) => rasterize(vertices, triangles, views(4, 14), SIZE, { enableCullFace, backend }));
    expect(kernel.triangleId.arraySync()).toEqual(loops.triangleId.arraySync());
    expect(kernel.vertexIds.arraySync()).toEqual(loops.vertexIds.arraySync());
    expect(largestDifference(kernel.barycentrics.value, loops.barycentrics.value)).toBeLessThan(1e-5);
    expect(tf.sum(kernel.foregroundMask).dataSync()[0]).toBeGreaterThan(500);
  });

  it('leaves out what is seen clockwise: nothing of a closed mesh, its inside of one turned inside out', () => {
    const { vertices, triangles } = cube();
    const view = views(2, 15);
    const all = rasterize(vertices, triangles, view, SIZE, { enableCullFace: false });
    expect(rasterize(vertices, triangles, view, SIZE).triangleId.arraySync()).toEqual(all.triangleId.arraySync());
    const insideOut = rasterize(vertices, tf.reverse(triangles, 1), view, SIZE);
    expect(insideOut.foregroundMask.arraySync()).toEqual(all.foregroundMask.arraySync());
    expect(insideOut.triangleId.arraySync()).not.toEqual(all.triangleId.arraySync());
  });

  it('peels a closed mesh into front and back: equal masks, other triangles, nothing in a third layer', () => {
    const { vertices, triangles } = cube();
    const [front, back, third] = [0, 1, 2].map((layer) =>
      rasterize(vertices, triangles, views(2, 16), SIZE, { numLayers: 3, enableCullFace: false, backend: 'cpu' }).layer(layer));
    const differing = tf.sum(tf.abs(tf.sub(front.foregroundMask, back.foregroundMask))).dataSync()[0];
    expect(differing).toBe(0);
    expect(tf.sum(third.foregroundMask).dataSync()[0]).toBe(0);
    const same = tf.sum(tf.mul(front.foregroundMask, tf.cast(tf.equal(front.triangleId, back.triangleId), 'float32'))).dataSync()[0];
    expect(same).toBe(0);
  });

  it('takes a topology for the triangles, and leaves no tensors but the result', () => {
    const { vertices, triangles } = cube();
    const view = views(1, 17);
    const topology = toTopology(triangles, vertices.shape[1]!);
    const before = tf.memory().numTensors;
    tf.engine().startScope();
    const [given, built] = [topology, triangles].map((mesh) => rasterize(vertices, mesh, view, SIZE).triangleId.arraySync());
    tf.engine().endScope();
    expect(given).toEqual(built);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('reads triangles back once, and draws them as the tensor that they are', () => {
    const { vertices, triangles } = cube();
    const [first, second] = [0, 1].map(() => toTopology(triangles, vertices.shape[1]!));
    expect(first.faces.dataId).toBe(triangles.dataId);
    expect(second.corners.arraySync()).toEqual(first.corners.arraySync());
    expect(toTopology(triangles, 99).cornerOffsets.shape).toEqual([100]);
  });
});
