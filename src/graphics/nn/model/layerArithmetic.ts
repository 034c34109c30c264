import type { Neighborhood } from '../../../scene/neighborhood';
import type * as tf from '../../tf';

// What a layer's record says of how its outputs come about, so that somebody who looks inside can go through the sums of any of them.

/** A matrix product, what a normalisation makes of it, and a (leaky) ReLU: φ(scale · x K + shift), φ(z) = z for z > 0, else slope · z. */
export interface DenseStage {
  /** [C, D] */
  readonly kernel: tf.Tensor;
  /** [D]; 1 where they are missing. */
  readonly scale?: tf.Tensor;
  /** [D], biases among it; 0 where they are missing. */
  readonly shift?: tf.Tensor;
  /** 1 where nothing follows. */
  readonly slope: number;
}

/**
 * What goes into the stages for an output i and its neighbours j; x are {@link LayerArithmetic.inputs}, p places, a shares, w the record's entry weights.
 * - own: xᵢ
 * - sum: Σⱼ aⱼ · [wⱼ₁ xⱼ, wⱼ₂ xⱼ, …], W numbers for each channel
 * - mean: Σⱼ aⱼ xⱼ
 * - max: of every xⱼ, and the maximum is taken
 * - edge: of every [xᵢ, xⱼ − xᵢ], and the maximum is taken
 * - offset: of every [pⱼ − pᵢ, xⱼ], and the maximum is taken
 */
export type ArithmeticForm = 'own' | 'sum' | 'mean' | 'max' | 'edge' | 'offset';

export interface LayerArithmetic {
  readonly form: ArithmeticForm;
  /** [B, M, C] of the layer's first source; absent where points have places alone. */
  readonly inputs?: tf.Tensor;
  /** [B, M, C′]: what each output has beside that, put behind it; behind a maximum without stages, behind its result. */
  readonly beside?: tf.Tensor;
  /** [E]: a, 1 by default. */
  readonly shares?: Float32Array;
  /** In order; none leaves what goes in as it is. */
  readonly stages: readonly DenseStage[];
  /** Whether xᵢ is added before the last stage's ReLU. */
  readonly residual?: boolean;
}

/** Where a layer's inputs come from. */
export interface LayerSource {
  /** The name of its record; undefined: the points themselves. */
  readonly layer?: string;
  /** Which outputs of it each output takes: the one of the same number, all, those of the record's neighbourhood, or of another. */
  readonly takes: 'own' | 'all' | 'neighbors' | Neighborhood;
}
