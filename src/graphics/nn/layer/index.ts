export { conv2d } from './conv2d';
export type { Windows } from '../../kernels';
