import { scaleShift } from '../../kernels';
import { initializers, layers, type LayerVariable, type Shape } from '../../layers';
import * as tf from '../../tf';
import { oneTensor } from './compositeLayer';
import type { NormalizationCallArgs } from './pointNormalization';
import { SharedLayer } from './sharedLayer';

/** What follows each layer of a kernel's network. */
export type KernelActivation = 'relu' | 'leakyRelu' | 'softplus' | 'tanh' | 'sigmoid' | 'linear';

/** What is left of negative results in a leaky ReLU; TensorFlow's. */
const LEAK = 0.2;

/** Of negative results, before any curve: 1 for nothing. */
const SLOPES: Readonly<Record<KernelActivation, number>> = { relu: 0, leakyRelu: LEAK, softplus: 1, tanh: 1, sigmoid: 1, linear: 1 };

const CURVES: { readonly [name in KernelActivation]?: (x: tf.Tensor) => tf.Tensor } = { softplus: tf.softplus, tanh: tf.tanh, sigmoid: tf.sigmoid };

type KernelUnitsArgs = ConstructorParameters<typeof layers.Layer>[0] & { readonly units: number; readonly activation: KernelActivation; readonly seed: number;
  /** Whether a unit is added that is the same everywhere, 1 with ReLUs; to each network. */
  readonly constant: boolean;
  /** Networks side by side, each with so many units. */
  readonly nets: number;
  /** Whether each network sees its own share of what comes in, and not all of it. */
  readonly apart: boolean;
};

/** [nets · rows, nets · columns]: 1 where row and column are of the same network. */
const sameNet = (nets: number, rows: number, columns: number): tf.Tensor2D => tf.tensor2d(Float32Array.from(
  { length: nets * rows * nets * columns }, (_, i) => (Math.floor(i / (nets * columns * rows)) === Math.floor((i % (nets * columns)) / columns) ? 1 : 0),
), [nets * rows, nets * columns]);

/**
 * A dense layer for as many rows as neighbourhoods have entries, [*, C] to [*, nets · units]: bias and ReLU in one pass, and their gradients in two. Biases are drawn from
 * ±1/2, where offsets are of length 1 at most: without, every unit would be 0 at the centre and bend there alone.
 */
class KernelUnits extends layers.Layer {
  static readonly className: string = 'KernelUnits';
  private readonly settings: Pick<KernelUnitsArgs, 'units' | 'activation' | 'seed' | 'constant' | 'nets' | 'apart'>;
  private variables?: { readonly kernel: LayerVariable; readonly bias: LayerVariable };

  constructor(args: KernelUnitsArgs) {
    super(args);
    const { units, activation, seed, constant, nets, apart } = args;
    this.settings = { units, activation, seed, constant, nets, apart };
  }

  override build(inputShape: Shape | Shape[]): void {
    const { units, seed, nets, apart } = this.settings;
    this.variables = {
      kernel: this.addWeight('kernel', [((inputShape as Shape).at(-1) as number) / (apart ? nets : 1), nets * units], 'float32', initializers.heUniform({ seed: 2 * seed })),
      bias: this.addWeight('bias', [nets * units], 'float32', initializers.randomUniform({ minval: -0.5, maxval: 0.5, seed: 2 * seed + 1 })),
    };
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = oneTensor(inputs);
    const { units, activation, nets, apart } = this.settings;
    return tf.tidy(() => {
      const { kernel, bias } = this.variables!;
      const own = kernel.read() as tf.Tensor2D;
      const wide = apart && nets > 1 ? tf.mul(tf.tile(own, [nets, 1]), sameNet(nets, own.shape[0], units)) : own;
      // The weights grow, which are few, and not the results.
      const [matrix, shift] = [this.withConstant(wide, 0), tf.reshape(this.withConstant(bias.read(), 1), [this.count])];
      const products = tf.matMul(tf.reshape(x, [-1, x.shape[x.rank - 1]]), matrix) as tf.Tensor2D;
      const y = scaleShift(products, tf.ones([this.count]), shift, SLOPES[activation]);
      return tf.reshape(CURVES[activation]?.(y) ?? y, [...x.shape.slice(0, -1), this.count]);
    });
  }

  /** [R, nets · units] with a column of `value` at the end of each network's, where there is a constant. */
  private withConstant(rows: tf.Tensor, value: number): tf.Tensor2D {
    const { constant, nets, units } = this.settings;
    const parts = tf.reshape(rows, [-1, nets, units]);
    return tf.reshape(constant ? tf.pad(parts, [[0, 0], [0, 0], [0, 1]], value) : parts, [-1, this.count]);
  }

  private get count(): number {
    const { nets, units, constant } = this.settings;
    return nets * (units + (constant ? 1 : 0));
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
  /** Networks side by side, each with those widths; 1 by default. Outputs come network by network. */
  readonly nets?: number;
}

/** The layers of a small network on relative positions, in order, each followed by its activation. */
export const kernelNet = ({ name, widths, activation, seed, constant = false, nets = 1 }: KernelNetArgs): layers.Layer[] => widths.map((units, i) => new KernelUnits({
  name: `${name}${i + 1}`, units, activation, seed: 10 * seed + i, constant: constant && i === widths.length - 1, nets, apart: i > 0,
}));

/** The same with batch normalisation before each activation, instead of a bias. */
export const normalizedKernelNet = ({ name, widths, activation, seed }: Pick<KernelNetArgs, 'name' | 'widths' | 'activation' | 'seed'>): layers.Layer[] =>
  widths.flatMap((channels, i) => {
    const shared = (own: 'relu' | 'leakyRelu' | 'linear') => new SharedLayer({ name: `${name}${i + 1}`, channels, activation: own, seed: 10 * seed + i });
    return activation === 'relu' || activation === 'leakyRelu' || activation === 'linear' ? [shared(activation)]
      : [shared('linear'), layers.activation({ name: `${name}${i + 1}Curve`, activation })];
  });

/** What the layers make of x, one after the other. */
export const runThrough = (parts: readonly layers.Layer[], x: tf.Tensor, call: NormalizationCallArgs = {}): tf.Tensor =>
  parts.reduce((y, part) => part.apply(y, call) as tf.Tensor, x);
