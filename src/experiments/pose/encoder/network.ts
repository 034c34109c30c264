import { createRandom } from '../../../scene/random';
import { spreadRotations } from '../../../scene/so3Grid';
import { quaternionToMatrix } from '../../../scene/rotation';
import type { Quaternion } from '../../../scene/pose';
import { checkShape } from '../../../graphics/shape';
import * as tf from '../../../graphics/tf';
import { conv2d } from '../../../graphics/nn/layer/conv2d';
import { checkArchitecture, CONVOLUTIONS, weightShapes, type EncoderArchitecture } from './architecture';

/** What the network says of B images. */
export type NetworkOutput = {
  /** [B, K] scores before the softmax. */
  readonly logits: tf.Tensor2D;
  /** [B, K, 6] the first two columns of each hypothesis's rotation matrix, before they are made orthonormal; see {@link columnsOf}. */
  readonly columns: tf.Tensor3D;
  /** [B, 3] image position of the object's origin in half image sides (x right, y up), and the logarithm of its depth in standard depths. */
  readonly placement: tf.Tensor2D;
};

export interface EncoderNetwork {
  readonly architecture: EncoderArchitecture;
  /** The rotation that each hypothesis starts from. */
  readonly anchors: readonly Quaternion[];
  readonly variables: Readonly<Record<string, tf.Variable>>;
  /**
   * @param image [B, S, S, 3] linear RGB less the backdrop's. To be called inside tf.tidy.
   * @throws Error that names the argument, axis and shape.
   */
  forward(image: tf.Tensor4D): NetworkOutput;
  dispose(): void;
}

/** Spreads linear RGB, whose values rarely pass 1 and are mostly 0, to about unit variance. */
const INPUT_SCALE = 3;
/** Standard deviation of the heads' weights at first, as a share of what keeps variance: hypotheses start at their anchors, scores equal. */
const HEAD_SCALE = 0.05;

/** A rotation's first two columns, [6]: continuous in the rotation, unlike angles or quaternions (Zhou et al. 2019). */
export function columnsOf(rotation: Quaternion): number[] {
  const m = quaternionToMatrix(rotation);
  return [m[0], m[3], m[6], m[1], m[4], m[7]];
}

/** An untrained network, the same for the same seed. The caller disposes it. @throws RangeError for an impossible shape. */
export function createEncoderNetwork(architecture: EncoderArchitecture, seed: number): EncoderNetwork {
  checkArchitecture(architecture);
  const random = createRandom(seed);
  const variables = Object.fromEntries(Object.entries(weightShapes(architecture)).map(([name, shape]) => {
    const head = /^(score|rotation|placement)/.test(name);
    const deviation = shape.length === 1 ? 0 : Math.sqrt((head ? HEAD_SCALE ** 2 : 2) / shape[0]);
    const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => deviation * random.normal());
    return [name, tf.tidy(() => tf.variable(tf.tensor(values, shape), true))];
  }));
  const { inputSize, hypotheses } = architecture;
  const anchors = spreadRotations(hypotheses);
  const anchorColumns = tf.keep(tf.tensor3d(anchors.flatMap(columnsOf), [1, hypotheses, 6]));
  const dense = (x: tf.Tensor, name: string): tf.Tensor2D =>
    tf.add(tf.matMul(x as tf.Tensor2D, variables[`${name}/matrix`] as tf.Tensor as tf.Tensor2D), variables[`${name}/bias`]);

  return {
    architecture, anchors, variables,
    forward(image) {
      checkShape('image', image, [null, inputSize, inputSize, 3]);
      const batch = image.shape[0];
      let x: tf.Tensor4D = tf.mul(image, INPUT_SCALE);
      CONVOLUTIONS.forEach((windows, i) => {
        const [filter, bias] = [variables[`conv${i + 1}/filter`], variables[`conv${i + 1}/bias`]] as tf.Tensor[];
        x = tf.relu(conv2d(x, filter as tf.Tensor2D, bias as tf.Tensor1D, windows));
      });
      const features = tf.relu(dense(tf.reshape(x, [batch, -1]), 'dense'));
      return {
        logits: dense(features, 'score'),
        columns: tf.add(tf.reshape(dense(features, 'rotation'), [batch, hypotheses, 6]), anchorColumns),
        placement: dense(features, 'placement'),
      };
    },
    dispose: () => tf.dispose([variables, anchorColumns]),
  };
}
