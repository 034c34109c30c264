import * as tf from '../../tf';
import { PointNetClassifier } from '../layer/pointnetClassifier';
import { PointNetSegmenter } from '../layer/pointnetSegmenter';
import { createPointRows, disposePointRows, type PointRows } from '../../geometry/pointHierarchy';
import { inputOf } from './batchInput';
import { networkModel } from './networkModel';
import type { PointBatch, PointModel, PointModelOptions, PreparedBatch } from './pointModel';

interface Prepared extends PreparedBatch {
  readonly x: tf.Tensor3D;
  readonly rows: PointRows;
}

/**
 * PointNet with both T-Nets (Qi et al. 2017): {@link PointNetClassifier} or {@link PointNetSegmenter}. It knows no neighbourhoods.
 * @param options as of `createPointModel`.
 * @returns the model; the caller disposes it.
 * @throws Error that names a wrong option.
 * @example
 * ```ts
 * const model = nn.model.createPointNet({ task: 'segment', classCount: 2, width: 0.1 });
 * const clouds = model.prepare({ batch: 1, count: 3, positions: new Float32Array(9) });
 * model.forward(clouds).shape; // → [1, 3, 2]
 * ```
 */
export function createPointNet(options: PointModelOptions): PointModel {
  const { task, classCount, featureCount = 0, width, transforms, seed } = options;
  const Network = task === 'classify' ? PointNetClassifier : PointNetSegmenter;
  const network = new Network({ name: 'pointnet', classCount, width, transforms, seed });
  return networkModel<Prepared>('pointnet', options, network, {
    warmUp: () => network.apply(tf.zeros([1, 1, 3 + featureCount])) as tf.Tensor,
    prepare(batch: PointBatch): Prepared {
      const x = inputOf(batch, featureCount);
      const { batch: clouds, count, sizes } = batch;
      const rows = createPointRows(clouds, count, sizes);
      const dispose = () => {
        x.dispose();
        disposePointRows(rows);
      };
      return { batch: clouds, count, x, rows, dispose };
    },
    forward: ({ x, rows }, args) => network.apply(x, { ...args, rows }) as tf.Tensor,
  });
}
