import { createDgcnn } from './dgcnn';
import { createFeastNet } from './feastnet';
import { createGraphConvNet } from './graphconv';
import { createKPConvNet } from './kpconv';
import { createMeshEdgeConvNet } from './meshedgeconv';
import { createMonteCarloNet } from './montecarlo';
import { createPointConvNet } from './pointconv';
import type { PointModel, PointModelOptions } from './pointModel';
import { createPointNet } from './pointnet';
import { createPointNet2 } from './pointnet2';

export type PointModelId =
  | 'pointnet' | 'pointnet2' | 'pointnet2-msg' | 'dgcnn' | 'pointconv' | 'montecarlo' | 'kpconv' | 'kpconv-deformable' | 'feastnet' | 'graphconv' | 'meshedgeconv';

/** Who makes which network: a line for each. */
const MODELS: { readonly [id in PointModelId]: (options: PointModelOptions) => PointModel } = {
  pointnet: createPointNet,
  pointnet2: createPointNet2,
  'pointnet2-msg': (options) => createPointNet2({ ...options, scales: 'multi' }),
  dgcnn: createDgcnn,
  pointconv: createPointConvNet,
  montecarlo: createMonteCarloNet,
  kpconv: createKPConvNet,
  'kpconv-deformable': (options) => createKPConvNet({ ...options, deformable: true }),
  feastnet: createFeastNet,
  graphconv: createGraphConvNet,
  meshedgeconv: createMeshEdgeConvNet,
};

/** The networks that there are. */
export const POINT_MODEL_IDS = Object.keys(MODELS) as readonly PointModelId[];

/** Those of them that look at meshes: their batches need faces. */
export const MESH_MODEL_IDS: readonly PointModelId[] = ['feastnet', 'graphconv', 'meshedgeconv'];

/**
 * A network on points or meshes, by name, with fresh weights.
 * @param id which network.
 * @param options its task, classes, features, width and seed.
 * @returns the model; the caller disposes it.
 * @throws Error that names what is there, or the option that is wrong.
 * @example
 * ```ts
 * const model = nn.model.createPointModel('pointnet', { task: 'classify', classCount: 3, width: 0.1 });
 * const clouds = model.prepare({ batch: 1, count: 2, positions: Float32Array.from([0, 0, 0, 1, 0, 0]) });
 * model.forward(clouds).shape; // → [1, 3]
 * clouds.dispose();
 * model.dispose();
 * ```
 */
export function createPointModel(id: PointModelId, options: PointModelOptions): PointModel {
  if (!(id in MODELS)) throw new Error(`model must be one of ${POINT_MODEL_IDS.join(', ')}, not '${id}'`);
  checkOptions(options);
  return MODELS[id](options);
}

function checkOptions({ task, classCount, width = 1, featureCount = 0 }: PointModelOptions): void {
  if (task !== 'classify' && task !== 'segment') throw new Error(`task must be 'classify' or 'segment', not '${String(task)}'`);
  if (!(Number.isInteger(classCount) && classCount > 0)) throw new Error(`classCount must be a whole number of at least 1, not ${classCount}`);
  if (!(Number.isInteger(featureCount) && featureCount >= 0)) throw new Error(`featureCount must be a whole number of at least 0, not ${featureCount}`);
  if (!(width > 0)) throw new Error(`width must be above 0, but it is ${width}`);
}
