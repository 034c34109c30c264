import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../tf';
import { icosphereMesh } from '../../../scene/primitives';
import { createTopology } from '../../geometry/representation/mesh/topology';
import { antialias, interpolate, rasterize } from '../index';
import { keepOnGPU } from '../testing/backends';
import { randomValues, randomView } from '../testing/views';
import { FLOAT_BLEND_FLAG } from './floatBlend';

beforeAll(async () => {
  keepOnGPU();
  await tf.setBackend('webgl');
});

const size = { height: 32, width: 40 };

/** A loss of vertices and colours through the whole renderer, and a gradient step on both. */
function optimizer() {
  const view = randomView(icosphereMesh(0.8, 1), 2, 3);
  const topology = createTopology(view.topology);
  const clip = tf.variable(tf.tensor3d(view.clip, [2, view.vertexCount, 4]));
  const colors = tf.variable(tf.tensor3d(randomValues(view.vertexCount * 3, 1), [1, view.vertexCount, 3]));
  const step = () => tf.tidy(() => {
    const loss = (c: tf.Tensor, a: tf.Tensor) => {
      const raster = rasterize(c as tf.Tensor3D, topology.faces, size);
      const image = antialias(interpolate(a as tf.Tensor3D, c as tf.Tensor3D, topology, raster), raster, c as tf.Tensor3D, topology);
      return tf.mean(tf.square(image)) as tf.Scalar;
    };
    const { value, grads: [toClip, toColors] } = tf.valueAndGrads(loss)([clip, colors]);
    clip.assign(tf.sub(clip, tf.mul(toClip, 0.1)) as tf.Tensor3D);
    colors.assign(tf.sub(colors, tf.mul(toColors, 10)) as tf.Tensor3D);
    return tf.keep(value);
  });
  return { step, clip, colors };
}

describe.each([['gathering', 0], ['float blending', 2]])('summing by %s', (_name, blend) => {
  beforeAll(() => tf.env().set(FLOAT_BLEND_FLAG, blend));

  it('uses no more memory after 200 steps than after ten', () => {
    const { step } = optimizer();
    const count = () => {
      const { numTensors, numDataBuffers, numBytes, numBytesInGPU, numBytesInGPUAllocated } = tf.memory() as tf.MemoryInfo & Record<string, number>;
      return { numTensors, numDataBuffers, numBytes, numBytesInGPU, numBytesInGPUAllocated, numDataIds: tf.engine().backend.numDataIds() };
    };
    const run = (times: number) => {
      for (let i = 0; i < times; i++) step().dispose();
    };
    run(10);
    const before = count();
    run(200);
    expect(count()).toEqual(before);
  });

  it('lowers the loss, to the same bits every time', () => {
    const [first, second] = [optimizer(), optimizer()].map(({ step, clip, colors }) => {
      const losses = Array.from({ length: 12 }, () => {
        const loss = step();
        const [value] = loss.dataSync();
        loss.dispose();
        return value;
      });
      return { losses, clip: clip.dataSync(), colors: colors.dataSync() };
    });
    expect(first.losses[11]).toBeLessThan(0.9 * first.losses[0]);
    expect(second).toEqual(first);
  });
});

it('a raster is an ordinary tensor to TensorFlow.js', () => {
  const view = randomView(icosphereMesh(0.8, 1), 2, 3);
  const [values, doubled, ids] = tf.tidy(() => {
    const raster = rasterize(tf.tensor3d(view.clip, [2, view.vertexCount, 4]), tf.tensor2d(view.topology.faces, [view.faceCount, 3], 'int32'), size);
    const sliced = tf.slice(raster, [1, 3, 5, 3], [1, 20, 30, 1]);
    return [raster.dataSync(), tf.add(raster, raster).dataSync(), sliced.dataSync()];
  });
  expect(values.some((x) => x !== 0)).toBe(true);
  expect(doubled).toEqual(values.map((x) => 2 * x));
  expect(ids).toEqual(Float32Array.from({ length: 600 }, (_, i) => values[4 * (((1 * 32) + 3 + Math.floor(i / 30)) * 40 + 5 + i % 30) + 3]));
});
