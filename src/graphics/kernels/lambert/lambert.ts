import * as tf from '../../tf';
import { checkShape } from '../../shape';
import { broadcastMatMul } from '../broadcastMatMul/broadcastMatMul';
import { unbroadcast } from '../unbroadcast';
import './lambert.cpu';
import './lambert.webgl';
import { LAMBERT } from './names';

export { LAMBERT } from './names';

export interface LambertInputs {
  /** [B or 1, V or 1, 3] */ readonly albedo: tf.Tensor3D;
  /** [B or 1, V, 3], unit length. */ readonly normals: tf.Tensor3D;
  /** [B or 1, L, 3]: to the lights, in the normals' frame, unit length. */ readonly towards: tf.Tensor3D;
  /** [B or 1, L, 3] */ readonly colors: tf.Tensor3D;
  /** [B or 1, 3] */ readonly ambient: tf.Tensor2D;
}

/**
 * Light that matt vertices send back, as the attributes that the image needs: albedo·(ambient + Σ color·max(n·l, 0)), and 1.
 * One step, where its sums and products would be ten over all vertices. Gradients: to everything.
 *
 * @returns [B, V, 4]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [up, slanted] = [tf.tensor3d([[[0, 0, 1]]]), tf.tensor3d([[[0, 0.8, 0.6]]])];
 * const [albedo, colors, ambient] = [tf.tensor3d([[[0.5, 1, 1]]]), tf.tensor3d([[[1, 1, 0]]]), tf.tensor2d([[0.1, 0.1, 0.1]])];
 * lambert({ albedo, normals: up, towards: slanted, colors, ambient }); // → [[[0.35, 0.7, 0.1, 1]]]
 * ```
 */
export function lambert(inputs: LambertInputs): tf.Tensor3D {
  const { albedo, normals, towards, colors, ambient } = inputs;
  const batch = Math.max(...Object.values(inputs).map(({ shape }: tf.Tensor) => shape[0]));
  const each = ({ shape }: tf.Tensor) => (shape[0] === 1 ? 1 : batch);
  checkShape('normals', normals, [each(normals), null, 3]);
  checkShape('albedo', albedo, [each(albedo), albedo.shape[1] === 1 ? 1 : normals.shape[1], 3]);
  checkShape('towards', towards, [each(towards), null, 3]);
  checkShape('colors', colors, [each(colors), towards.shape[1], 3]);
  checkShape('ambient', ambient, [each(ambient), 3]);
  return tf.engine().runKernel(LAMBERT, { albedo, normals, towards, colors, ambient }) as tf.Tensor3D;
}

tf.registerGradient({
  kernelName: LAMBERT,
  inputsToSave: ['albedo', 'normals', 'towards', 'colors', 'ambient'],
  gradFunc: (dy, [albedo, normals, towards, colors, ambient]) => {
    const shown = () => tf.slice(dy as tf.Tensor, [0, 0, 0], [-1, -1, 3]);
    const cosines = () => broadcastMatMul(normals, towards, true);
    const received = () => tf.mul(shown(), albedo);
    /** What the lit cosines receive, [B, V, L]. */
    const toCosines = () => tf.mul(broadcastMatMul(received(), colors, true), tf.step(cosines()));
    return {
      albedo: () => {
        const each = tf.mul(shown(), tf.add(broadcastMatMul(tf.relu(cosines()), colors), tf.expandDims(ambient, 1)));
        return unbroadcast(albedo.shape[1] === each.shape[1] ? each : tf.sum(each, 1, true), albedo);
      },
      normals: () => unbroadcast(broadcastMatMul(toCosines(), towards), normals),
      towards: () => unbroadcast(broadcastMatMul(toCosines(), normals, false, true), towards),
      colors: () => unbroadcast(broadcastMatMul(tf.relu(cosines()), received(), false, true), colors),
      ambient: () => unbroadcast(tf.sum(received(), 1), ambient),
    };
  },
});
