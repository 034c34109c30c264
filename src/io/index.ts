/** Bytes to records. */
export { readMesh, MESH_EXTENSIONS, type ReadMesh } from './readMesh';
export type { ReadWarning } from './report';
export type { EncodedImage, Siblings } from './siblings';
export { LIMITS } from './limits';
export type { DatasetClass, DatasetReport, FileWarning, SkippedFile } from './datasetReport';
export { prepareObject, FACE_BUDGET, COARSER_FACES, type PreparedObject } from './prepareObject';
export { levelsOfDetail, simplifyMesh, type Simplified } from './simplify';
export type { FileSource, SourceFile } from './fileSource';
export { openDataset, type CloudDataset, type CloudSource, type OpenDatasetOptions } from './openDataset';
export { CLOUD_EXTENSIONS, readPointCloud, readPointClouds, type ReadClouds } from './readPointCloud';
export { readShape, type CloudExample } from './shape';
