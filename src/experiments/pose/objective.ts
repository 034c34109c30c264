import type { Camera } from '../../scene/camera';
import * as tf from '../../graphics/tf';
import { poseMatrix, projectionMatrix } from './camera';
import { backpropagate, renderBatch, type DecoderBatch } from './decoder';
import type { DecoderMesh } from './decoderMesh';
import { LIGHT_PARAMETERS } from './light';
import { contractPoseGradient, POSE_PARAMETERS } from './parameters';
import { quaternionToMatrix } from '../../scene/rotation';
import { penalty, robustFactor, type LossSettings } from './robustLoss';

/** All parameters of a hypothesis: pose, then light. */
export const ALL_PARAMETERS = POSE_PARAMETERS + LIGHT_PARAMETERS;

/** The image to explain, at one size, on the device. */
export interface TargetLevel {
  readonly camera: Camera;
  /** [1, S, S, 4]: linear RGB less the backdrop's, and coverage. */
  readonly image: tf.Tensor4D;
  /** The same on the host. */
  readonly values: Float32Array;
  /** What a value of each channel counts. */
  readonly channelWeights: readonly number[];
  /** The same on the device, [4]. */
  readonly weights: tf.Tensor1D;
}

const weighted = (value: tf.Tensor, factor: tf.Tensor | undefined, weights: tf.Tensor): tf.Tensor =>
  tf.mul(factor ? tf.mul(value, factor) : value, weights);

const sumImages = (values: tf.Tensor): tf.Tensor1D => tf.sum(tf.reshape(values, [values.shape[0], -1]), 1);

/** Weighted mean penalty of each rendering of a batch. */
export async function evaluateLosses(mesh: DecoderMesh, batch: DecoderBatch, target: TargetLevel, loss: LossSettings): Promise<Float32Array> {
  const losses = tf.tidy(() => {
    const residual = tf.sub(renderBatch(mesh, batch, target.camera).image, target.image);
    return sumImages(tf.mul(penalty(residual, loss), target.weights));
  });
  return read(losses);
}

/** ∂loss/∂image of a rendering, elementwise. */
export const imageGradient = (residual: tf.Tensor, target: TargetLevel, loss: LossSettings): tf.Tensor =>
  tf.mul(weighted(residual, robustFactor(residual, loss), target.weights), 2);

/** Losses [B] and their gradients [B, 10] by pose and light parameters, through the renderer. */
export async function evaluateGradients(
  mesh: DecoderMesh, batch: DecoderBatch, target: TargetLevel, loss: LossSettings,
): Promise<{ readonly losses: Float32Array; readonly gradients: Float64Array[] }> {
  const count = batch.poses.length;
  const width = batch.lights ? 21 : 17;
  const packed = await read(tf.tidy(() => {
    const rendering = renderBatch(mesh, batch, target.camera);
    const residual = tf.sub(rendering.image, target.image);
    const dy = imageGradient(residual, target, loss) as tf.Tensor4D;
    const plain = loss.kind === 'l2' && loss.saturation === undefined;
    const losses = plain ? tf.mul(sumImages(tf.mul(residual, dy)), 0.5) : sumImages(tf.mul(penalty(residual, loss), target.weights));
    const { matrix, light } = backpropagate(mesh, rendering, dy);
    const parts: tf.Tensor2D[] = [tf.reshape(losses, [count, 1]), matrix, ...(light ? [light] : [])];
    return tf.concat(parts, 1);
  }));
  const losses = new Float32Array(count);
  const projection = projectionMatrix(target.camera);
  const gradients = batch.poses.map((pose, b) => {
    const row = packed.subarray(width * b, width * (b + 1));
    losses[b] = row[0];
    return contractGradient(row, projection, pose, batch.lights?.[b].directional);
  });
  return { losses, gradients };
}

/** From ∂L/∂(vertices → clip) and ∂L/∂(light in the object's frame) to the ten parameters. */
function contractGradient(
  row: Float32Array, projection: readonly number[], pose: DecoderBatch['poses'][number], directional: readonly number[] | undefined,
): Float64Array {
  const out = new Float64Array(ALL_PARAMETERS);
  const view = new Float64Array(12);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 4; j++) for (let k = 0; k < 4; k++) view[4 * i + j] += projection[4 * k + i] * row[1 + 4 * k + j];
  }
  contractPoseGradient(view, poseMatrix(pose), out);
  if (!directional) return out;
  const r = quaternionToMatrix(pose.rotation);
  const [gx, gy, gz] = [0, 1, 2].map((i) => r[3 * i] * row[17] + r[3 * i + 1] * row[18] + r[3 * i + 2] * row[19]);
  const [x, y, z] = directional;
  // n · Rᵀl turns with R as l stays: ∂L/∂ω += ∂L/∂l × l.
  out[0] += gy * z - gz * y;
  out[1] += gz * x - gx * z;
  out[2] += gx * y - gy * x;
  out.set([row[20], gx, gy, gz], POSE_PARAMETERS);
  return out;
}

/** Reads a tensor back and disposes it. */
export async function read(tensor: tf.Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}
