import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import * as tf from '../../tf';
import { col2imLoops, im2colLoops } from './im2col.cpu';
import './im2col.webgl';
import { im2col } from './im2col';

beforeAll(async () => {
  await tf.setBackend('webgl');
  await tf.ready();
  // Otherwise tiny tensors never reach the GPU.
  tf.env().set('WEBGL_CPU_FORWARD', false);
  tf.env().set('WEBGL_SIZE_UPLOAD_UNIFORM', 0);
});

const reals = (n: number, seed: number) => {
  const random = createRandom(seed);
  return Float32Array.from({ length: n }, () => random.normal());
};

describe('im2col on WebGL', () => {
  it.each([
    { shape: [2, 5, 7, 3], size: 3, stride: 2, padding: 1 },
    { shape: [1, 8, 8, 2], size: 4, stride: 4, padding: 0 },
    { shape: [3, 48, 48, 3], size: 6, stride: 4, padding: 1 },
    { shape: [1, 3, 3, 1], size: 1, stride: 1, padding: 0 },
    { shape: [5, 9, 6, 4], size: 3, stride: 1, padding: 1 },
  ])('equals the plain loops, forwards and backwards: %o', async ({ shape, ...windows }) => {
    const [batch, height, width, channels] = shape;
    const attrs = { batch, height, width, channels, ...windows };
    const x = reals(batch * height * width * channels, 1);
    const rows = im2colLoops(x, attrs);
    const dy = reals(rows.length, 2);
    const input = tf.tensor4d(x, [batch, height, width, channels]);
    const forward = im2col(input, windows);
    expect(Array.from(await forward.data())).toEqual(Array.from(rows));
    const weights = tf.tensor2d(dy, forward.shape);
    const gradient = await tf.grad((t) => tf.sum(tf.mul(im2col(t as tf.Tensor4D, windows), weights)))(input).data();
    const expected = col2imLoops(dy, attrs);
    expect(Math.max(...Array.from(gradient, (g, i) => Math.abs(g - expected[i])))).toBeLessThan(1e-5);
  });
});
