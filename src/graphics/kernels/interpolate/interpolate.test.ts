import { beforeAll, describe, expect, it } from 'vitest';
import { sixColorCube } from '../../../scene/primitives';
import { buildTopology } from '../../../scene/topology';
import { createTopology } from '../../geometry/representation/mesh/topology';
import { numericGradient, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { interpolate, rasterize } from '..';
import { rasterizeLoops } from '../rasterize/rasterize.cpu';
import { dotProduct, randomValues64, view64 } from '../testing/float64';
import { interpolateGradAttributesLoops, interpolateGradPositionsLoops, interpolateLoops } from './interpolate.cpu';

const SIZE = { height: 7, width: 9 };
const CHANNELS = 2;

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('interpolate', () => {
  it.each([1, 2, 3])('has the gradients of central differences, in float64 (seed %i)', (seed) => {
    const { clip, batch, vertexCount, topology: { faces } } = view64(seed);
    const weights = randomValues64(batch * SIZE.height * SIZE.width * CHANNELS, seed + 100);
    for (const attributeBatch of [1, batch]) {
      const dims = { ...SIZE, batch, attributeBatch, vertexCount, channels: CHANNELS };
      const attributes = randomValues64(attributeBatch * vertexCount * CHANNELS, seed);
      const raster = rasterizeLoops(clip, faces, batch, SIZE);
      const loss = (values: Float64Array, vertices: Float64Array) =>
        dotProduct(weights, interpolateLoops(values, faces, rasterizeLoops(vertices, faces, batch, SIZE), dims));

      const toAttributes = interpolateGradAttributesLoops(weights, faces, raster, dims);
      expect(relativeError(toAttributes, numericGradient((x) => loss(x, clip), attributes))).toBeLessThan(1e-8);
      const toPositions = interpolateGradPositionsLoops(weights, attributes, clip, faces, raster, dims);
      expect(relativeError(toPositions, numericGradient((x) => loss(attributes, x), clip))).toBeLessThan(1e-5);
    }
  });

  it('returns the position itself when positions are interpolated', () => {
    const { clip, batch, vertexCount, topology: { faces } } = view64(5);
    const raster = rasterizeLoops(clip, faces, batch, SIZE);
    const image = interpolateLoops(clip, faces, raster, { ...SIZE, batch, attributeBatch: batch, vertexCount, channels: 4 });
    for (let pixel = 0; pixel < image.length / 4; pixel++) {
      const [x, , z, w] = image.subarray(4 * pixel, 4 * pixel + 4);
      if (raster[4 * pixel + 3] === 0) expect([x, z, w]).toEqual([0, 0, 0]);
      else {
        expect(x / w).toBeCloseTo((2 * (pixel % SIZE.width) + 1) / SIZE.width - 1, 10);
        expect(z / w).toBeCloseTo(raster[4 * pixel + 2], 10);
      }
    }
  });

  it('has finite gradients where a raster names a triangle without area', () => {
    const faces = Int32Array.from([0, 1, 2]);
    const raster = Float64Array.from([0.3, 0.3, 0, 1]);
    const dims = { height: 1, width: 1, batch: 1, attributeBatch: 1, vertexCount: 3, channels: 1 };
    for (const clip of [[0, 0, 0, 1, 1, 1, 0, 1, 0.5, 0.5, 0, 1], [1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0], new Array<number>(12).fill(0)]) {
      const gradient = interpolateGradPositionsLoops(
        Float64Array.of(1), Float64Array.of(1, 2, 4), Float64Array.from(clip), faces, raster, dims,
      );
      expect(gradient.every(Number.isFinite)).toBe(true);
    }
  });

  it('passes its gradients through tf.grads, and sums those of shared attributes over the poses', () => {
    const mesh = sixColorCube();
    const topology = createTopology(buildTopology(mesh));
    const { clip, batch, vertexCount, topology: { faces } } = view64(7, mesh);
    const clipVertices = tf.tensor3d(Float32Array.from(clip), [batch, vertexCount, 4]);
    const raster = rasterize(clipVertices, topology.faces, SIZE);
    const attributes = randomValues64(vertexCount * CHANNELS, 8);
    const weights = randomValues64(batch * SIZE.height * SIZE.width * CHANNELS, 9);
    const upstream = tf.tensor4d(Float32Array.from(weights), [batch, SIZE.height, SIZE.width, CHANNELS]);
    const [toAttributes, toClip] = tf.grads((a, c) => interpolate(a as tf.Tensor3D, c as tf.Tensor3D, topology, raster))(
      [tf.tensor3d(Float32Array.from(attributes), [1, vertexCount, CHANNELS]), clipVertices], upstream,
    );
    const dims = { ...SIZE, batch, attributeBatch: 1, vertexCount, channels: CHANNELS };
    const raster64 = rasterizeLoops(clip, faces, batch, SIZE);
    expect(relativeError(toAttributes.dataSync(), interpolateGradAttributesLoops(weights, faces, raster64, dims))).toBeLessThan(1e-5);
    expect(relativeError(toClip.dataSync(), interpolateGradPositionsLoops(weights, attributes, clip, faces, raster64, dims))).toBeLessThan(1e-4);
  });

  it('refuses wrong shapes by name', () => {
    const topology = createTopology(buildTopology(sixColorCube()));
    const [attributes, clip, raster] = [tf.zeros<tf.Rank.R3>([1, 24, 3]), tf.zeros<tf.Rank.R3>([2, 24, 4]), tf.zeros<tf.Rank.R4>([2, 4, 4, 4])];
    expect(() => interpolate(tf.zeros([3, 24, 3]), clip, topology, raster)).toThrow(/attributes must have exactly 2 dimensions in axis 0/);
    expect(() => interpolate(tf.zeros([1, 23, 3]), clip, topology, raster)).toThrow(/attributes must have exactly 24/);
    expect(() => interpolate(attributes, tf.zeros([2, 24, 3]), topology, raster)).toThrow(/clipVertices must have exactly 4/);
    expect(() => interpolate(attributes, clip, topology, tf.zeros([2, 4, 4, 3]))).toThrow(/raster must have exactly 4/);
  });
});
