import { scaleShift } from '../../kernels';
import { initializers, layers, type LayerVariable, type Shape } from '../../layers';
import * as tf from '../../tf';
import { oneTensor } from './compositeLayer';

/** What follows each layer of a kernel's network. */
export type KernelActivation = 'relu' | 'leakyRelu' | 'softplus' | 'tanh' | 'sigmoid' | 'linear';

/** What is left of negative results in a leaky ReLU; TensorFlow's. */
const LEAK = 0.2;

/** Of negative results, before any curve: 1 for nothing. */
const SLOPES: Readonly<Record<KernelActivation, number>> = { relu: 0, leakyRelu: LEAK, softplus: 1, tanh: 1, sigmoid: 1, linear: 1 };

const CURVES: { readonly [name in KernelActivation]?: (x: tf.Tensor) => tf.Tensor } = { softplus: tf.softplus, tanh: tf.tanh, sigmoid: tf.sigmoid };

type KernelUnitsArgs = ConstructorParameters<typeof layers.Layer>[0] & { readonly units: number; readonly activation: KernelActivation; readonly seed: number;
  /** Whether a unit is added that is the same everywhere, 1 with ReLUs. */
  readonly constant: boolean;
};

/**
 * A dense layer for as many rows as neighbourhoods have entries, [*, C] to [*, units]: bias and ReLU in one pass, and their gradients in two. Biases are drawn from
 * ±1/2, where offsets are of length 1 at most: without, every unit would be 0 at the centre and bend there alone.
 */
class KernelUnits extends layers.Layer {
  static readonly className: string = 'KernelUnits';
  private readonly settings: Pick<KernelUnitsArgs, 'units' | 'activation' | 'seed' | 'constant'>;
  private variables?: { readonly kernel: LayerVariable; readonly bias: LayerVariable };

  constructor(args: KernelUnitsArgs) {
    super(args);
    const { units, activation, seed, constant } = args;
    this.settings = { units, activation, seed, constant };
  }

  override build(inputShape: Shape | Shape[]): void {
    const { units, seed } = this.settings;
    this.variables = {
      kernel: this.addWeight('kernel', [(inputShape as Shape).at(-1) as number, units], 'float32', initializers.heUniform({ seed: 2 * seed })),
      bias: this.addWeight('bias', [units], 'float32', initializers.randomUniform({ minval: -0.5, maxval: 0.5, seed: 2 * seed + 1 })),
    };
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = oneTensor(inputs);
    const { activation, constant } = this.settings;
    return tf.tidy(() => {
      const { kernel, bias } = this.variables!;
      // The weights grow, which are few, and not the results.
      const matrix = constant ? tf.pad(kernel.read(), [[0, 0], [0, 1]]) : kernel.read();
      const shift = constant ? tf.pad(bias.read(), [[0, 1]], 1) : bias.read();
      const products = tf.matMul(tf.reshape(x, [-1, x.shape[x.rank - 1]]), matrix as tf.Tensor2D) as tf.Tensor2D;
      const y = scaleShift(products, tf.ones([this.count]), shift, SLOPES[activation]);
      return tf.reshape(CURVES[activation]?.(y) ?? y, [...x.shape.slice(0, -1), this.count]);
    });
  }

  private get count(): number {
    return this.settings.units + (this.settings.constant ? 1 : 0);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, -1), this.count];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}
tf.serialization.registerClass(KernelUnits);

export interface KernelNetArgs {
  readonly name: string;
  readonly widths: readonly number[];
  readonly activation: KernelActivation;
  readonly seed: number;
  /** Whether the last layer has a unit more that is the same everywhere, 1 with ReLUs; false by default. */
  readonly constant?: boolean;
}

/** The layers of a small network on relative positions, in order, each followed by its activation. */
export const kernelNet = ({ name, widths, activation, seed, constant = false }: KernelNetArgs): layers.Layer[] =>
  widths.map((units, i) => new KernelUnits({ name: `${name}${i + 1}`, units, activation, seed: 10 * seed + i, constant: constant && i === widths.length - 1 }));

/** What the layers make of x, one after the other. */
export const runThrough = (parts: readonly layers.Layer[], x: tf.Tensor): tf.Tensor => parts.reduce((y, part) => part.apply(y) as tf.Tensor, x);
