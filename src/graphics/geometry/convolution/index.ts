export * as graphConvolution from './graphConvolution';
export * as graphPooling from './graphPooling';
export * as utils from './utils';
export { createNeighborhood, disposeNeighborhood, fromDense, transpose, type SparseNeighborhood } from './sparseNeighborhood';
export {
  averageRows, neighborhoodFromEntries, normalizeRows, stackNeighborhoods, transposeNeighborhood, type Neighborhood, type NeighborhoodSize,
} from '../../../scene/neighborhood';
export { meshNeighborhood, neighborhoodFromDense, neighborhoodFromTable } from '../../../scene/neighborhoodBuilders';
