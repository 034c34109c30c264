import { initializers, layers } from '../../layers';
import type * as tf from '../../tf';

/** What follows each hidden layer of a kernel's network. */
export type KernelActivation = 'relu' | 'leakyRelu' | 'softplus' | 'tanh' | 'sigmoid' | 'linear';

/** Of leaky ReLUs' negative part; TensorFlow's. */
const LEAK = 0.2;

export interface KernelNetArgs { readonly name: string; readonly widths: readonly number[]; readonly activation: KernelActivation; readonly seed: number }

/**
 * The dense layers of a small network on relative positions, in order, each followed by its activation (none for a linear one). Biases are drawn from
 * ±1/2, where offsets are of length 1 at most: without, every unit would be 0 at the centre and bend there alone.
 */
export const kernelNet = ({ name, widths, activation, seed }: KernelNetArgs): layers.Layer[] => widths.flatMap((units, i) => {
  const leaks = activation === 'leakyRelu';
  const dense = layers.dense({
    name: `${name}${i + 1}`, units, activation: leaks ? 'linear' : activation, kernelInitializer: initializers.heUniform({ seed: 10 * seed + 2 * i + 1 }),
    biasInitializer: initializers.randomUniform({ minval: -0.5, maxval: 0.5, seed: 10 * seed + 2 * i + 2 }),
  });
  return leaks ? [dense, layers.leakyReLU({ name: `${name}Leak${i + 1}`, alpha: LEAK })] : [dense];
});

/** What the layers make of x, one after the other. */
export const runThrough = (parts: readonly layers.Layer[], x: tf.Tensor): tf.Tensor => parts.reduce((y, part) => part.apply(y) as tf.Tensor, x);
