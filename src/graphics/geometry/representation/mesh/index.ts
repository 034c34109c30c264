export * as distance from './distance';
export * as laplacian from './laplacian';
export * as normals from './normals';
export * as sampler from './sampler';
export * as smoothing from './smoothing';
export * as subdivision from './subdivision';
export * as utils from './edges';
export { createTopology, disposeTopology, type MeshTopology } from './topology';
export { buildTopology, type Topology } from '../../../../scene/topology';
