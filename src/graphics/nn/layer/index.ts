export * as graphConvolution from './graphConvolution';
export * as kpConv from './kpConv';
export * as mesh from './mesh';
export * as monteCarlo from './monteCarlo';
export * as pointConv from './pointConv';
export * as pointnet from './pointnet';
export * as points from './points';
export { conv2d } from './conv2d';
export type { Windows } from '../../kernels';
