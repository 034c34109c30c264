/** Bytes to records. */
export { readMesh, MESH_EXTENSIONS, type ReadMesh } from './readMesh';
export type { ReadWarning } from './report';
export type { EncodedImage, Siblings } from './siblings';
export { LIMITS } from './limits';
