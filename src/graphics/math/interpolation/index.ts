export * as bspline from './bspline';
export * as slerp from './slerp';
export * as trilinear from './trilinear';
export * as weighted from './weighted';
