import * as tf from '../../graphics/tf';
import { renderBatch, type DecoderBatch } from './decoder';
import type { DecoderMesh } from './decoderMesh';
import { moveLight, type PoseLight } from './light';
import { ALL_PARAMETERS, read, type TargetLevel } from './objective';
import { movePose, POSE_PARAMETERS } from './parameters';
import { robust, type LossSettings } from './robustLoss';

/** Gauss–Newton's normal equations of one hypothesis, in units of the parameters that are free. */
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
 * The light, in which the image is nearly linear, takes forward ones. The sums are made on the host, in float64: on the device each of the
 * few results would be one long serial loop.
 * @param steps size of each perturbation; parameters whose step is 0 are held.
 */
export async function evaluateNormalEquations(
  mesh: DecoderMesh, batch: DecoderBatch, target: TargetLevel, loss: LossSettings, steps: readonly number[],
): Promise<NormalEquations[]> {
  const moving = freeIndices(steps, 0, POSE_PARAMETERS);
  const shining = freeIndices(steps, POSE_PARAMETERS, ALL_PARAMETERS);
  const images = perturbedImages(steps);
  const poses = batch.poses.flatMap((pose) => [
    pose, ...moving.map((i) => movePose(pose, unit(i, steps[i]))), ...moving.map((i) => movePose(pose, unit(i, -steps[i]))), ...shining.map(() => pose),
  ]);
  const lights = batch.lights?.flatMap((light) => [
    ...new Array<PoseLight>(1 + 2 * moving.length).fill(light), ...shining.map((i) => moveLight(light, unit(i, steps[i]), POSE_PARAMETERS)),
  ]);
  const vertexColors = batch.vertexColors?.flatMap((colors) => new Array<Float32Array>(images).fill(colors));
  const rendered = await read(tf.tidy(() => renderBatch(mesh, { poses, lights, vertexColors }, target.camera).image));
  const size = target.values.length;
  const free = [...moving, ...shining];
  return batch.poses.map((_, b) => {
    const base = size * images * b;
    const columns = free.map((parameter, k) => (k < moving.length
      ? { plus: base + size * (1 + k), minus: base + size * (1 + moving.length + k), scale: 0.5 / steps[parameter] }
      : { plus: base + size * (1 + moving.length + k), minus: base, scale: 1 / steps[parameter] }));
    return accumulate(rendered, base, columns, target, loss);
  });
}

interface Column { readonly plus: number; readonly minus: number; readonly scale: number }

function accumulate(
  rendered: Float32Array, base: number, columns: readonly Column[], { values, channelWeights }: TargetLevel, loss: LossSettings,
): NormalEquations {
  const n = columns.length;
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  const row = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = channelWeights[i & 3];
    if (weight === 0) continue;
    const residual = rendered[base + i] - values[i];
    const { penalty, factor } = robust(residual, loss);
    total += weight * penalty;
    let touched = false;
    for (let k = 0; k < n; k++) {
      const { plus, minus, scale } = columns[k];
      row[k] = (rendered[plus + i] - rendered[minus + i]) * scale;
      if (row[k] !== 0) touched = true;
    }
    if (!touched) continue;
    const w = weight * factor;
    for (let k = 0; k < n; k++) {
      const wk = w * row[k];
      if (wk === 0) continue;
      right[k] += wk * residual;
      for (let l = 0; l <= k; l++) matrix[n * k + l] += wk * row[l];
    }
  }
  for (let k = 0; k < n; k++) for (let l = k + 1; l < n; l++) matrix[n * k + l] = matrix[n * l + k];
  return { loss: total, matrix: [...matrix], right: [...right] };
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
