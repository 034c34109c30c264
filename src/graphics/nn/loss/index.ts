export * as chamferDistance from './chamferDistance';
export * as hausdorffDistance from './hausdorffDistance';
export * as orthogonality from './orthogonality';
export * as softmaxCrossEntropy from './softmaxCrossEntropy';
