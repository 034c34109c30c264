export * as layer from './layer';
export * as optimizer from './optimizer';
