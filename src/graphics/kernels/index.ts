// The custom ops. Each comes with its kernels for both backends.
export { rasterize, type ImageSize } from './rasterize/rasterize';
export { interpolate } from './interpolate/interpolate';
export { antialias } from './antialias/antialias';
export { gatherFaces } from './gatherFaces/gatherFaces';
export { sumCorners } from './sumCorners/sumCorners';
export { noise, type Distribution } from './noise/noise';
export { broadcastMatMul } from './broadcastMatMul/broadcastMatMul';
export { poseMatrix, quaternionMatrix } from './poseMatrix/poseMatrix';
export { transformVertices } from './transformVertices/transformVertices';
export { lambert, type LambertInputs } from './lambert/lambert';
export { sampleTexture } from './sampleTexture/sampleTexture';
export { im2col, type Windows } from './im2col/im2col';
export { adamMoment, adamStep } from './adamUpdate/adamUpdate';
export { gatherRows, segmentMax, segmentSum, segmentWinners } from './segments/segments';
export { neighborProducts, neighborSum, type NeighborTables } from './neighborSum/neighborSum';
export { createSegmentTable, disposeSegmentTable, occupiedSegments, type SegmentTable } from './segments/segmentTable';
export { denseMax, type DenseMax } from './denseMax/denseMax';
export { normalizeColumns, scaleShift, type Normalized, type NormalizeOptions } from './normalize/normalize';
