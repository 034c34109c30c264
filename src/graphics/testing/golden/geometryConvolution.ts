import { geometry } from '../../index';
import * as tf from '../../tf';
import type { GoldenAdapters } from './golden';

const { disposeNeighborhood, fromDense, graphConvolution, graphPooling, utils } = geometry.convolution;
type SparseNeighborhood = geometry.convolution.SparseNeighborhood;

/** What a gradient needs of the neighbourhood it has saved, so it may go when the call has returned. */
function withMap(matrix: tf.Tensor, call: (map: SparseNeighborhood) => tf.Tensor): tf.Tensor {
  const map = fromDense(matrix);
  try {
    return call(map);
  } finally {
    disposeNeighborhood(map);
  }
}

const EDGE_FUNCTIONS: Record<string, (x: tf.Tensor2D, y: tf.Tensor2D) => tf.Tensor> = {
  'x+y': (x, y) => tf.add(x, y),
  '2*concat(x, y-x)': (x, y) => tf.mul(2, tf.concat([x, tf.sub(y, x)], -1)),
};

/** The convolution half of geometry, spread into geometry.ts. */
export const convolutionAdapters: GoldenAdapters = {
  'geometry.convolution.graph_convolution.feature_steered_convolution': (x) => withMap(x.neighbors, (neighbors) =>
    graphConvolution.featureSteeredConvolution(x.data, neighbors, x.sizes ?? null, x.var_u, x.var_v, x.var_c, x.var_w, x.var_b)),
  'geometry.convolution.graph_convolution.edge_convolution_template': (x, { edge_function, reduction }) => withMap(x.neighbors, (neighbors) =>
    graphConvolution.edgeConvolutionTemplate(
      x.data, neighbors, x.sizes ?? null, EDGE_FUNCTIONS[edge_function as string], reduction as 'weighted' | 'max', undefined,
    )),
  'geometry.convolution.graph_pooling.pool': (x, { algorithm = 'max' }) =>
    withMap(x.pool_map, (map) => graphPooling.pool(x.data, map, x.sizes ?? null, { algorithm: algorithm as 'weighted' | 'max' })),
  'geometry.convolution.graph_pooling.unpool': (x) => withMap(x.pool_map, (map) => graphPooling.unpool(x.data, map, x.sizes ?? null)),
  'geometry.convolution.graph_pooling.upsample_transposed_convolution': (x, { kernel_size, strides, filters }) => withMap(x.pool_map, (map) => {
    const upsample = (rows: tf.Tensor4D) => {
      const shape: [number, number, number, number] = [1, 1, rows.shape[2] * (kernel_size as number), filters as number];
      return tf.conv2dTranspose(rows, x.kernel as tf.Tensor4D, shape, strides as [number, number], 'valid');
    };
    return graphPooling.upsampleTransposedConvolution(x.data, map, x.sizes ?? null, kernel_size as number, upsample);
  }),
  'geometry.convolution.utils.unflatten_2d_to_batch': (x, { max_rows }) =>
    utils.unflatten2dToBatch(x.data, x.sizes, { maxRows: max_rows as number | null }),
};
