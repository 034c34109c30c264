import { buildPointHierarchy } from '../../../scene/pointHierarchy';
import { createPointHierarchy, disposePointHierarchy, type DevicePointHierarchy } from '../../geometry/pointHierarchy';
import * as tf from '../../tf';
import { PointNet2Classifier } from '../layer/pointnet2Classifier';
import { PointNet2Segmenter } from '../layer/pointnet2Segmenter';
import { pointNet2Plan, type GroupingScales } from '../layer/pointnet2Plan';
import { inputOf } from './batchInput';
import { compilesForShapes } from './compilesForShapes';
import { networkModel } from './networkModel';
import type { PointModel, PointModelOptions, PreparedBatch } from './pointModel';

interface Prepared extends PreparedBatch {
  readonly x: tf.Tensor3D;
  readonly hierarchy: DevicePointHierarchy;
}

/**
 * PointNet++ (Qi et al. 2017): `nn.layer.points.PointNet2Classifier` or `PointNet2Segmenter`, for clouds of radius 1.
 * @param options.scales one radius for each level, the default, or several.
 * @returns the model; the caller disposes it.
 * @throws Error that names a wrong option.
 * @example
 * ```ts
 * const model = nn.model.createPointNet2({ task: 'classify', classCount: 2, width: 0.1, scales: 'multi' });
 * const clouds = model.prepare({ batch: 1, count: 3, positions: new Float32Array(9) });
 * model.forward(clouds).shape; // → [1, 2]
 * ```
 */
export function createPointNet2(options: PointModelOptions & { readonly scales?: GroupingScales }): PointModel {
  const { task, classCount, featureCount = 0, width, seed, scales = 'single' } = options;
  const id = scales === 'single' ? 'pointnet2' : 'pointnet2-msg';
  const Network = task === 'classify' ? PointNet2Classifier : PointNet2Segmenter;
  const network = new Network({ name: 'pointnet2', classCount, scales, width, seed });
  return networkModel<Prepared>(id, options, network, {
    warmUp: () => network.apply(tf.zeros([1, 1, 3 + featureCount])) as tf.Tensor,
    prepare(batch): Prepared {
      const x = inputOf(batch, featureCount);
      const { count, seed: drawn } = batch;
      const plan = pointNet2Plan(count, scales, task === 'segment');
      const hierarchy = createPointHierarchy(buildPointHierarchy(batch, plan, { seed: drawn }), { padded: compilesForShapes() });
      const dispose = () => {
        x.dispose();
        disposePointHierarchy(hierarchy);
      };
      return { batch: batch.batch, count, x, hierarchy, dispose };
    },
    forward: ({ x, hierarchy }, args) => network.apply(x, { ...args, hierarchy }) as tf.Tensor,
  });
}
