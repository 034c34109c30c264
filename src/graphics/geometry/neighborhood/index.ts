export { ballQuery, ballQueryAsync, kNearestNeighbors, kNearestNeighborsAsync, neighborhoodOf, radiusPairs, type Neighbors, type SearchOptions } from './neighbors';
export { farthestPointSampling, gridAverageMap, poissonDiskSampling, type Sample } from './sampling';
export { interpolateByInverseDistance } from './inverseDistance';
export { kernelDensity } from './kernelDensity';
