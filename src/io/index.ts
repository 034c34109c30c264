/** Bytes to records. */
export { readMesh, MESH_EXTENSIONS, type ReadMesh } from './readMesh';
export type { ReadWarning } from './report';
export type { EncodedImage, Siblings } from './siblings';
export { LIMITS } from './limits';
export type { DatasetClass, DatasetReport, FileWarning, SkippedFile } from './datasetReport';
export { prepareObject, FACE_BUDGET, COARSER_FACES, type PreparedObject } from './prepareObject';
export { levelsOfDetail, simplifyMesh, type Simplified } from './simplify';
