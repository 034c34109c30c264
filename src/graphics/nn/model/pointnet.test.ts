import { beforeAll, expect, it } from 'vitest';
import { largestDifference } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { createPointModel } from './createPointModel';
import { createPointNet } from './pointnet';

beforeAll(() => tf.setBackend('cpu'));

it.each(['classify', 'segment'] as const)('createPointNet makes the model that is asked for by name, to %s (seed 4)', (task) => {
  const options = { task, classCount: 3, width: 0.1, seed: 4 };
  const positions = Float32Array.from({ length: 2 * 9 * 3 }, (_, i) => Math.sin(1.3 * i));
  const [own, named] = [createPointNet(options), createPointModel('pointnet', options)].map((model) => model.forward(model.prepare({ batch: 2, count: 9, positions })));
  expect(own.shape).toEqual(task === 'classify' ? [2, 3] : [2, 9, 3]);
  expect(largestDifference(own, named)).toBe(0);
});
