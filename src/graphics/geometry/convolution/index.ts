export * as graphConvolution from './graphConvolution';
export * as graphPooling from './graphPooling';
export * as utils from './utils';
export { createNeighborhood, disposeNeighborhood, fromDense, transpose, type SparseNeighborhood } from './sparseNeighborhood';
export {
  averageRows, neighborhoodFromEntries, normalizeRows, stackNeighborhoods, transposeNeighborhood, type Neighborhood, type NeighborhoodSize,
} from '../../../scene/neighborhood';
export { coarsenNeighborhood } from '../../../scene/coarsenNeighborhood';
export { meshLevels, type MeshLevel } from '../../../scene/meshLevels';
export { meshNeighborhood, type MeshNeighborhoodOptions } from '../../../scene/meshNeighborhood';
export { symmetricWeights } from '../../../scene/symmetricWeights';
export { neighborhoodFromDense, neighborhoodFromTable } from '../../../scene/neighborhoodBuilders';
