export { createPointHierarchy, disposePointHierarchy, withPositions, type DevicePointHierarchy, type DevicePointLevel } from './pointHierarchy';
export { axisAlignedBoundingBox, type BoundingBox } from './boundingBox';
export { createPointRows, disposePointRows, type PointRows, type RowGroups } from './pointRows';
export { regularGrid, type RegularGrid } from './regularGrid';
export {
  buildPointHierarchy, type CloudBatch, type NeighborSearch, type PointHierarchy, type PointHierarchyOptions, type PointLevel, type PointLevelPlan, type PointSampling,
} from '../../../scene/pointHierarchy';
export { dropPoints } from '../../../scene/dropPoints';
