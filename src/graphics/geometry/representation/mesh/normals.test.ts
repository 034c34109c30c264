import { beforeAll, describe, expect, it } from 'vitest';
import { icosphereMesh } from '../../../../scene/primitives';
import { buildTopology } from '../../../../scene/topology';
import { checkGradient, probe } from '../../../testing/gradients';
import * as tf from '../../../tf';
import { faceNormals, vertexNormals } from './normals';
import { createTopology } from './topology';

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('normals', () => {
  it('of a sphere point outwards', () => {
    const sphere = icosphereMesh(2, 2);
    const vertices = tf.tensor2d(sphere.positions, [sphere.positions.length / 3, 3]);
    const normals = vertexNormals(vertices, createTopology(buildTopology(sphere)));
    expect(normals.shape).toEqual(vertices.shape);
    expect(tf.min(tf.sum(tf.mul(normals, tf.div(vertices, 2)), 1)).dataSync()[0]).toBeGreaterThan(0.99);
  });

  it('of a face: right-handed, its length twice the area when not normalised, 0 without area', () => {
    const faces = tf.tensor3d([[[0, 0, 0], [2, 0, 0], [0, 3, 0]], [[1, 1, 1], [2, 2, 2], [3, 3, 3]]]);
    expect(Array.from(faceNormals(faces).dataSync())).toEqual([0, 0, 1, 0, 0, 0]);
    expect(Array.from(faceNormals(faces, { normalize: false }).dataSync())).toEqual([0, 0, 6, 0, 0, 0]);
    expect(Array.from(faceNormals(faces, { clockwise: false }).dataSync()).map((x) => x + 0)).toEqual([0, 0, -1, 0, 0, 0]);
    expect(Array.from(tf.grad((x) => probe(faceNormals(x)))(faces).dataSync()).every(Number.isFinite)).toBe(true);
  });

  it('have the gradients of central differences', () => {
    const sphere = icosphereMesh(1, 0);
    const topology = createTopology(buildTopology(sphere));
    const values = Array.from(sphere.positions, (x, i) => x * (1 + 0.1 * Math.sin(i)));
    expect(checkGradient((x) => probe(vertexNormals(x, topology)), [values.length / 3, 3], values).relativeError).toBeLessThan(2e-3);
  });

  it('refuse wrong shapes by name', () => {
    const topology = createTopology(buildTopology(icosphereMesh(1, 0)));
    expect(() => vertexNormals(tf.zeros([5, 3]), topology)).toThrow(/vertices must have exactly 60 dimensions in axis 0/);
  });
});
