import type { PointBatch } from '../../graphics/nn/model/pointModel';
import { pointCount } from '../../scene/pointCloud';
import { createRandom } from '../../scene/random';
import { roundedSize } from '../../scene/roundedSize';
import { stackFeatures } from './features';
import { drawIndices } from './points';
import type { Shape } from './shapes';
import type { LearnSettings } from './settings';
import { streamSeed } from './streams';

/** A batch, and what is true of it. */
export interface LabelledBatch {
  readonly points: PointBatch;
  /** [B] classes, or [B · N] parts; −1 where nobody knows, and in the padding. */
  readonly truth: Int32Array;
  /** What else is true, of clouds put together from two, and how much of each is of that. */
  readonly second?: { readonly truth: Int32Array; readonly share: number };
}

/** Shapes of one size, or padded to the largest, as one batch. */
export function stackShapes(shapes: readonly Shape[], settings: Pick<LearnSettings, 'task' | 'normals' | 'size'>, seed: number): LabelledBatch {
  const [batch, sizes] = [shapes.length, Int32Array.from(shapes, ({ cloud }) => pointCount(cloud))];
  const largest = Math.max(...sizes);
  const faces = shapes.flatMap((shape) => (shape.faces ? [shape.faces] : []));
  // Meshes differ in size, and so would batches of them: see roundedSize.
  const count = faces.length > 1 ? roundedSize(largest) : largest;
  const positions = new Float32Array(3 * batch * count);
  const features = stackFeatures(shapes, count, settings);
  const truth = new Int32Array(settings.task === 'classify' ? batch : batch * count).fill(-1);
  shapes.forEach(({ cloud, label }, b) => {
    positions.set(cloud.positions, 3 * b * count);
    if (settings.task === 'classify') truth[b] = label ?? -1;
    else if (cloud.labels) truth.set(cloud.labels, b * count);
  });
  return {
    points: {
      batch, count, positions, seed, ...(features && { features }), ...(faces.length > 0 && { faces }),
      ...(sizes.some((size) => size < count) && { sizes }),
    },
    truth,
  };
}

/** Examples a step; fewer than asked for where the data set is smaller. */
export const batchSizeOf = (settings: LearnSettings, trainCount: number): number => Math.min(settings.batchSize, trainCount);

/** Steps in which an epoch shows every example once, but for those that fill no batch. */
export const stepsPerEpoch = (settings: LearnSettings, trainCount: number): number => Math.floor(trainCount / batchSizeOf(settings, trainCount));

/** The examples of each step's batch: every epoch has an order of its own. */
export function createSchedule(settings: LearnSettings, trainCount: number): (step: number) => Int32Array {
  const [size, steps] = [batchSizeOf(settings, trainCount), stepsPerEpoch(settings, trainCount)];
  let known: { readonly epoch: number; readonly order: Int32Array } = { epoch: -1, order: new Int32Array(0) };
  return (step) => {
    const epoch = Math.floor(step / steps);
    if (known.epoch !== epoch) known = { epoch, order: drawIndices(trainCount, trainCount, createRandom(streamSeed(settings.seed, 'order', epoch))) };
    const start = (step % steps) * size;
    return known.order.subarray(start, start + size);
  };
}
