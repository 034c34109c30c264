import { rendering, tf } from '../../index';
import { constant, lenient, single, uniform } from './arguments';
import type { Argument, Equal, Exempt, Table } from './entry';
import { LINEAR, SMOOTH } from './reasons';

const { barycentrics, texture, volumetric } = rendering;

const SIZE = { height: 4, width: 5 };
/** Larger than the image by far, so that no edge crosses it and small moves change no pixel's triangle. */
const COVERING = [[-3, -3, 0], [9, -2.5, 0.1], [-2.5, 9, -0.1]];
const TRIANGLE = () => tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
const triangles = (): Argument => single({ axes: ['T', 3], make: TRIANGLE, constant: 'whole numbers' });
const near = (values: number[][], spread: number) => (random: Parameters<Argument['make']>[0], shape: readonly number[]): tf.Tensor =>
  tf.tidy(() => tf.add(random.uniform(shape, -spread, spread), tf.tensor2d(values)));
const vertices = (): Argument => ({ axes: ['V', 3], make: near(COVERING, 0.3) });
const matrix = (): Argument => ({ axes: [4, 4], make: near([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], 0.03) });
const ONE_TRIANGLE = { V: [3, 3], T: [1, 1] } as const;

const wide = (t: tf.Tensor, like: tf.Tensor): tf.Tensor => tf.broadcastTo(t, like.shape);
const total = (t: tf.Tensor): tf.Tensor => tf.sum(t, -1, true);
const covering = () => rendering.rasterizationBackend.rasterize(tf.tensor3d([COVERING]), TRIANGLE(), tf.reshape(tf.eye(4), [1, 4, 4]), SIZE);

/** The part of images [*, H, W, C] that is a pixel or more away from the borders. */
const inside = (image: tf.Tensor): tf.Tensor => tf.slice(
  image, image.shape.map((_, i) => (i === image.rank - 3 || i === image.rank - 2 ? 1 : 0)), image.shape.map((size, i) => (i === image.rank - 3 || i === image.rank - 2 ? size - 2 : size)),
);
const CENTRED = 'a sample lies where it lies on its triangle: moving it changes the gradient, not the image (splat.test.ts has its gradients)';

const places = (image: tf.Tensor): tf.Tensor => { const { height, width } = SIZE; return wide(tf.stack([...barycentrics.normalizedPixelCoordinates(width, height)], -1), tf.zeros([...image.shape.slice(0, -1), 2])); };
/** Whether weights of a triangle's corners in clip coordinates say where each pixel lies. */
const atPixels = (weights: tf.Tensor, clip: tf.Tensor): Equal => {
  const point = tf.sum(tf.mul(tf.expandDims(weights, -1), clip), -2);
  const [x, y, , w] = tf.split(point, 4, -1);
  return [tf.concat([tf.div(x, w), tf.div(y, w)], -1), places(weights)];
};

const reversed = (voxels: tf.Tensor): tf.Tensor => tf.reverse(voxels, voxels.rank - 2);
/** The same light along another axis of the same voxels, turned. */
function turned(render: (voxels: tf.Tensor, options: { axis: number }) => tf.Tensor, voxels: tf.Tensor, image: tf.Tensor): Equal {
  const order = voxels.shape.map((_, i) => i);
  const n = voxels.rank;
  return [render(tf.transpose(voxels, [...order.slice(0, n - 4), n - 2, n - 4, n - 3, n - 1]), { axis: 0 }), image];
}
const volume = (low: number, high: number): Record<string, Argument> => ({ voxels: uniform(['X', 'Y', 'Z', 'C'], low, high) });
const opaque = [[[[10, 10], [10, 10]]]];

export const RENDERING_EXEMPT: Exempt = {
  'rendering.render': 'takes a scene and a camera: render.test.ts, renderGradients.test.ts',
  'rendering.framebuffer.RasterizedAttribute': 'a class that holds tensors: framebuffer.test.ts',
  'rendering.framebuffer.Framebuffer': 'a class that holds tensors: framebuffer.test.ts',
  'rendering.barycentrics.normalizedPixelCoordinates': 'takes numbers: barycentrics.test.ts',
};

export const RENDERING_IMAGES: Table = {
  'rendering.mergeBatchDims': {
    args: { tensor: lenient(uniform(['A', 'B', 'C']), 'any rank') }, batch: 'none', noRefusals: 'any shape has leading axes to merge', call: ({ tensor }) => rendering.mergeBatchDims(tensor, -1),
    noSingular: SMOOTH, law: 'is undone by restoreBatchDims', holds: ({ tensor }, [merged]) => [[rendering.restoreBatchDims(merged, tensor.shape.slice(0, 2)), tensor]],
  },
  'rendering.restoreBatchDims': {
    args: { tensor: lenient(uniform([6, 'C']), 'any rank') }, batch: 'none', noRefusals: 'TensorFlow.js refuses to reshape to another size', call: ({ tensor }) => rendering.restoreBatchDims(tensor, [2, 3]),
    noSingular: SMOOTH, law: 'is undone by mergeBatchDims', holds: ({ tensor }, [restored]) => [[rendering.mergeBatchDims(restored, -1), tensor]],
  },
  'rendering.transformHomogeneous': {
    args: { matrices: uniform(['B', 4, 4]), vertices: uniform(['B', 'V', 3]) }, batch: 'none', noSingular: SMOOTH, law: 'moves differences by the matrix alone, and the origin to its last column',
    holds: ({ matrices, vertices: v }, [moved]) => {
      const origin = rendering.transformHomogeneous(matrices, tf.zerosLike(v));
      const column = tf.slice(matrices, [0, 0, 3], [-1, -1, 1]);
      return [[origin, wide(tf.reshape(column, [-1, 1, 4]), origin)], [rendering.transformHomogeneous(matrices, tf.mul(v, 2)), tf.sub(tf.mul(moved, 2), origin)]];
    },
  },
  'rendering.barycentrics.computeTriangleMatrices': {
    args: { clipSpaceVertices: { axes: ['V', 4], make: near(COVERING.map((v) => [...v, 1]), 0.2) }, triangles: triangles() }, sizes: ONE_TRIANGLE, batch: 'none',
    law: 'gives nothing of the other corners at a corner, and as much of each',
    holds: ({ clipSpaceVertices: clip }, [m]) => {
      const [x, y, , w] = tf.split(clip, 4, 1);
      const products = tf.matMul(tf.reshape(m, [3, 3]), tf.concat([x, y, w], 1), false, true);
      return [[products, tf.mul(tf.eye(3), tf.slice(products, [0, 0], [1, 1]))]];
    },
    singular: { 'no area': { clipSpaceVertices: [[0, 0, 0, 1], [1, 1, 0, 1], [2, 2, 0, 1]] }, 'a point': { clipSpaceVertices: [[1, 1, 0, 1], [1, 1, 0, 1], [1, 1, 0, 1]] } },
  },
  'rendering.barycentrics.computeBarycentricCoordinates': {
    args: {
      triangleIds: lenient({ axes: ['N'], make: (random, shape) => random.integers(shape, 2), constant: 'whole numbers' }, 'any shape'),
      triangleMatrices: { axes: [3, 3, 'T'], make: (random, shape) => random.uniform(shape, 0.5, 1) }, px: lenient(uniform(['N']), 'any shape'), py: lenient(uniform(['N']), 'any shape'),
    },
    sizes: { T: [2, 2] }, batch: 'none', law: 'is of sum 1, whatever the matrices are multiplied by',
    holds: ({ triangleIds, triangleMatrices, px, py }, [b]) => {
      const scaled = barycentrics.computeBarycentricCoordinates(triangleIds, tf.mul(triangleMatrices, 4), px, py);
      return [[tf.sum(b, 0), tf.onesLike(px)], [scaled, b]];
    },
    tolerance: 1e-3, singular: { 'no triangle': { triangleMatrices: [[[0, 0], [0, 0], [0, 0]], [[0, 0], [0, 0], [0, 0]], [[0, 0], [0, 0], [0, 0]]] } },
  },
  'rendering.barycentrics.differentiableBarycentrics': {
    args: { clipSpaceVertices: { axes: ['V', 4], make: near(COVERING.map((v) => [...v, 1]), 0.2) }, triangles: triangles() }, sizes: ONE_TRIANGLE, batch: 'none',
    call: ({ clipSpaceVertices, triangles: faces }) => tf.tidy(() => barycentrics.differentiableBarycentrics(covering(), clipSpaceVertices, faces).barycentrics.value),
    law: 'says where each pixel lies', holds: ({ clipSpaceVertices: clip }, [b]) => [atPixels(b, clip), [total(b), tf.ones([...b.shape.slice(0, -1), 1])]],
    singular: { 'no area': { clipSpaceVertices: [[0, 0, 0, 1], [1, 1, 0, 1], [2, 2, 0, 1]] }, 'in the plane of the eye': { clipSpaceVertices: [[0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0]] } },
  },
  'rendering.interpolate.interpolateVertexAttribute': {
    args: { attribute: uniform(['V', 'C']) }, sizes: ONE_TRIANGLE, batch: 'none',
    call: ({ attribute }) => tf.tidy(() => rendering.interpolate.interpolateVertexAttribute(attribute, covering()).value),
    noSingular: LINEAR, law: 'is the attributes weighed by the barycentrics',
    holds: ({ attribute }, [image]) => [[image, tf.sum(tf.mul(tf.expandDims(covering().barycentrics.value, -1), attribute), -2)]],
  },
  'rendering.rasterizationBackend.rasterize': {
    args: { vertices: { axes: ['B', 'V', 3], make: (random, shape) => near(COVERING, 0.3)(random, shape) }, triangles: triangles(), viewProjectionMatrices: { ...matrix(), axes: ['B', 4, 4] } },
    sizes: ONE_TRIANGLE, batch: 'none', call: ({ vertices: v, triangles: t, viewProjectionMatrices: m }) => rendering.rasterizationBackend.rasterize(v, t, m, SIZE),
    law: 'says where each pixel lies', noGradients: 'a constant; differentiableBarycentrics has them',
    holds: ({ vertices: v, viewProjectionMatrices: m }, [b]) => [atPixels(b, tf.reshape(rendering.transformHomogeneous(m, v), [-1, 1, 1, 3, 4])), [total(b), tf.ones([...b.shape.slice(0, -1), 1])]],
    singular: { 'no area': { vertices: [[[0, 0, 0], [1, 1, 0], [2, 2, 0]]] }, 'behind the eye': { viewProjectionMatrices: [[[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, -1]]] } },
  },
  'rendering.triangleRasterizer.rasterize': {
    args: { vertices: vertices(), triangles: triangles(), attributes: uniform(['V', 'C']), viewProjectionMatrix: matrix() }, sizes: ONE_TRIANGLE,
    call: ({ vertices: v, triangles: t, attributes, viewProjectionMatrix: m }) => tf.tidy(() => {
      const { barycentrics: weights, attribute, mask } = rendering.triangleRasterizer.rasterize(v, t, { attribute: attributes }, m, SIZE);
      return { weights, attribute, mask };
    }),
    law: 'weighs attributes by barycentrics that say where each pixel lies',
    holds: ({ vertices: v, attributes, viewProjectionMatrix: m }, [weights, image, mask]) => {
      const clip = tf.sum(tf.mul(tf.expandDims(m, -3), tf.expandDims(tf.concat([v, tf.ones([...v.shape.slice(0, -1), 1])], -1), -2)), -1);
      const beside = (t: tf.Tensor) => tf.reshape(t, [...t.shape.slice(0, -2), 1, 1, ...t.shape.slice(-2)]);
      return [atPixels(weights, beside(clip)), [image, tf.sum(tf.mul(tf.expandDims(weights, -1), beside(attributes)), -2)], [mask, tf.onesLike(mask)]];
    },
    singular: { 'no area': { vertices: [[0, 0, 0], [1, 1, 0], [2, 2, 0]] }, 'a point': { vertices: [[0, 0, 0], [0, 0, 0], [0, 0, 0]] } },
  },
  'rendering.splat.splatAtPixelCenters': {
    args: { xyz: constant(uniform(['L', 'H', 'W', 3], 0, 1), CENTRED), rgba: uniform(['L', 'H', 'W', 4], 0.2, 1) }, sizes: { L: [1, 2], H: [3, 4], W: [3, 4] }, batch: 'none',
    call: ({ xyz, rgba }) => tf.tidy(() => rendering.splat.splatAtPixelCenters([xyz, rgba]).rgba),
    law: 'gives an opaque layer of one colour back, but for the borders',
    holds: ({ rgba }) => {
      const flat = tf.broadcastTo(tf.tensor1d([0.3, 0.6, 0.9, 1]), [1, ...rgba.shape.slice(1)]);
      const image = inside(rendering.splat.splatAtPixelCenters([tf.fill([1, ...rgba.shape.slice(1, 3), 3], 0.5), flat]).rgba);
      return [[image, wide(tf.tensor1d([0.3, 0.6, 0.9, 1]), image)]];
    },
    singular: { 'nothing there': { rgba: [[[[0, 0, 0, 0]]]], xyz: [[[[0, 0, 0]]]] } },
  },
  'rendering.splat.rasterizeThenSplat': {
    args: { vertices: constant(vertices(), CENTRED), triangles: triangles(), attributes: uniform(['V', 'C'], 0.2, 1), viewProjectionMatrix: constant(matrix(), CENTRED) },
    sizes: { ...ONE_TRIANGLE, C: [4, 4] },
    call: ({ vertices: v, triangles: t, attributes, viewProjectionMatrix: m }) => rendering.splat.rasterizeThenSplat(v, t, { rgba: attributes }, m, SIZE, ({ rgba }) => rgba),
    law: 'shows a covering triangle of one colour, but for the borders',
    holds: ({ vertices: v, triangles: t, attributes, viewProjectionMatrix: m }) => {
      const color = tf.tensor1d([0.3, 0.6, 0.9, 1]);
      const image = inside(rendering.splat.rasterizeThenSplat(v, t, { rgba: wide(color, attributes) }, m, SIZE, ({ rgba }) => rgba));
      return [[image, wide(color, image)]];
    },
    singular: { 'no area': { vertices: [[0, 0, 0], [1, 1, 0], [2, 2, 0]] } },
  },
  'rendering.texture.textureMap.mapTexture': {
    args: { uvMap: uniform([2]), textureImage: single(uniform(['H', 'W', 'C'])) }, law: 'shows an even texture evenly with its border going on, and the same through a mirror',
    holds: ({ uvMap, textureImage }, [colors]) => {
      const even = texture.textureMap.mapTexture(uvMap, tf.fill([3, 2, 2], 0.4), { borderType: 'DUPLICATE' });
      const mirrored = texture.textureMap.mapTexture(tf.add(tf.mul(uvMap, tf.tensor1d([-1, 1])), tf.tensor1d([1, 0])), tf.reverse(textureImage, 1) as tf.Tensor3D);
      return [[even, tf.fill(even.shape, 0.4)], [mirrored, colors]];
    },
    singular: { 'a corner': { uvMap: [0, 0] }, 'the border': { uvMap: [1, 0.3] }, 'outside': { uvMap: [-2, 3] }, 'a single texel': { textureImage: [[[0.5]]] } },
  },
  'rendering.texture.mipmap.mapTexture': {
    args: { uvMap: uniform(['H', 'W', 2]), textureImage: single(uniform(['P', 'Q', 'C'])) }, sizes: { P: [8, 11], Q: [8, 11] },
    call: ({ uvMap, textureImage }) => texture.mipmap.mapTexture(uvMap, { textureImage: textureImage as tf.Tensor3D, numMipmapLevels: 3 }),
    law: 'shows an even texture evenly with its border going on, and twice as much of one twice as bright',
    holds: ({ uvMap, textureImage }, [colors]) => {
      const through = (textureImage_: tf.Tensor, borderType: 'ZERO' | 'DUPLICATE' = 'ZERO') =>
        texture.mipmap.mapTexture(uvMap, { textureImage: textureImage_ as tf.Tensor3D, numMipmapLevels: 3, borderType });
      const even = through(tf.fill([8, 8, 2], 0.4), 'DUPLICATE');
      return [[even, tf.fill(even.shape, 0.4)], [through(tf.mul(textureImage, 2)), tf.mul(colors, 2)]];
    },
    singular: { 'all in one place': { uvMap: [[[0.5, 0.5], [0.5, 0.5]], [[0.5, 0.5], [0.5, 0.5]]] }, 'a single pixel': { uvMap: [[[0.3, 0.2]]] } },
  },
  'rendering.volumetric.absorption.render': {
    args: volume(0, 1), law: 'is the same from behind, and along another axis of turned voxels',
    holds: ({ voxels }, [image]) => [[volumetric.absorption.render(reversed(voxels)), image], turned(volumetric.absorption.render, voxels, image)],
    singular: { opaque: { voxels: opaque }, nothing: { voxels: [[[[0], [0]]]] } },
  },
  'rendering.volumetric.visualHull.render': {
    args: volume(0, 1), law: 'is the same from behind, and along another axis of turned voxels',
    holds: ({ voxels }, [image]) => [[volumetric.visualHull.render(reversed(voxels)), image], turned(volumetric.visualHull.render, voxels, image)],
    singular: { opaque: { voxels: opaque }, nothing: { voxels: [[[[0], [0]]]] } },
  },
  'rendering.volumetric.emissionAbsorption.render': {
    args: volume(0.1, 1), law: 'is opaque as it is from behind, and along another axis of turned voxels the same',
    holds: ({ voxels }, [image]) => {
      const alpha = (t: tf.Tensor) => tf.slice(t, [...t.shape.slice(0, -1).map(() => 0), t.shape[t.rank - 1]! - 1], [...t.shape.slice(0, -1), 1]);
      return [[alpha(volumetric.emissionAbsorption.render(reversed(voxels))), alpha(image)], turned(volumetric.emissionAbsorption.render, voxels, image)];
    },
    singular: { opaque: { voxels: opaque }, nothing: { voxels: [[[[0, 0], [0, 0]]]] } },
  },
  'rendering.volumetric.rayDensity.computeDensity': {
    args: { densityValues: uniform(['N', 1], 0, 2), distances: uniform(['N'], 0, 1) }, law: 'is 1 − exp of minus all that the ray crosses, the sum of the weights',
    holds: ({ densityValues, distances }, [density, weights]) => {
      const crossed = tf.sum(tf.mul(tf.squeeze(densityValues, [-1]), distances), -1, true);
      return [[density, tf.sub(1, tf.exp(tf.neg(crossed)))], [tf.sum(weights, -1, true), density]];
    },
    singular: { opaque: { densityValues: [[1e4], [1e4]], distances: [1, 1] }, nothing: { densityValues: [[0], [0]], distances: [0, 0] } },
  },
  'rendering.volumetric.rayRadiance.computeRadiance': {
    args: { rgbaValues: uniform(['N', 4], 0, 2), distances: uniform(['N'], 0, 1) }, law: 'shows one colour as it is, as far as the ray is opaque',
    holds: ({ rgbaValues, distances }, [rgb, alpha]) => {
      const [, density] = tf.split(rgbaValues, [3, 1], -1) as [tf.Tensor, tf.Tensor];
      const flat = tf.concat([tf.fill([...density.shape.slice(0, -1), 3], 0.3), density], -1);
      const { rgb: shown } = volumetric.rayRadiance.computeRadiance(flat, distances);
      const { density: opacity } = volumetric.rayDensity.computeDensity(density, distances);
      return [[shown, tf.mul(tf.onesLike(rgb), tf.mul(alpha, 0.3))], [alpha, opacity]];
    },
    singular: { opaque: { rgbaValues: [[1, 1, 1, 1e4], [0, 1, 0, 1e4]], distances: [1, 1] }, nothing: { rgbaValues: [[0, 0, 0, 0]], distances: [0] } },
  },
};

