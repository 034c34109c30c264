// Layers on meshes, and the networks made of them.
export { FeastNetClassifier, FeastNetSegmenter } from './feastNetworks';
export { createMeshGraph, disposeMeshGraph, type MeshGraph, type MeshGraphLevel, type MeshGraphOptions, type MeshMap } from './meshGraph';
export { GraphConvolution } from './meshGraphConvolution';
export { MeshPooling, MeshUnpooling } from './meshPooling';
