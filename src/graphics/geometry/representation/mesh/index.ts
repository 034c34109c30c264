export * as normals from './normals';
export * as sampler from './sampler';
export * as utils from './edges';
export { createTopology, disposeTopology, type MeshTopology } from './topology';
export { buildTopology, type Topology } from '../../../../scene/topology';
