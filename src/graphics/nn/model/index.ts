export { createPointModel, MESH_MODEL_IDS, POINT_MODEL_IDS, type PointModelId } from './createPointModel';
export { createDgcnn, type DgcnnModelOptions } from './dgcnn';
export { createFeastNet, type FeastNetOptions } from './feastnet';
export { createGraphConvNet } from './graphconv';
export type { KernelModelOptions } from './kernelModel';
export type { ArithmeticForm, DenseStage, LayerArithmetic, LayerSource } from './layerArithmetic';
export { createKPConvNet, type KPConvNetOptions } from './kpconv';
export { createMeshEdgeConvNet } from './meshedgeconv';
export type { MeshModelOptions } from './meshModel';
export { createMonteCarloNet } from './montecarlo';
export { createPointConvNet } from './pointconv';
export type {
  ForwardOptions, LayerRecord, PointBatch, PointModel, PointModelOptions, PointTask, PreparedBatch,
} from './pointModel';
export { createPointNet } from './pointnet';
export { createPointNet2 } from './pointnet2';
