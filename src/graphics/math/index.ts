export * as featureRepresentation from './featureRepresentation';
export * as interpolation from './interpolation';
export * as mathHelpers from './mathHelpers';
export * as optimizer from './optimizer';
export * as safeOps from './safeOps';
export * as sampling from './sampling';
export * as sphericalHarmonics from './sphericalHarmonics';
export * as vector from './vector';
