// Layers on point clouds, and the networks made of them.
export { GlobalPointPooling } from './globalPointPooling';
export { PointNormalization } from './pointNormalization';
export { PointNetClassifier, PointNetSegmenter } from './pointnetNetworks';
export { TransformNet } from './pointTransform';
export { SharedLayer } from './sharedLayer';
