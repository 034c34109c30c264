import { besideOnAxis, lookUpRows } from '../../math/lookUpRows';
import * as tf from '../../tf';
import { registerComposedGradient } from '../composedGradient';
import { untaped } from '../untaped';
import { SAMPLE_TEXTURE_GRAD_TEXTURE, SAMPLE_TEXTURE_GRAD_UVS } from './names';

// The gradients of the gradients: the lookup in ordinary operations.

interface Place { readonly index: tf.Tensor; readonly weight: tf.Tensor }

/** The two texels beside a place on an axis that repeats. */
function besideRepeating(coordinate: tf.Tensor, size: number): Place[] {
  const low = untaped(() => tf.tidy(() => tf.floor(coordinate)));
  const wrapped = (t: tf.Tensor) => untaped(() => tf.tidy(() => tf.mod(t, size)));
  const fraction = tf.sub(coordinate, low);
  return [{ index: wrapped(low), weight: tf.sub(1, fraction) }, { index: wrapped(untaped(() => tf.add(low, 1))), weight: fraction }];
}

/** What the kernel `sampleTexture` gives, differentiable to any order in uvs and texture. */
function sampleComposed(uvs: tf.Tensor, texture: tf.Tensor, tiling: boolean): tf.Tensor {
  const [height, width, channels] = texture.shape as [number, number, number];
  const [u, v] = tf.unstack(uvs, 1);
  const beside = tiling ? besideRepeating : besideOnAxis;
  const columns = beside(tf.sub(tf.mul(u, width), 0.5), width);
  const rows = beside(tf.sub(tf.mul(tf.sub(1, v), height), 0.5), height);
  const texels = tf.reshape(texture, [-1, channels]) as tf.Tensor2D;
  // So that uvs are connected to the result where a texture of one texel looks the same everywhere.
  const nothing = tf.mul(tf.sum(uvs), 0);
  return tf.add(nothing, tf.addN(rows.flatMap((row) => columns.map((column) => {
    const place = untaped(() => tf.tidy(() => tf.cast(tf.add(tf.mul(row.index, width), column.index), 'int32'))) as tf.Tensor1D;
    return tf.mul(lookUpRows(texels, place), tf.expandDims(tf.mul(row.weight, column.weight), 1));
  }))));
}

const INPUTS = ['dy', 'uvs', 'texture'] as const;

registerComposedGradient(SAMPLE_TEXTURE_GRAD_UVS, INPUTS, INPUTS, ({ dy, uvs, texture }, { tiling }: { tiling: boolean }) =>
  tf.grad((x) => sampleComposed(x, texture, tiling))(uvs, dy));

registerComposedGradient(SAMPLE_TEXTURE_GRAD_TEXTURE, INPUTS, INPUTS, ({ dy, uvs, texture }, { tiling }: { tiling: boolean }) =>
  tf.grad((x) => sampleComposed(uvs, x, tiling))(texture, dy));
