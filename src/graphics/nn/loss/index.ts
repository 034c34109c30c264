export * as chamferDistance from './chamferDistance';
export * as hausdorffDistance from './hausdorffDistance';
export * as orthogonality from './orthogonality';
