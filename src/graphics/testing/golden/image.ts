import { image } from '../../index';
import type * as tf from '../../tf';
import type { GoldenAdapters, GoldenRoom } from './golden';
import fixture from './image.json?raw';

const adapters: GoldenAdapters = {
  'image.pyramid.downsample': (x, { num_levels }) => image.pyramid.downsample(x.image as tf.Tensor4D, num_levels as number),
  'image.pyramid.upsample': (x, { num_levels }) => image.pyramid.upsample(x.image as tf.Tensor4D, num_levels as number),
  'image.pyramid.split': (x, { num_levels }) => image.pyramid.split(x.image as tf.Tensor4D, num_levels as number),
  'image.pyramid.merge': (x) => image.pyramid.merge(Object.values(x) as tf.Tensor4D[]),
};

export const imageRoom: GoldenRoom = { fixture, adapters, deviations: {} };
