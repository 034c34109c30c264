export * as normals from './normals';
export { createTopology, disposeTopology, type MeshTopology } from './topology';
export { buildTopology, type Topology } from '../../../../scene/topology';
