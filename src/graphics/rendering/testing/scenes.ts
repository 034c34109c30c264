import { sixColorCube } from '../../../scene/primitives';
import { rightHanded as lookAt } from '../../geometry/transformation/lookAt';
import * as tf from '../../tf';
import { rightHanded as perspective } from '../camera/perspective';

/** A cube, [V, 3] and [T, 3], seen counter-clockwise from outside. */
export function cubeTensors(): { vertices: tf.Tensor2D; triangles: tf.Tensor2D } {
  const { positions, faces } = sixColorCube();
  return {
    vertices: tf.tensor2d(Float32Array.from(positions), [positions.length / 3, 3]),
    triangles: tf.tensor2d(Int32Array.from(faces), [faces.length / 3, 3], 'int32'),
  };
}

/** Model to clip coordinates of a camera at `eye` that looks at the origin, [4, 4]. */
export const viewFrom = (eye: readonly [number, number, number]): tf.Tensor2D => tf.tidy(() => {
  const scalar = (x: number) => tf.tensor1d([x]);
  const projection = perspective(scalar(0.7), scalar(4 / 3), scalar(0.1), scalar(20));
  const view = lookAt(tf.tensor1d([...eye]), tf.zeros([3]), tf.tensor1d([0, 1, 0]));
  return tf.matMul(projection as tf.Tensor2D, view as tf.Tensor2D);
});
