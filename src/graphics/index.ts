// Differentiable graphics on TensorFlow.js: TensorFlow Graphics' rooms, in camelCase, and the custom ops under them.
export * as tf from './tf';
export * as geometry from './geometry';
export * as image from './image';
export * as layers from './layers';
export * as math from './math';
export * as nn from './nn';
export * as rendering from './rendering';
export * from './kernels';
export { enableAssertions } from './assertions';
