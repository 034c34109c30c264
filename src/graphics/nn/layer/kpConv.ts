export { DeformableKPConv } from './kpConvDeformable';
export { kernelPointPositions } from './kpConvPoints';
export { KPConv, type KPConvArgs } from './kpConvRigid';
