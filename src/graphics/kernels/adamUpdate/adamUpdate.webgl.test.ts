import { beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import * as tf from '../../tf';
import { adamMoment, adamStep } from './adamUpdate';
import './adamUpdate.cpu';
import './adamUpdate.webgl';

beforeAll(() => {
  tf.env().set('WEBGL_CPU_FORWARD', false);
  tf.env().set('WEBGL_SIZE_UPLOAD_UNIFORM', 0);
});

async function onBackend(name: 'cpu' | 'webgl', shape: number[]): Promise<number[]> {
  await tf.setBackend(name);
  await tf.ready();
  const random = createRandom(3);
  const draw = () => tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()), shape);
  const [value, first, second, gradient] = [draw(), draw(), tf.square(draw()), draw()];
  const [mean, square] = [adamMoment(first, gradient, 0.9, 1), adamMoment(second, gradient, 0.99, 2)];
  // A second rate must not find the first one's program with its number baked in.
  const moved = adamStep(adamStep(value, mean, square, 0.1, 1e-8), mean, square, 0.02, 1e-8);
  return Array.from(await tf.concat([mean, square, moved].map((t) => tf.reshape(t, [-1]))).data());
}

it.each([[[7]], [[1]], [[5, 3]], [[40, 33]]])('equals the plain loops: %o', async (shape) => {
  const [cpu, webgl] = [await onBackend('cpu', shape), await onBackend('webgl', shape)];
  expect(Math.max(...webgl.map((x, i) => Math.abs(x - cpu[i])))).toBeLessThan(1e-5);
});
