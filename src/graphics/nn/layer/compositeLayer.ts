import { layers, type LayerVariable } from '../../layers';
import * as tf from '../../tf';

/** A layer made of others, whose weights are its own: they are trained, counted, saved and disposed with it. */
export abstract class CompositeLayer extends layers.Layer {
  private readonly parts: layers.Layer[] = [];

  /** Takes a layer in. Its name must be its own among the parts: saved weights are found by it. */
  protected adopt<L extends layers.Layer>(part: L): L {
    this.parts.push(part);
    return part;
  }

  /** Makes the weights of a part for inputs of that shape, in which axes of unknown size may be null. @returns the part's output shape. */
  protected buildPart(part: layers.Layer, inputShape: readonly (number | null)[]): (number | null)[] {
    // Applied and not built: only so do the weights bear the part's name within this layer's.
    tf.tidy(() => void part.apply(tf.zeros(inputShape.map((size) => size ?? 1))));
    return part.computeOutputShape([...inputShape]) as (number | null)[];
  }

  override get trainableWeights(): LayerVariable[] {
    return this.trainable ? this.parts.flatMap((part) => part.trainableWeights) : [];
  }

  override get nonTrainableWeights(): LayerVariable[] {
    const never = this.parts.flatMap((part) => part.nonTrainableWeights);
    // In the order of a layer that trains: a list of its weights stays valid when it is frozen.
    return this.trainable ? never : [...this.parts.flatMap((part) => part.trainableWeights), ...never];
  }

  /** Weights that are to learn at a rate of their own, each with what the learning rate is to be multiplied by. Optimisers know nothing of it: their callers read it. */
  get rateFactors(): ReadonlyMap<LayerVariable, number> {
    return new Map(this.parts.flatMap((part) => (part instanceof CompositeLayer ? [...part.rateFactors] : [])));
  }

  override calculateLosses(): tf.Scalar[] {
    return [...super.calculateLosses(), ...this.parts.flatMap((part) => part.calculateLosses())];
  }
}

/** The one tensor of a layer's input. */
export const oneTensor = (inputs: tf.Tensor | tf.Tensor[]): tf.Tensor => (Array.isArray(inputs) ? inputs[0] : inputs);
