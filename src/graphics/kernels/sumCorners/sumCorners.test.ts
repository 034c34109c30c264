import { beforeAll, describe, expect, it } from 'vitest';
import { icosphereMesh, sixColorCube } from '../../../scene/primitives';
import { buildTopology } from '../../../scene/topology';
import { createTopology } from '../../geometry/representation/mesh/topology';
import { numericGradient, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { gatherFaces, sumCorners } from '..';
import { gatherFacesLoops } from '../gatherFaces/gatherFaces.cpu';
import { dotProduct, randomValues64 } from '../testing/float64';
import { sumCornersLoops } from './sumCorners.cpu';

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('gatherFaces and sumCorners', () => {
  it('are each the gradient of the other, as central differences say in float64', () => {
    const { faces, cornerOffsets, corners, vertexCount } = buildTopology(icosphereMesh(1, 1));
    const [batch, channels] = [2, 2];
    const values = randomValues64(batch * vertexCount * channels, 1);
    const weights = randomValues64(batch * faces.length * channels, 2);
    const gather = (x: Float64Array) => dotProduct(weights, gatherFacesLoops(x, faces, [batch, vertexCount, channels]));
    expect(relativeError(sumCornersLoops(weights, cornerOffsets, corners, batch, channels), numericGradient(gather, values))).toBeLessThan(1e-8);
    const sum = (x: Float64Array) => dotProduct(values, sumCornersLoops(x, cornerOffsets, corners, batch, channels));
    expect(relativeError(gatherFacesLoops(values, faces, [batch, vertexCount, channels]), numericGradient(sum, weights))).toBeLessThan(1e-8);
  });

  it('gather what tf.gather gathers, with its first and second gradients', () => {
    const topology = createTopology(buildTopology(sixColorCube()));
    const values = tf.tensor3d(Float32Array.from(randomValues64(24 * 3, 3)), [1, 24, 3]);
    const plain = (x: tf.Tensor) => tf.reshape(tf.gather(x, tf.reshape(topology.faces, [-1]), 1), [1, 12, 3, 3]);
    const ours = (x: tf.Tensor) => gatherFaces(x as tf.Tensor3D, topology);
    const cube = (gather: (x: tf.Tensor) => tf.Tensor) => (x: tf.Tensor) => tf.sum(tf.pow(gather(x), 3));
    const second = (gather: (x: tf.Tensor) => tf.Tensor) => tf.grad((x) => tf.sum(tf.square(tf.grad(cube(gather))(x))))(values).dataSync();
    expect(Array.from(ours(values).dataSync())).toEqual(Array.from(plain(values).dataSync()));
    expect(relativeError(tf.grad(cube(ours))(values).dataSync(), tf.grad(cube(plain))(values).dataSync())).toBeLessThan(1e-5);
    expect(relativeError(second(ours), second(plain))).toBeLessThan(1e-4);
  });

  it('give vertices without a face nothing', () => {
    const topology = createTopology(buildTopology({ positions: new Float32Array(12), faces: Uint32Array.of(0, 1, 2) }));
    expect(Array.from(sumCorners(tf.ones([1, 1, 3, 1]), topology).dataSync())).toEqual([1, 1, 1, 0]);
  });

  it('refuse wrong shapes by name', () => {
    const topology = createTopology(buildTopology(sixColorCube()));
    expect(() => gatherFaces(tf.zeros([1, 5, 3]), topology)).toThrow(/values must have exactly 24 dimensions in axis 1/);
    expect(() => sumCorners(tf.zeros([1, 5, 3, 1]), topology)).toThrow(/values must have exactly 12 dimensions in axis 1/);
  });
});
