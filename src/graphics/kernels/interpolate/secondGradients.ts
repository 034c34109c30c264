import { indicator } from '../../math/safe';
import { lookUpRows } from '../../math/lookUpRows';
import * as tf from '../../tf';
import { registerComposedGradient } from '../composedGradient';
import { untaped } from '../untaped';
import { homogeneousBarycentrics, type ClipCorners } from './homogeneousBarycentrics';
import { INTERPOLATE_GRAD_ATTRIBUTES, INTERPOLATE_GRAD_POSITIONS } from './names';

// The gradients of the gradients: the image in ordinary operations, with barycentrics that come from the clip vertices.

interface Surface { readonly clipVertices: tf.Tensor; readonly faces: tf.Tensor; readonly raster: tf.Tensor }

/** Where the corners of each pixel's triangle stand in tables of `batch` · V rows: three lists [B·H·W]; those of triangle 0 on the background. */
const cornerRows = ({ faces, raster }: Surface, vertexCount: number, batch: number): tf.Tensor1D[] => untaped(() => tf.tidy(() => {
  const [images, height, width] = raster.shape as number[];
  const ids = tf.cast(tf.relu(tf.sub(tf.slice(raster, [0, 0, 0, 3], [-1, -1, -1, 1]), 1)), 'int32');
  const corners = tf.gather(faces, tf.reshape(ids, [-1]));
  const first = batch === 1 ? tf.zeros([images, 1], 'int32') : tf.mul(tf.reshape(tf.range(0, images, 1, 'int32'), [-1, 1]), tf.scalar(vertexCount, 'int32'));
  const base = tf.reshape(tf.tile(first, [1, height * width]), [-1]);
  return tf.unstack(corners, 1).map((corner) => tf.add(corner, base) as tf.Tensor1D);
}));

/** NDC of the pixels' centres, [B·H·W, 2]. */
function pixelCentres([batch, height, width]: readonly number[]): tf.Tensor {
  const place = (_: unknown, i: number) => [(2 * (i % width) + 1) / width - 1, 1 - (2 * (Math.floor(i / width) % height) + 1) / height];
  return tf.tensor2d(Array.from({ length: batch * height * width }, place));
}

/** What the kernel `interpolate` gives, differentiable to any order in attributes and clip vertices. */
function interpolateComposed(attributes: tf.Tensor, surface: Surface): tf.Tensor {
  const { clipVertices, raster } = surface;
  const [batch, vertexCount] = clipVertices.shape as number[];
  const [attributeBatch, , channels] = attributes.shape as number[];
  const look = (values: tf.Tensor, rows: tf.Tensor1D) => lookUpRows(tf.reshape(values, [-1, values.shape[2]!]), rows);
  const corners = cornerRows(surface, vertexCount, batch).map((rows) => look(clipVertices, rows)) as unknown as ClipCorners;
  const seen = indicator(() => tf.reshape(tf.greater(tf.slice(raster, [0, 0, 0, 3], [-1, -1, -1, 1]), 0), [-1, 1]));
  const weights = tf.split(tf.mul(homogeneousBarycentrics(corners, pixelCentres(raster.shape)), seen), 3, 1);
  const values = cornerRows(surface, vertexCount, attributeBatch).map((rows, k) => tf.mul(look(attributes, rows), weights[k]));
  return tf.reshape(tf.addN(values), [...raster.shape.slice(0, 3), channels]);
}

registerComposedGradient(
  INTERPOLATE_GRAD_ATTRIBUTES, ['dy', 'clipVertices', 'faces', 'raster'], ['dy', 'clipVertices'],
  ({ dy, ...surface }, { batch, vertexCount }: { batch: number; vertexCount: number }) =>
    tf.grad((attributes) => interpolateComposed(attributes, surface))(tf.zeros([batch, vertexCount, dy.shape[3]!]), dy),
);

registerComposedGradient(
  INTERPOLATE_GRAD_POSITIONS, ['dy', 'attributes', 'clipVertices', 'faces', 'raster'], ['dy', 'attributes', 'clipVertices'],
  ({ dy, attributes, ...surface }) => tf.grad((clipVertices) => interpolateComposed(attributes, { ...surface, clipVertices }))(surface.clipVertices, dy),
);
