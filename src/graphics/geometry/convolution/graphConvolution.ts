import { gatherRows, neighborSum, segmentMax, segmentSum } from '../../kernels';
import { checkShape } from '../../shape';
import * as tf from '../../tf';
import { clearPadding } from './clearPadding';
import { checkValidGraphConvolutionInput } from './inputChecks';
import { flattenFor, unflattenFrom, withSomeEntry, type SparseNeighborhood } from './sparseNeighborhood';

/** Refuses shapes; the steering half of what feature-steered convolution takes. @returns W */
function checkSteering(data: tf.Tensor, varU: tf.Tensor, varV: tf.Tensor, varC: tf.Tensor): number {
  const channels = data.shape[data.rank - 1];
  checkShape('varU', varU, [channels, null]);
  const matrices = varU.shape[varU.rank - 1];
  checkShape('varV', varV, [channels, matrices]);
  checkShape('varC', varC, [matrices]);
  return matrices;
}

/** @param x as {@link flattenFor} gives it. @returns [E, W], or [*, E, W] where a batch shares the neighbourhood. */
function steeringOf(x: tf.Tensor, neighbors: SparseNeighborhood, varU: tf.Tensor, varV: tf.Tensor, varC: tf.Tensor): tf.Tensor {
  const [channels, matrices] = varU.shape;
  const times = (matrix: tf.Tensor) => tf.reshape(tf.matMul(tf.reshape(x, [tf.util.sizeFromShape(x.shape.slice(0, -1)), channels]), matrix), [...x.shape.slice(0, -1), matrices]);
  return tf.softmax(tf.add(tf.add(gatherRows(times(varU), neighbors.rows), gatherRows(times(varV), neighbors.columns)), varC));
}

/**
 * Which matrix {@link featureSteeredConvolution} gives each neighbour: qₘ(xᵢ, xⱼ) = softmaxₘ(uₘᵀ xᵢ + vₘᵀ xⱼ + cₘ), entry by entry.
 * Verma, Boyer, Verbeek, "FeaStNet", CVPR 2018, equation 4.
 *
 * @param data [*, V, C]
 * @param neighbors [*, V, V], or [V, V] for the whole batch.
 * @param varU [C, W] @param varV [C, W] @param varC [W]
 * @returns [E, W] in the order of the neighbourhood's entries, each with a sum of 1; [*, E, W] where a batch shares the neighbourhood.
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const neighbors = geometry.convolution.fromDense(tf.tensor2d([[0.5, 0.5], [0, 1]]));
 * const { featureSteering } = geometry.convolution.graphConvolution;
 * const u = tf.tensor2d([[Math.log(3), 0]]);
 * // Of a difference of 1 in the feature: e^(log 3) to e^0.
 * featureSteering(tf.tensor2d([[1], [0]]), neighbors, u, tf.neg(u), tf.zeros([2])); // → [[0.5, 0.5], [0.75, 0.25], [0.5, 0.5]]
 * ```
 */
export function featureSteering(data: tf.Tensor, neighbors: SparseNeighborhood, varU: tf.Tensor, varV: tf.Tensor, varC: tf.Tensor): tf.Tensor {
  checkValidGraphConvolutionInput(data, neighbors, null);
  const matrices = checkSteering(data, varU, varV, varC);
  const leading = neighbors.batch.length === 0 ? data.shape.slice(0, -2) : [];
  if (neighbors.rows.entryCount === 0) return tf.zeros([...leading, 0, matrices]);
  return tf.tidy(() => steeringOf(flattenFor(neighbors, data), neighbors, varU, varV, varC));
}

/**
 * Feature-steered graph convolution: yᵢ = b + Σⱼ aᵢⱼ Σₘ qₘ(xᵢ, xⱼ) Wₘᵀ xⱼ over the neighbours j of i, where
 * q(xᵢ, xⱼ) = softmaxₘ(uₘᵀ xᵢ + vₘᵀ xⱼ + cₘ); u = −v makes it invariant to translation of x.
 * Verma, Boyer, Verbeek, "FeaStNet: Feature-Steered Graph Convolutions for 3D Shape Analysis", CVPR 2018, equations 3 to 5.
 * Unlike TensorFlow Graphics', the softmax subtracts its maximum, so that large features do not overflow.
 *
 * @param data [*, V, C]
 * @param neighbors [*, V, V], or [V, V] for the whole batch: aᵢⱼ. In the paper its rows sum to 1 and contain the vertex itself, as `meshNeighborhood`'s do.
 *   Vertices without neighbours get b.
 * @param sizes int32 [*] or null: how many vertices count; the others get 0.
 * @param varU [C, W] @param varV [C, W] @param varC [W] @param varW [W, C, D] @param varB [D]
 * @returns [*, V, D]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const data = tf.tensor2d([[1], [3]]);
 * const neighbors = geometry.convolution.fromDense(tf.tensor2d([[0.5, 0.5], [0, 1]]));
 * const [u, v, c, w, b] = [tf.zeros([1, 1]), tf.zeros([1, 1]), tf.zeros([1]), tf.tensor3d([[[2]]]), tf.tensor1d([1])];
 * // One matrix: b + w times the mean of the neighbours.
 * geometry.convolution.graphConvolution.featureSteeredConvolution(data, neighbors, null, u, v, c, w, b); // → [[5], [7]]
 * ```
 */
export function featureSteeredConvolution(
  data: tf.Tensor, neighbors: SparseNeighborhood, sizes: tf.Tensor | null,
  varU: tf.Tensor, varV: tf.Tensor, varC: tf.Tensor, varW: tf.Tensor, varB: tf.Tensor,
): tf.Tensor {
  checkValidGraphConvolutionInput(data, neighbors, sizes);
  const channels = data.shape[data.rank - 1];
  const matrices = checkSteering(data, varU, varV, varC);
  checkShape('varW', varW, [matrices, channels, null]);
  const outChannels = varW.shape[varW.rank - 1];
  checkShape('varB', varB, [outChannels]);
  return tf.tidy(() => {
    const x = flattenFor(neighbors, data);
    const seen = withSomeEntry(neighbors);
    const weights = tf.mul(steeringOf(x, seen, varU, varV, varC), tf.expandDims(seen.weights, -1));
    const sums = neighborSum(x, weights, seen);
    const product = tf.matMul(tf.reshape(sums, [tf.util.sizeFromShape(sums.shape.slice(0, -1)), matrices * channels]), tf.reshape(varW, [matrices * channels, outChannels]));
    const y = tf.add(tf.reshape(product, [...sums.shape.slice(0, -1), outChannels]), varB);
    return clearPadding(unflattenFrom(neighbors, y), sizes);
  });
}

export type EdgeReduction = 'weighted' | 'max';

/**
 * A convolution over edges: yᵢ = Σⱼ aᵢⱼ f(xᵢ, xⱼ), or by channel the maximum over j of f(xᵢ, xⱼ), whatever the weights.
 * With f(x, y) = y and weights 1/degree it is Laplacian smoothing; with a dense layer on (x, y − x) and the maximum it is EdgeConv
 * (Wang et al., "Dynamic Graph CNN for Learning on Point Clouds", ACM TOG 2019, equation 7). Vertices without neighbours get 0.
 *
 * @param data [*, V, C]
 * @param neighbors [*, V, V], or [V, V] for the whole batch.
 * @param sizes int32 [*] or null: how many vertices count; the others get 0.
 * @param edgeFunction takes the vertices' and the neighbours' features, both [E, C] (with a batch that shares one neighbourhood [B · E, C]), to [E, D].
 * @param edgeFunctionKwargs handed to edgeFunction as its third argument.
 * @param reduction 'weighted' or 'max'.
 * @returns [*, V, D]
 * @throws Error that names the argument, axis and shape, or that tells of an unknown reduction.
 * @example
 * ```ts
 * const { edgeConvolutionTemplate } = geometry.convolution.graphConvolution;
 * const data = tf.tensor2d([[1], [3]]);
 * const neighbors = geometry.convolution.fromDense(tf.tensor2d([[0.5, 0.5], [0, 1]]));
 * const difference = (vertices: tf.Tensor2D, seen: tf.Tensor2D) => tf.sub(seen, vertices);
 * edgeConvolutionTemplate(data, neighbors, null, difference, 'weighted', undefined); // → [[1], [0]]
 * edgeConvolutionTemplate(data, neighbors, null, difference, 'max', undefined); // → [[2], [0]]
 * ```
 */
export function edgeConvolutionTemplate<Kwargs = undefined>(
  data: tf.Tensor, neighbors: SparseNeighborhood, sizes: tf.Tensor | null,
  edgeFunction: (vertices: tf.Tensor2D, neighbors: tf.Tensor2D, kwargs: Kwargs) => tf.Tensor, reduction: EdgeReduction, edgeFunctionKwargs: Kwargs,
): tf.Tensor {
  checkValidGraphConvolutionInput(data, neighbors, sizes);
  if (reduction !== 'weighted' && reduction !== 'max') throw new Error(`reduction must be 'weighted' or 'max', not '${String(reduction)}'`);
  const channels = data.shape[data.rank - 1];
  return tf.tidy(() => {
    const x = flattenFor(neighbors, data);
    const { rows, columns, weights } = withSomeEntry(neighbors);
    const [vertices, seen] = [gatherRows(x, rows), gatherRows(x, columns)];
    const asRows = (t: tf.Tensor) => tf.reshape(t, [tf.util.sizeFromShape(t.shape.slice(0, -1)), channels]) as tf.Tensor2D;
    const edges = edgeFunction(asRows(vertices), asRows(seen), edgeFunctionKwargs);
    checkShape('the result of edgeFunction', edges, [tf.util.sizeFromShape(vertices.shape.slice(0, -1)), null]);
    const features = tf.reshape(edges, [...vertices.shape.slice(0, -1), edges.shape[edges.rank - 1]]);
    const reduced = reduction === 'max'
      ? segmentMax(features, rows)
      : segmentSum(tf.mul(features, tf.expandDims(weights, -1)), rows);
    return clearPadding(unflattenFrom(neighbors, reduced), sizes);
  });
}
