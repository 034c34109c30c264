export { createPointModel, POINT_MODEL_IDS, type PointModelId } from './createPointModel';
export { createFeastNet, type FeastNetOptions } from './feastnet';
export type {
  ForwardOptions, LayerRecord, PointBatch, PointModel, PointModelOptions, PointTask, PreparedBatch,
} from './pointModel';
export { createPointNet } from './pointnet';
export { createPointNet2 } from './pointnet2';
