import { beforeAll, describe, expect, it } from 'vitest';
import { sixColorCube } from '../../scene/primitives';
import { numericGradient, relativeError } from '../testing/gradients';
import * as tf from '../tf';
import { antialiasGradColorLoops, antialiasGradPositionsLoops } from './antialias/antialias.cpu';
import { antialias, broadcastMatMul, interpolate, poseMatrix, quaternionMatrix, sampleTexture } from '.';
import { interpolateGradAttributesLoops, interpolateGradPositionsLoops, interpolateLoops } from './interpolate/interpolate.cpu';
import { poseMatrixGradRotationLoops, quaternionMatrixGradLoops } from './poseMatrix/poseMatrix.cpu';
import { rasterizeLoops } from './rasterize/rasterize.cpu';
import { sampleTextureGradTextureLoops, sampleTextureGradUvsLoops } from './sampleTexture/sampleTexture.cpu';
import { dotProduct, randomValues64, view64 } from './testing/float64';

beforeAll(async () => { await tf.setBackend('cpu'); });

const upload = (values: Float64Array, shape: number[]): tf.Tensor => tf.tensor(Float32Array.from(values), shape);
const int32 = (values: Uint32Array | Int32Array, shape: number[]) => tf.tensor(Int32Array.from(values), shape, 'int32');

/** The second derivatives: of Σ second · (the gradient of Σ first · f) by every input. */
function secondGradients(f: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: tf.Tensor[], by: number, first: tf.Tensor, second: tf.Tensor): Float32Array[] {
  const gradient = (...xs: tf.Tensor[]) => tf.grad((x) => f(...xs.map((other, i) => (i === by ? x : other))))(xs[by], xs[xs.length - 1]);
  // Nothing of each input, so that those which the gradient does not depend on count as inputs.
  const nothing = (xs: tf.Tensor[]) => tf.addN(xs.map((x) => tf.mul(tf.sum(x), 0)));
  const gradients = tf.grads((...xs: tf.Tensor[]) => tf.add(tf.sum(tf.mul(gradient(...xs), second)), nothing(xs)))([...inputs, first]);
  return gradients.map((g) => g.dataSync<'float32'>());
}

/** What float32 leaves of second derivatives, relative to the largest. */
const TOLERANCE = 2e-4;

describe('second gradients are the differences of the first ones in float64', () => {
  it('of matrices of quaternions', () => {
    const [q, dy, weights] = [randomValues64(12, 1), randomValues64(27, 2), randomValues64(12, 3)];
    const [toQ, toDy] = secondGradients((x) => quaternionMatrix(x as tf.Tensor2D), [upload(q, [3, 4])], 0, upload(dy, [3, 3, 3]), upload(weights, [3, 4]));
    const value = (y: Float64Array, x: Float64Array) => dotProduct(weights, quaternionMatrixGradLoops(y, x));
    expect(relativeError(toQ, numericGradient((x) => value(dy, x), q))).toBeLessThan(TOLERANCE);
    expect(relativeError(toDy, numericGradient((y) => value(y, q), dy))).toBeLessThan(TOLERANCE);
  });

  it('of poses, which are linear: the same wherever they are', () => {
    const [rotation, dy, weights] = [randomValues64(18, 4), randomValues64(32, 5), randomValues64(18, 6)];
    const after = [...randomValues64(16, 7)];
    const translation = tf.zeros([2, 3]);
    const f = (r: tf.Tensor) => poseMatrix(r as tf.Tensor3D, translation as tf.Tensor2D, after);
    const [toRotation, toDy] = secondGradients((r) => f(tf.add(r, 0)), [upload(rotation, [2, 3, 3])], 0, upload(dy, [2, 4, 4]), upload(weights, [2, 3, 3]))
      .map((values) => [...values]);
    expect(toRotation.every((value) => value === 0)).toBe(true);
    expect(relativeError(toDy, numericGradient((y) => dotProduct(weights, poseMatrixGradRotationLoops(y, after)), dy))).toBeLessThan(TOLERANCE);
  });

  it.each([1, 2])('of interpolated attributes (%i sets for 2 poses)', (attributeBatch) => {
    const { batch, vertexCount, clip, topology } = view64(8);
    const dims = { batch, attributeBatch, vertexCount, channels: 2, height: 9, width: 11 };
    const raster = rasterizeLoops(clip, Int32Array.from(topology.faces), batch, dims);
    const faces = Int32Array.from(topology.faces);
    const attributes = randomValues64(attributeBatch * vertexCount * 2, 9);
    const dy = randomValues64(batch * 9 * 11 * 2, 10);
    const tensors = {
      faces: int32(topology.faces, [topology.faces.length / 3, 3]) as tf.Tensor2D, cornerOffsets: int32(topology.cornerOffsets, [vertexCount + 1]) as tf.Tensor1D,
      corners: int32(topology.corners, [topology.corners.length]) as tf.Tensor1D, opposites: int32(topology.opposites, [topology.faces.length / 3, 3]) as tf.Tensor2D,
      vertexCount, faceCount: topology.faces.length / 3,
    };
    const image = (a: tf.Tensor, c: tf.Tensor) => interpolate(a as tf.Tensor3D, c as tf.Tensor3D, tensors, upload(raster as Float64Array, [batch, 9, 11, 4]) as tf.Tensor4D);
    const inputs = [upload(attributes, [attributeBatch, vertexCount, 2]), upload(clip, [batch, vertexCount, 4])];

    const forPositions = randomValues64(clip.length, 11);
    const positions = secondGradients(image, inputs, 1, upload(dy, [batch, 9, 11, 2]), upload(forPositions, [batch, vertexCount, 4]));
    const first = (a: Float64Array, c: Float64Array, y: Float64Array) => dotProduct(forPositions, interpolateGradPositionsLoops(y, a, c, faces, raster, dims));
    expect(relativeError(positions[0], numericGradient((a) => first(a, clip, dy), attributes))).toBeLessThan(TOLERANCE);
    expect(relativeError(positions[1], numericGradient((c) => first(attributes, c, dy), clip))).toBeLessThan(TOLERANCE);
    expect(relativeError(positions[2], numericGradient((y) => first(attributes, clip, y), dy))).toBeLessThan(TOLERANCE);

    const forAttributes = randomValues64(attributes.length, 12);
    const byAttributes = secondGradients(image, inputs, 0, upload(dy, [batch, 9, 11, 2]), upload(forAttributes, [attributeBatch, vertexCount, 2]));
    // The weights of the reference come from its raster, so it is drawn anew for moved vertices.
    const redrawn = (c: Float64Array) => dotProduct(forAttributes, interpolateGradAttributesLoops(dy, faces, rasterizeLoops(c, faces, batch, dims), dims));
    expect(relativeError(byAttributes[1], numericGradient(redrawn, clip))).toBeLessThan(TOLERANCE);
    const linear = numericGradient((y) => dotProduct(y, interpolateLoops(forAttributes, faces, raster, dims)), dy);
    expect(relativeError(byAttributes[2], linear)).toBeLessThan(TOLERANCE);
  });

  it('of silhouettes', () => {
    const { batch, vertexCount, clip, topology } = view64(13, sixColorCube());
    const [height, width, channels] = [12, 14, 2];
    const faces = Int32Array.from(topology.faces);
    const opposites = Int32Array.from(topology.opposites);
    const raster = rasterizeLoops(clip, faces, batch, { height, width });
    const color = randomValues64(batch * height * width * channels, 14);
    const dy = randomValues64(color.length, 15);
    const dims = { batch, height, width, channels, vertexCount };
    const inputsWith = (c: Float64Array, at: Float64Array) => ({ color: c, raster, clip: at, faces, opposites, dims });
    const shape = [batch, height, width, channels];
    const meshTopology = {
      faces: int32(faces, [faces.length / 3, 3]) as tf.Tensor2D, opposites: int32(opposites, [faces.length / 3, 3]) as tf.Tensor2D,
      cornerOffsets: int32(topology.cornerOffsets, [vertexCount + 1]) as tf.Tensor1D, corners: int32(topology.corners, [faces.length]) as tf.Tensor1D,
      vertexCount, faceCount: faces.length / 3,
    };
    const blended = (c: tf.Tensor, at: tf.Tensor) =>
      antialias(c as tf.Tensor4D, upload(raster as Float64Array, [batch, height, width, 4]) as tf.Tensor4D, at as tf.Tensor3D, meshTopology);
    const inputs = [upload(color, shape), upload(clip, [batch, vertexCount, 4])];

    const forPositions = randomValues64(clip.length, 16);
    const positions = secondGradients(blended, inputs, 1, upload(dy, shape), upload(forPositions, [batch, vertexCount, 4]));
    const toPositions = (c: Float64Array, at: Float64Array, y: Float64Array) => dotProduct(forPositions, antialiasGradPositionsLoops(y, inputsWith(c, at)));
    expect(relativeError(positions[0], numericGradient((c) => toPositions(c, clip, dy), color))).toBeLessThan(TOLERANCE);
    expect(relativeError(positions[1], numericGradient((at) => toPositions(color, at, dy), clip, 1e-7))).toBeLessThan(TOLERANCE);
    expect(relativeError(positions[2], numericGradient((y) => toPositions(color, clip, y), dy))).toBeLessThan(TOLERANCE);

    const forColor = randomValues64(color.length, 17);
    const byColor = secondGradients(blended, inputs, 0, upload(dy, shape), upload(forColor, shape));
    const toColor = (at: Float64Array, y: Float64Array) => dotProduct(forColor, antialiasGradColorLoops(y, inputsWith(color, at)));
    expect(relativeError(byColor[1], numericGradient((at) => toColor(at, dy), clip, 1e-7))).toBeLessThan(TOLERANCE);
    expect(relativeError(byColor[2], numericGradient((y) => toColor(clip, y), dy))).toBeLessThan(TOLERANCE);
  });

  it.each([false, true])('of textures (tiling %s)', (tiling) => {
    const dims = { height: 4, width: 5, channels: 2, tiling };
    const uvs = randomValues64(40, 22).map((x) => 0.5 + x / 2);
    const [texture, dy] = [randomValues64(40, 23), randomValues64(40, 24)];
    const inputs = [upload(uvs, [20, 2]), upload(texture, [4, 5, 2])];
    const sampled = (x: tf.Tensor, image: tf.Tensor) => sampleTexture(x as tf.Tensor2D, image as tf.Tensor3D, { tiling });

    const forUvs = randomValues64(40, 25);
    const byUvs = secondGradients(sampled, inputs, 0, upload(dy, [20, 2]), upload(forUvs, [20, 2]));
    const first = (x: Float64Array, image: Float64Array, y: Float64Array) => dotProduct(forUvs, sampleTextureGradUvsLoops(y, x, image, dims));
    expect(relativeError(byUvs[0], numericGradient((x) => first(x, texture, dy), uvs, 1e-7))).toBeLessThan(TOLERANCE);
    expect(relativeError(byUvs[1], numericGradient((image) => first(uvs, image, dy), texture))).toBeLessThan(TOLERANCE);
    expect(relativeError(byUvs[2], numericGradient((y) => first(uvs, texture, y), dy))).toBeLessThan(TOLERANCE);

    const forTexture = randomValues64(40, 26);
    const byTexture = secondGradients(sampled, inputs, 1, upload(dy, [20, 2]), upload(forTexture, [4, 5, 2]));
    const toTexture = (x: Float64Array, y: Float64Array) => dotProduct(forTexture, sampleTextureGradTextureLoops(y, x, dims));
    expect(relativeError(byTexture[0], numericGradient((x) => toTexture(x, dy), uvs, 1e-7))).toBeLessThan(TOLERANCE);
    expect(relativeError(byTexture[2], numericGradient((y) => toTexture(uvs, y), dy))).toBeLessThan(TOLERANCE);
  });

  it('of products whose batch is broadcast', () => {
    const [a, b, dy, weights] = [randomValues64(12, 18), randomValues64(24, 19), randomValues64(16, 20), randomValues64(12, 21)];
    for (const [transposeB, transposeA] of [[false, false], [true, false], [false, true], [true, true]]) {
      const f = (x: tf.Tensor, y: tf.Tensor) => broadcastMatMul(x, y, transposeB, transposeA);
      const inputs = [upload(a, transposeA ? [1, 3, 4] : [1, 4, 3]), upload(b, transposeB ? [2, 4, 3] : [2, 3, 4])];
      const given = upload(Float64Array.from([...dy, ...dy]), [2, 4, 4]);
      const second = upload(weights, inputs[0].shape);
      const [toA, toB] = secondGradients(f, inputs, 0, given, second);
      expect(toA.every((value) => value === 0)).toBe(true);
      // Linear in b: Σ second · (dy opᵀ(b)), summed over the broadcast batch.
      const moved = (y: tf.Tensor) => tf.sum(tf.mul(broadcastMatMul(given, y, !transposeB), transposeA ? tf.transpose(second, [0, 2, 1]) : second));
      expect(relativeError(toB, tf.grad(moved)(inputs[1]).dataSync<'float32'>())).toBeLessThan(TOLERANCE);
    }
  });
});
