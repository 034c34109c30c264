import { untaped } from '../../kernels/untaped';
import * as tf from '../../tf';

export interface ValueAndJacobian {
  /** [R] */
  readonly value: tf.Tensor1D;
  /** [R, total size of the variables], their flat values one after the other. */
  readonly jacobian: tf.Tensor2D;
}

/**
 * A function's value and all its derivatives, by one forward pass and R backward passes over its tape. TensorFlow.js has no Jacobian, and
 * its gradient function runs the forward pass again for each row.
 * @param f the variables to [R].
 * @param variables any shapes; those that the value does not depend on have the derivative 0.
 */
export function valueAndJacobian(f: (...variables: tf.Tensor[]) => tf.Tensor1D, variables: readonly tf.Tensor[]): ValueAndJacobian {
  const engine = tf.engine();
  const xs = [...variables];
  let value: tf.Tensor1D | undefined;
  let jacobian: tf.Tensor2D | undefined;
  const rowOf = (y: tf.Tensor, dy: tf.Tensor) => {
    // Nothing more is recorded, so that the tape does not grow by each row.
    const { grads } = untaped(() => engine.gradients(() => y, xs, dy, true));
    return tf.concat(xs.map((x, i) => tf.reshape(grads[i] ?? tf.zerosLike(x), [-1])));
  };
  tf.tidy(() => {
    // The tape lives as long as this outer call; rows are taken from it inside. The outer gradient itself is that of nothing.
    engine.gradients(() => {
      const y = f(...xs);
      const unit = untaped(() => tf.unstack(tf.eye(y.shape[0])));
      value = tf.keep(tf.clone(y));
      jacobian = tf.keep(untaped(() => tf.tidy(() => tf.stack(unit.map((dy) => rowOf(y, dy)))))) as tf.Tensor2D;
      return tf.scalar(0);
    }, xs, undefined, true);
  });
  return { value: value!, jacobian: jacobian! };
}
