// Layers on point clouds, and the networks made of them.
export { FeaturePropagation } from './featurePropagation';
export { GlobalPointPooling } from './globalPointPooling';
export { PointNormalization } from './pointNormalization';
export { PointNet2Classifier } from './pointnet2Classifier';
export { PointNet2Segmenter } from './pointnet2Segmenter';
export { PointNetClassifier } from './pointnetClassifier';
export { PointNetSegmenter } from './pointnetSegmenter';
export { PointResNet, type PointResNetArgs } from './pointResNet';
export { PointPooling, PointUnpooling } from './pointPooling';
export { SetAbstraction } from './setAbstraction';
export { GlobalSetAbstraction } from './setAbstractionGlobal';
export { MultiScaleSetAbstraction } from './setAbstractionMultiScale';
export { SharedLayer } from './sharedLayer';
export { TransformNet } from './pointTransform';
