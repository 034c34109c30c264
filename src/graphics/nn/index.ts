export * as layer from './layer';
export * as loss from './loss';
export * as metric from './metric';
export * as model from './model';
export * as optimizer from './optimizer';
