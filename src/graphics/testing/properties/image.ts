import { image, tf } from '../../index';
import { uniform } from './arguments';
import type { Argument, Equal, Refusal, Table } from './entry';
import { LINEAR, SMOOTH } from './reasons';

const { colorSpace, matting, pyramid, transformer } = image;

type Image = tf.Tensor4D;
const PIXEL = [[[[0.2], [0.4]], [[0.6], [0.8]]]];
const picture = (axes: Argument['axes'] = ['B', 'H', 'W', 'C']): Argument => uniform(axes, 0, 1);
const wide = (t: tf.Tensor, like: tf.Tensor): tf.Tensor => tf.broadcastTo(t, like.shape);
/** Windows of 3 × 3 fit in. */
const LARGE = { H: [4, 5], W: [4, 5], C: [1, 3] } as const;
/** What takes windows' matrices: [B, H − 2, W − 2, …], which letters cannot say. */
const DIFFERENCES = 'its sizes differ from the image’s by two (matting.test.ts refuses others)';
const windows = (...own: number[]): Argument => ({ axes: ['B', 2, 3, ...own], make: (random, shape) => random.uniform(shape), lenient: DIFFERENCES });
const matte = (): Argument => ({ ...uniform(['B', 4, 5, 1], 0, 1), lenient: DIFFERENCES });
/** What the two refuse: a matte of two channels or of no batch, and windows of another count or of too low a rank. */
const refusedWindows = (windowed: string, own: readonly number[]): Readonly<Record<string, Refusal>> => ({
  'a matte of two channels': { shapes: { matte: [2, 4, 5, 2], [windowed]: [2, 2, 3, ...own] }, named: ['matte'] },
  'a matte without a batch': { shapes: { matte: [4, 5, 1], [windowed]: [2, 2, 3, ...own] }, named: ['matte'] },
  'windows that are not the matte’s': { shapes: { matte: [2, 5, 5, 1], [windowed]: [2, 2, 3, ...own] }, named: [windowed] },
  'windows of too low a rank': { shapes: { matte: [2, 4, 5, 1], [windowed]: [2, 2, ...own] }, named: [windowed] },
});
/** Each level is linear: twice as bright a picture gives levels twice as bright. */
const linear = (f: (picture: Image) => readonly tf.Tensor[], x: tf.Tensor, levels: readonly tf.Tensor[]): Equal[] =>
  f(tf.mul(x, 2) as Image).map((level, i) => [level, tf.mul(levels[i], 2)]);

/** Places between texel centres, none of them on a kink. */
const places = (): Argument => ({ axes: ['B', 'N', 2], make: (random, shape) => random.uniform(shape, 0.6, 2.4) });
const homography = (): Argument => ({
  axes: ['B', 3, 3], make: (random, shape) => tf.tidy(() => tf.add(random.uniform(shape, -0.05, 0.05), tf.tensor2d([[1, 0, 0.3], [0, 1, 0.2], [0, 0, 1]]))),
});

export const IMAGE: Table = {
  'image.colorSpace.linearRgb.fromSrgb': {
    args: { srgb: uniform([3], 0, 1) }, law: 'is undone by srgb.fromLinearRgb', holds: ({ srgb }, [linearRgb]) => [[colorSpace.srgb.fromLinearRgb(linearRgb), srgb]],
    singular: { black: { srgb: [0, 0, 0] }, 'where the line ends': { srgb: [0.04045, 0.04045, 0.04045] } },
  },
  'image.colorSpace.srgb.fromLinearRgb': {
    args: { linearRgb: uniform([3], 0, 1) }, law: 'is undone by linearRgb.fromSrgb', holds: ({ linearRgb }, [srgb]) => [[colorSpace.linearRgb.fromSrgb(srgb), linearRgb]],
    singular: { black: { linearRgb: [0, 0, 0] }, 'where the line ends': { linearRgb: [0.0031308, 0.0031308, 0.0031308] } },
  },
  'image.matting.buildMatrices': {
    args: { image: picture() }, sizes: LARGE, batch: 'none', law: 'costs nothing for an affine function of the colours, and finds it', tolerance: 2e-2, gradientTolerance: 1e-4,
    holds: ({ image: x }, [laplacian, pseudoInverse]) => {
      const mean = tf.add(tf.mul(tf.mean(x, -1, true), 0.5), 0.2) as Image;
      const cost = matting.loss(mean, laplacian);
      const { coeffMul, coeffAdd } = matting.linearCoefficients(mean, pseudoInverse);
      return [[cost, tf.zerosLike(cost)], [matting.reconstruct(x as Image, coeffMul, coeffAdd), mean]];
    },
    singular: { 'a single colour': { image: [[[[0.5], [0.5], [0.5]], [[0.5], [0.5], [0.5]], [[0.5], [0.5], [0.5]]]] } }, steepest: { limit: 1e7, reason: 'the smallest eigenvalue is eps, 1e-5' },
  },
  'image.matting.linearCoefficients': {
    args: { matte: matte(), pseudoInverse: windows(4, 9) }, batch: 'none', refuses: refusedWindows('pseudoInverse', [4, 9]), noSingular: SMOOTH, law: 'is linear in the matte',
    holds: ({ matte: m, pseudoInverse }, outputs) => {
      const { coeffMul, coeffAdd } = matting.linearCoefficients(tf.mul(m, 2) as Image, pseudoInverse);
      return [[coeffMul, tf.mul(outputs[0], 2)], [coeffAdd, tf.mul(outputs[1], 2)]];
    },
  },
  'image.matting.loss': {
    args: { matte: matte(), laplacian: windows(9, 9) }, batch: 'none', refuses: refusedWindows('laplacian', [9, 9]), noSingular: SMOOTH, law: 'grows with the square of the matte', holds: ({ matte: m, laplacian }, [cost]) => [[matting.loss(tf.mul(m, 3) as Image, laplacian), tf.mul(cost, 9)]],
  },
  'image.matting.reconstruct': {
    args: { image: picture(), coeffMul: uniform(['B', 'H', 'W', 'C']), coeffAdd: uniform(['B', 'H', 'W', 1]) }, batch: 'none', noSingular: SMOOTH, law: 'is the sum that its name says',
    holds: ({ image: x, coeffMul, coeffAdd }, [m]) => [[m, tf.add(tf.sum(tf.mul(coeffMul, x), -1, true), coeffAdd)]],
  },
  'image.pyramid.downsample': { args: { image: picture() }, sizes: { H: [4, 5], W: [4, 5] }, batch: 'none', call: ({ image: x }) => pyramid.downsample(x as Image, 2), noSingular: LINEAR, law: 'is linear, and begins with the image', holds: ({ image: x }, levels) => [[levels[0], x], ...linear((t) => pyramid.downsample(t, 2), x, levels)] },
  'image.pyramid.upsample': { args: { image: picture() }, batch: 'none', call: ({ image: x }) => pyramid.upsample(x as Image, 2), noSingular: LINEAR, law: 'is linear, and begins with the image', holds: ({ image: x }, levels) => [[levels[0], x], ...linear((t) => pyramid.upsample(t, 2), x, levels)] },
  'image.pyramid.split': { args: { image: picture() }, sizes: { H: [4, 5], W: [4, 5] }, batch: 'none', call: ({ image: x }) => pyramid.split(x as Image, 2), noSingular: LINEAR, law: 'is undone by merge', holds: ({ image: x }, levels) => [[pyramid.merge(levels as Image[]), x]] },
  'image.pyramid.merge': {
    args: { levels: picture(['B', 8, 6, 'C']), coarse: { ...picture(['B', 4, 3, 'C']), lenient: 'it is refused as levels[1]' } }, batch: 'none', call: ({ levels, coarse }) => pyramid.merge([levels, coarse] as Image[]), noSingular: LINEAR, law: 'adds the coarse level, doubled, to the fine one',
    holds: ({ levels, coarse }, [merged]) => [[tf.sub(merged, levels), pyramid.upsample(coarse as Image, 1)[1]]],
  },
  'image.transformer.sample': {
    args: { image: picture(), warp: places() }, sizes: { H: [3, 4], W: [3, 4] }, batch: 'none', law: 'shows an even picture evenly, and the same through a mirror',
    holds: ({ image: x, warp }, [colors]) => {
      const even = transformer.sample(tf.fill(x.shape as [number, number, number, number], 0.4), warp);
      const mirrored = transformer.sample(tf.reverse(x, 2) as Image, tf.add(tf.mul(warp, tf.tensor1d([-1, 1])), tf.tensor1d([x.shape[2]!, 0])));
      return [[even, tf.fill(even.shape, 0.4)], [mirrored, colors]];
    },
    singular: { 'on a pixel’s centre': { image: PIXEL, warp: [[[0.5, 0.5]]] }, 'on the corner': { image: PIXEL, warp: [[[0, 0]]] }, 'far outside': { image: PIXEL, warp: [[[-90, 6e4]]] } },
  },
  'image.transformer.perspectiveTransform': {
    args: { image: picture(), transformMatrix: homography() }, sizes: { H: [3, 4], W: [3, 4] }, batch: 'none', law: 'does not see by how much all of the matrix is multiplied, and shows an unmoved picture',
    holds: ({ image: x, transformMatrix: m }, [moved]) => [
      [transformer.perspectiveTransform(x as Image, tf.mul(m, -3)), moved],
      [transformer.perspectiveTransform(x as Image, wide(tf.eye(3), m)), x],
    ],
    singular: { 'nothing': { image: PIXEL, transformMatrix: [[[0, 0, 0], [0, 0, 0], [0, 0, 0]]] }, 'the horizon in the image': { image: PIXEL, transformMatrix: [[[1, 0, 0], [0, 1, 0], [1, 0, -1.5]]] } },
  },
};

