import { image } from '../../index';
import type * as tf from '../../tf';
import type { GoldenAdapters, GoldenRoom } from './golden';
import fixture from './image.json?raw';

const adapters: GoldenAdapters = {
  'image.color_space.linear_rgb.from_srgb': (x) => image.colorSpace.linearRgb.fromSrgb(x.srgb),
  'image.color_space.srgb.from_linear_rgb': (x) => image.colorSpace.srgb.fromLinearRgb(x.linear_rgb),
  'image.matting.build_matrices': (x, { size, eps }) =>
    image.matting.buildMatrices(x.image as tf.Tensor4D, { size: size as number, eps: eps as number }).laplacian,
  'image.matting.loss': (x) => image.matting.loss(x.matte as tf.Tensor4D, x.laplacian),
  'image.pyramid.downsample': (x, { num_levels }) => image.pyramid.downsample(x.image as tf.Tensor4D, num_levels as number),
  'image.pyramid.upsample': (x, { num_levels }) => image.pyramid.upsample(x.image as tf.Tensor4D, num_levels as number),
  'image.pyramid.split': (x, { num_levels }) => image.pyramid.split(x.image as tf.Tensor4D, num_levels as number),
  'image.pyramid.merge': (x) => image.pyramid.merge(Object.values(x) as tf.Tensor4D[]),
};

export const imageRoom: GoldenRoom = { fixture, adapters };
