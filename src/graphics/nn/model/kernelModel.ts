import * as tf from '../../tf';
import type { KernelFamily } from '../layer/kernelBlock';
import { KernelClassifier } from '../layer/kernelClassifier';
import { createKernelLevels, disposeKernelLevels, type KernelLevel } from '../layer/kernelLevels';
import { KernelSegmenter } from '../layer/kernelSegmenter';
import { checkPointBatch } from './checkPointBatch';
import { networkModel } from './networkModel';
import type { PointBatch, PointModel, PointModelOptions, PreparedBatch } from './pointModel';

export interface KernelModelOptions extends PointModelOptions {
  /** Of the first search for neighbours, in the points' unit; the others follow. 0.2, for clouds within the unit sphere, by default. */
  readonly radius?: number;
  /** Share of the last features that training leaves out, 0.3 by default. */
  readonly dropoutRate?: number;
}

interface Prepared extends PreparedBatch {
  readonly x: tf.Tensor3D;
  readonly levels: readonly KernelLevel[];
}

/** Scales the widths where nobody says so: a training step then fits a browser's tab without a graphics card. */
const DEFAULT_WIDTH = 0.5;

/**
 * A network of kernel convolutions as a {@link PointModel}. Points come in by their places alone: the features are 1 and what the batch has. Moving a cloud
 * changes nothing; its size matters, for kernels have radii.
 * @throws Error that names a wrong option.
 */
export function kernelModel(family: KernelFamily, options: KernelModelOptions & { readonly deformable?: boolean }): PointModel {
  const { task, classCount, featureCount = 0, width = DEFAULT_WIDTH, seed, radius = 0.2, dropoutRate, deformable } = options;
  if (!(radius > 0)) throw new Error(`radius must be greater than 0, not ${radius}`);
  const Network = task === 'classify' ? KernelClassifier : KernelSegmenter;
  const network = new Network({ name: family, family, classCount, width, seed, radius, dropoutRate, deformable });
  const levelsOf = (batch: Parameters<typeof createKernelLevels>[0], start?: number) => createKernelLevels(batch, {
    radius, first: task === 'segment', densities: family !== 'kpconv', seed: start,
  });
  return networkModel<Prepared>(deformable ? `${family}-deformable` : family, options, network, {
    warmUp() {
      const levels = levelsOf({ batch: 1, count: 1, positions: new Float32Array(3) });
      const logits = network.apply(tf.zeros([1, 1, 1 + featureCount]), { levels }) as tf.Tensor;
      disposeKernelLevels(levels);
      return logits;
    },
    prepare(batch: PointBatch): Prepared {
      checkPointBatch(batch, featureCount);
      const { batch: clouds, count, features, seed: start } = batch;
      const levels = levelsOf(batch, start);
      const x = tf.keep(tf.tidy(() => {
        const ones = tf.ones([clouds, count, 1]) as tf.Tensor3D;
        return features && featureCount > 0 ? tf.concat([ones, tf.tensor3d(features, [clouds, count, featureCount])], 2) : ones;
      }));
      const dispose = () => {
        x.dispose();
        disposeKernelLevels(levels);
      };
      return { batch: clouds, count, x, levels, dispose };
    },
    forward: ({ x, levels }, args) => network.apply(x, { ...args, levels }) as tf.Tensor,
  });
}
