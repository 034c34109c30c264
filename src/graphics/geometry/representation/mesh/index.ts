export * as normals from './normals';
export { createTopology, disposeTopology, type MeshTopology } from './topology';
