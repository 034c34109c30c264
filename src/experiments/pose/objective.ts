import type { Camera } from '../../scene/camera';
import * as tf from '../../graphics/tf';
import { poseMatrix, projectionMatrix } from './camera';
import { backpropagate, renderBatch, type DecoderBatch } from './decoder';
import type { DecoderMesh } from './decoderMesh';
import { LIGHT_PARAMETERS, moveLight, type PoseLight } from './light';
import { contractPoseGradient, movePose, POSE_PARAMETERS } from './parameters';
import { quaternionToMatrix } from '../../scene/rotation';
import type { PoseSettings } from './settings';

/** All parameters of a hypothesis: pose, then light. */
export const ALL_PARAMETERS = POSE_PARAMETERS + LIGHT_PARAMETERS;

/** The image to explain, at one size, on the device. */
export interface TargetLevel {
  readonly camera: Camera;
  /** [1, S, S, 4]: linear RGB less the backdrop's, and coverage. */
  readonly image: tf.Tensor4D;
  /** [1, S, S, 4] or [4]: what each value counts; they sum to one over an image. */
  readonly weights: tf.Tensor;
}

export interface LossSettings {
  readonly kind: PoseSettings['loss'];
  /** Residuals beyond this stop pulling (Geman & McClure): for pictures that hold more than the object. Undefined: all pull. */
  readonly saturation: number | undefined;
}

/** Where Huber's loss turns from square to linear. */
const HUBER_DELTA = 0.1;
/** Rounds off the L1 loss at zero. */
const L1_EPSILON = 0.01;

/** Factor on each residual in the normal equations and in half the gradient: ρ′(r²), elementwise; undefined where it is 1. */
function robustFactor(residual: tf.Tensor, { kind, saturation }: LossSettings): tf.Tensor | undefined {
  let factor: tf.Tensor | undefined;
  if (kind === 'l1') factor = tf.rsqrt(tf.add(tf.square(residual), L1_EPSILON ** 2));
  if (kind === 'huber') factor = tf.minimum(tf.div(HUBER_DELTA, tf.add(tf.abs(residual), 1e-9)), 1);
  if (saturation === undefined) return factor;
  const inlier = tf.square(tf.reciprocal(tf.add(tf.square(tf.mul(residual, 1 / saturation)), 1)));
  return factor ? tf.mul(factor, inlier) : inlier;
}

/** ρ(r²) of each residual: r² in the squared loss, of the same scale near zero in the others. */
function penalty(residual: tf.Tensor, { kind, saturation }: LossSettings): tf.Tensor {
  let value = tf.square(residual);
  if (kind === 'l1') value = tf.mul(tf.sub(tf.sqrt(tf.add(value, L1_EPSILON ** 2)), L1_EPSILON), 2);
  if (kind === 'huber') {
    const size = tf.abs(residual);
    const inner = tf.minimum(size, HUBER_DELTA);
    value = tf.mul(inner, tf.sub(tf.mul(size, 2), inner));
  }
  return saturation === undefined ? value : tf.div(value, tf.add(tf.mul(tf.square(residual), saturation ** -2), 1));
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

/** Gauss–Newton's normal equations of one hypothesis, in units of the parameters. */
export interface NormalEquations {
  readonly loss: number;
  /** [P, P] row-major. */
  readonly matrix: readonly number[];
  /** [P]: half the loss's gradient. */
  readonly right: readonly number[];
}

/**
 * Normal equations from central differences of whole renderings: every hypothesis and its perturbations in one batch. Central, since a
 * silhouette's forward differences see the pixels on one side of it only, which biases the step wherever a residual is left.
 * The light, in which the image is linear, takes forward ones.
 * @param steps size of each perturbation; parameters whose step is 0 are held.
 */
export async function evaluateNormalEquations(
  mesh: DecoderMesh, batch: DecoderBatch, target: TargetLevel, loss: LossSettings, steps: readonly number[],
): Promise<NormalEquations[]> {
  const moving = freeIndices(steps, 0, POSE_PARAMETERS);
  const shining = freeIndices(steps, POSE_PARAMETERS, ALL_PARAMETERS);
  const free = [...moving, ...shining];
  const count = batch.poses.length;
  const images = perturbedImages(steps);
  const poses = batch.poses.flatMap((pose) => [
    pose, ...moving.map((i) => movePose(pose, unit(i, steps[i]))), ...moving.map((i) => movePose(pose, unit(i, -steps[i]))), ...shining.map(() => pose),
  ]);
  const lights = batch.lights?.flatMap((light) => [
    ...new Array<PoseLight>(1 + 2 * moving.length).fill(light), ...shining.map((i) => moveLight(light, unit(i, steps[i]), POSE_PARAMETERS)),
  ]);
  const packed = await read(tf.tidy(() => {
    const { image } = renderBatch(mesh, { poses, lights }, target.camera);
    const values = target.camera.height * target.camera.width * 4;
    const all = tf.reshape(image, [count, images, values]);
    const part = (from: number, size: number): tf.Tensor3D => tf.slice(all, [0, from, 0], [-1, size, -1]) as tf.Tensor3D;
    const base = part(0, 1);
    const residual = tf.sub(base, tf.reshape(target.image, [1, 1, values])) as tf.Tensor3D;
    const m = moving.length;
    const rows = tf.concat([
      residual, tf.mul(tf.sub(part(1, m), part(1 + m, m)), 0.5) as tf.Tensor3D,
      ...(shining.length ? [tf.sub(part(1 + 2 * m, shining.length), base) as tf.Tensor3D] : []),
    ], 1);
    const weights = tf.reshape(target.weights.rank === 1 ? tf.tile(target.weights as tf.Tensor1D, [values / 4]) : target.weights, [1, 1, values]);
    const factor = robustFactor(residual, loss);
    const products = tf.matMul(tf.mul(rows, factor ? tf.mul(factor, weights) : weights), rows, false, true);
    const penalties = tf.sum(tf.mul(penalty(residual, loss), weights), 2);
    return tf.concat([penalties, tf.reshape(products, [count, -1])], 1);
  }));
  const side = free.length + 1;
  const width = side * side + 1;
  return batch.poses.map((_, b) => {
    const row = packed.subarray(width * b, width * (b + 1));
    const at = (i: number, j: number): number => row[1 + side * i + j];
    return {
      loss: row[0],
      right: free.map((p, i) => at(0, i + 1) / steps[p]),
      matrix: free.flatMap((p, i) => free.map((q, j) => at(i + 1, j + 1) / (steps[p] * steps[q]))),
    };
  });
}

/** Images that one hypothesis's normal equations take. */
export const perturbedImages = (steps: readonly number[]): number =>
  1 + 2 * freeIndices(steps, 0, POSE_PARAMETERS).length + freeIndices(steps, POSE_PARAMETERS, ALL_PARAMETERS).length;

const freeIndices = (steps: readonly number[], from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i).filter((i) => steps[i] !== 0);

function unit(i: number, size: number): number[] {
  const step = new Array<number>(ALL_PARAMETERS).fill(0);
  step[i] = size;
  return step;
}

/** Reads a tensor back and disposes it. */
export async function read(tensor: tf.Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}
