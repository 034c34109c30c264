import { describe, expect, it } from 'vitest';
import type { layers } from '../../layers';
import { randomTensors } from '../../testing/randomTensors';
import { differenceOfBackends } from '../../testing/sameOnBackends';
import * as tf from '../../tf';
import { PointNet2Classifier, PointNet2Segmenter, PointNetClassifier, PointNetSegmenter, TransformNet } from './points';

const cases: readonly (readonly [string, () => layers.Layer])[] = [
  ['TransformNet', () => new TransformNet({ width: 0.1, size: 3 })],
  ['PointNetClassifier', () => new PointNetClassifier({ classCount: 3, width: 0.1, dropoutRate: 0 })],
  ['PointNetSegmenter', () => new PointNetSegmenter({ classCount: 3, width: 0.1, dropoutRate: 0 })],
  ['PointNet2Classifier', () => new PointNet2Classifier({ classCount: 3, width: 0.1, dropoutRate: 0 })],
  ['PointNet2Segmenter', () => new PointNet2Segmenter({ classCount: 3, width: 0.1, dropoutRate: 0, scales: 'multi' })],
];

describe.each(cases)('%s', (_name, make) => {
  it.each([false, true])('gives the same on both backends, gradients too, for ragged clouds (training: %s)', async (training) => {
    const run = (x: tf.Tensor) => {
      const layer = make();
      layer.apply(tf.zeros([1, 1, 4]));
      // Weights that differ from their initial ones, so that none of them is 0.
      const random = randomTensors(2);
      layer.setWeights(layer.getWeights().map((weight) => random.uniform(weight.shape, 0.1, 0.4)));
      return layer.apply(x, { training, sizes: tf.tensor1d([21, 17], 'int32') }) as tf.Tensor;
    };
    expect(await differenceOfBackends(() => [randomTensors(3).uniform([2, 21, 4], -0.7, 0.7)], run)).toBeLessThan(5e-3);
  });
});
