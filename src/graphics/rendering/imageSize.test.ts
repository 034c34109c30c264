import { beforeAll, expect, it } from 'vitest';
import * as tf from '../tf';
import * as rendering from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

// TensorFlow Graphics has (width, height) in one rasterizer and (height, width) in the others.
it('images are as high and as wide as was asked by name, whoever draws them', () => {
  const [vertices, triangle] = [tf.tensor3d([[[-1, -1, 0], [3, -1, 0], [-1, 3, 0]]]), tf.tensor2d([[0, 1, 2]], [1, 3], 'int32')];
  const [matrices, size] = [tf.reshape(tf.eye(4), [1, 4, 4]), { height: 2, width: 3 }];
  const attributes = { rgba: tf.ones([1, 3, 4]) };
  expect(rendering.rasterizationBackend.rasterize(vertices, triangle, matrices, size).foregroundMask.shape).toEqual([1, 2, 3, 1]);
  expect(rendering.triangleRasterizer.rasterize(vertices, triangle, attributes, matrices, size).rgba.shape).toEqual([1, 2, 3, 4]);
  expect(rendering.splat.rasterizeThenSplat(vertices, triangle, attributes, matrices, size, ({ rgba }) => rgba).shape).toEqual([1, 2, 3, 4]);
});
