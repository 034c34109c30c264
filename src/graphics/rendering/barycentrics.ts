import { asFloat } from '../asFloat';
import { gatherFaces } from '../kernels';
import { untaped } from '../kernels/untaped';
import { indicator, nonzeroSign } from '../math/safe';
import { byPrecision } from '../math/precision';
import { checkShape } from '../shape';
import * as tf from '../tf';
import { Framebuffer, RasterizedAttribute } from './framebuffer';
import { homogeneousBarycentrics, type ClipCorners } from '../kernels/interpolate/homogeneousBarycentrics';
import { interpolateLayers } from './interpolateLayers';
import { toTopology, type Triangles } from './triangles';

/** Sums of unnormalised barycentrics below which a triangle has no area. */
const minSum = (): number => byPrecision(1e-20, 2 ** -7);

/**
 * A framebuffer whose barycentrics are recomputed from the clip coordinates, so that gradients flow to those: for `barycentrics` itself and
 * for all that `interpolateVertexAttribute` makes with the result. None flow through visibility.
 *
 * @param clipSpaceVertices [V, 4], or [B or 1, V, 4]: those that were rasterized.
 * @param triangles [T, 3] int32: those that were rasterized.
 * @param framebuffer as rasterized.
 * @returns a framebuffer with the same visibility.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const triangle = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
 * const vertices = tf.tensor3d([[[-1, -1, 0], [3, -1, 0], [-1, 3, 0]]]);
 * const framebuffer = rendering.rasterizationBackend.rasterize(vertices, triangle, tf.reshape(tf.eye(4), [1, 4, 4]), { height: 1, width: 1 });
 * const clipVertices = tf.concat([vertices, tf.ones([1, 3, 1])], 2);
 * rendering.barycentrics.differentiableBarycentrics(framebuffer, clipVertices, triangle).barycentrics.value; // → [[[[0.5, 0.25, 0.25]]]]
 * ```
 */
export function differentiableBarycentrics(framebuffer: Framebuffer, clipSpaceVertices: tf.Tensor, triangles: Triangles): Framebuffer {
  const { batchSize, mesh } = framebuffer;
  const { vertexCount, faceCount } = mesh.topology;
  const tiles = clipSpaceVertices.rank === 3 && clipSpaceVertices.shape[0] === batchSize ? batchSize : 1;
  checkShape('clipSpaceVertices', clipSpaceVertices, [...(clipSpaceVertices.rank === 3 ? [tiles] : []), vertexCount, 4]);
  checkShape('triangles', triangles instanceof tf.Tensor ? triangles : triangles.faces, [faceCount, 3]);
  const { value, clipVertices } = tf.tidy(() => {
    const batched = tf.reshape(asFloat(clipSpaceVertices), [-1, vertexCount, 4]);
    const clip = (batched.shape[0] === batchSize ? batched : tf.tile(batched, [batchSize, 1, 1])) as tf.Tensor3D;
    const corners = [0, 1, 2].map((corner) => cornerImage(framebuffer, clip, corner)) as unknown as ClipCorners;
    const barycentrics = homogeneousBarycentrics(corners, pixelCentres(framebuffer.width, framebuffer.height));
    return { value: tf.mul(barycentrics, framebuffer.foregroundMask), clipVertices: clip };
  });
  const { triangleId, vertexIds, foregroundMask, attributes } = framebuffer;
  return new Framebuffer({
    triangleId, vertexIds, foregroundMask, attributes, barycentrics: new RasterizedAttribute(value), mesh: { ...mesh, clipVertices },
  });
}

/**
 * The clip coordinates of one corner of each pixel's triangle, [B, (L,) H, W, 4]: an interpolation with all the weight on that corner,
 * whose gradient the kernel sums into the vertices.
 */
function cornerImage(framebuffer: Framebuffer, clip: tf.Tensor3D, corner: number): tf.Tensor {
  const raster = untaped(() => tf.tidy(() => {
    const weights = tf.tensor1d([corner === 0 ? 1 : 0, corner === 1 ? 1 : 0, 0, 0]);
    const ids = tf.tensor1d([0, 0, 0, 1]);
    return tf.add(tf.mul(framebuffer.mesh.raster, ids), tf.mul(framebuffer.foregroundMask, weights));
  }));
  const seen = new Framebuffer({ ...framebuffer, mesh: { ...framebuffer.mesh, raster } });
  return interpolateLayers(clip, seen);
}

/** NDC of every pixel's centre, [H, W, 2]. */
const pixelCentres = (imageWidth: number, imageHeight: number): tf.Tensor => tf.stack([...normalizedPixelCoordinates(imageWidth, imageHeight)], 2);

/**
 * NDC of every pixel's centre: x from −1 + 1/W at the left, y from 1 − 1/H at the top (in TensorFlow Graphics row 0 is at the bottom).
 * @param imageWidth W, pixels.
 * @param imageHeight H, pixels.
 * @returns x and y, each [H, W].
 * @example
 * ```ts
 * rendering.barycentrics.normalizedPixelCoordinates(2, 1); // → [[[-0.5, 0.5]], [[0, 0]]]
 * ```
 */
export const normalizedPixelCoordinates = (imageWidth: number, imageHeight: number): [x: tf.Tensor2D, y: tf.Tensor2D] => {
  const place = (_: unknown, i: number) => [(2 * (i % imageWidth) + 1) / imageWidth - 1, 1 - (2 * Math.floor(i / imageWidth) + 1) / imageHeight];
  const places = Array.from({ length: imageWidth * imageHeight }, place);
  return [0, 1].map((k) => tf.tensor2d(places.map((xy) => xy[k]), [imageHeight, imageWidth])) as [tf.Tensor2D, tf.Tensor2D];
};

/**
 * For each triangle the matrix that takes (x, y, 1) in NDC to barycentrics that are not yet of sum 1: the inverse of its corners'
 * (x, y, w), times the absolute value of its determinant. Differentiable.
 *
 * @param clipSpaceVertices [V, 4]
 * @param triangles [T, 3] int32.
 * @returns [3, 3, T]
 * @throws Error that names the argument, axis and shape.
 * Source: Olano and Greer 1997, "Triangle Scan Conversion using 2D Homogeneous Coordinates", equation 4.
 * @example
 * ```ts
 * const triangle = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
 * rendering.barycentrics.computeTriangleMatrices(tf.tensor2d([[0, 0, 0, 1], [1, 0, 0, 1], [0, 1, 0, 1]]), triangle).shape; // → [3, 3, 1]
 * ```
 */
export const computeTriangleMatrices = (clipSpaceVertices: tf.Tensor, triangles: Triangles): tf.Tensor3D => tf.tidy(() => {
  checkShape('clipSpaceVertices', clipSpaceVertices, [null, 4]);
  const topology = toTopology(triangles, clipSpaceVertices.shape[0]);
  const corners = tf.squeeze(gatherFaces(tf.expandDims(asFloat(clipSpaceVertices), 0), topology), [0]);
  const [p0, p1, p2] = tf.unstack(corners, 1).map((corner) => {
    const [x, y, , w] = tf.unstack(corner, 1);
    return [x, y, w];
  });
  const rows = [crossProduct(p1, p2), crossProduct(p2, p0), crossProduct(p0, p1)];
  const determinant = tf.addN(rows[0].map((entry, i) => tf.mul(entry, p0[i])));
  return tf.mul(tf.stack(rows.map((row) => tf.stack(row)) as tf.Tensor2D[]), nonzeroSign(determinant)) as tf.Tensor3D;
});

const crossProduct = ([ax, ay, az]: tf.Tensor[], [bx, by, bz]: tf.Tensor[]): tf.Tensor[] =>
  [[ay, bz, az, by], [az, bx, ax, bz], [ax, by, ay, bx]].map(([a, b, c, d]) => tf.sub(tf.mul(a, b), tf.mul(c, d)));

/**
 * Barycentrics of places in given triangles; 0 in those without area. Differentiable in the matrices and the places.
 *
 * @param triangleIds [*], int32.
 * @param triangleMatrices [3, 3, T] from {@link computeTriangleMatrices}.
 * @param px [*]: x in NDC.
 * @param py [*]: y in NDC.
 * @returns [3, *]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const triangle = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
 * const matrices = rendering.barycentrics.computeTriangleMatrices(tf.tensor2d([[0, 0, 0, 1], [1, 0, 0, 1], [0, 1, 0, 1]]), triangle);
 * const [id, x, y] = [tf.tensor1d([0], 'int32'), tf.tensor1d([0.25]), tf.tensor1d([0.25])];
 * rendering.barycentrics.computeBarycentricCoordinates(id, matrices, x, y); // → [[0.5], [0.25], [0.25]]
 * ```
 */
export const computeBarycentricCoordinates = (triangleIds: tf.Tensor, triangleMatrices: tf.Tensor, px: tf.Tensor, py: tf.Tensor): tf.Tensor => tf.tidy(() => {
  checkShape('triangleMatrices', triangleMatrices, [3, 3, null]);
  const [x, y, one] = tf.unstack(tf.gather(triangleMatrices, tf.cast(triangleIds, 'int32'), 2), 1);
  const weights = tf.add(tf.add(tf.mul(x, px), tf.mul(y, py)), one);
  const sum = tf.sum(weights, 0, true);
  const present = indicator(() => tf.greater(tf.abs(sum), minSum()));
  return tf.div(tf.mul(weights, present), tf.add(tf.mul(sum, present), tf.sub(1, present)));
});
