import type { SparseNeighborhood } from '../../geometry/convolution';
import * as tf from '../../tf';
import { FeatureSteeredConvolutionKerasLayer, type FeatureSteeredConvolutionArgs } from './graphConvolution';

/** The layers made so far, by name: what a variable scope is to TensorFlow 1. */
export type LayerScope = Map<string, FeatureSteeredConvolutionKerasLayer>;

export type FeatureSteeredConvolutionLayerOptions = Omit<FeatureSteeredConvolutionArgs, 'name'> & {
  /** Where the weights are kept: the same scope and name give the same weights. Without one they are made anew, and gone after the call. */
  readonly scope?: LayerScope;
  readonly name?: string;
};

/**
 * {@link FeatureSteeredConvolutionKerasLayer} as a call that makes its weights when it is first made, as TensorFlow 1 has it: Verma, Boyer, Verbeek, "FeaStNet",
 * CVPR 2018. Differentiable in the data, and by `tf.variableGrads` in the weights. The caller disposes the layers of the scope.
 *
 * @param data [*, V, C]
 * @param neighbors [*, V, V]; rows should sum to 1.
 * @param sizes [*] int32, how many of the V rows count; all if null.
 * @param options the settings of {@link FeatureSteeredConvolutionKerasLayer}, of which `translationInvariant` is true, `numWeightMatrices` 8 and
 * `initializer` a truncated normal by default, and `numOutputChannels` as many as the data have; the scope, and the layer's name in it.
 * @returns [*, V, D]
 * @throws Error that names the argument, axis and shape; for a scope whose layer of this name has other settings.
 * @example
 * ```ts
 * const scope = new Map();
 * const neighbors = geometry.convolution.fromDense(tf.tensor2d([[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]));
 * const data = tf.tensor2d([[1], [5], [9]]);
 * // With all weights 1: the mean of a vertex's neighbours, and the bias.
 * nn.layer.graphConvolution.featureSteeredConvolutionLayer(data, neighbors, null, { scope, initializer: 'ones' }); // → [[8], [6], [4]]
 * scope.size; // → 1
 * ```
 */
export function featureSteeredConvolutionLayer(
  data: tf.Tensor, neighbors: SparseNeighborhood, sizes: tf.Tensor | null = null,
  { scope, name = 'graphConvolutionFeatureSteeredConvolution', ...args }: FeatureSteeredConvolutionLayerOptions = {},
): tf.Tensor {
  const known = scope?.get(name);
  const layer = known ?? new FeatureSteeredConvolutionKerasLayer({ ...args, name });
  if (known) checkSettings(known, args, name);
  scope?.set(name, layer);
  try {
    return layer.apply(data, sizes ? { neighbors, sizes } : { neighbors }) as tf.Tensor;
  } finally {
    if (!scope) layer.dispose();
  }
}

function checkSettings(layer: FeatureSteeredConvolutionKerasLayer, args: FeatureSteeredConvolutionArgs, name: string): void {
  const config = layer.getConfig();
  for (const key of ['translationInvariant', 'numWeightMatrices', 'numOutputChannels'] as const) {
    if (args[key] !== undefined && args[key] !== config[key]) throw new Error(`the layer ${name} of this scope has ${key} ${String(config[key])}, not ${String(args[key])}`);
  }
}
