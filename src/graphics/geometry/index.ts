export * as convolution from './convolution';
export * as deformationEnergy from './deformationEnergy';
export * as neighborhood from './neighborhood';
export * as pointHierarchy from './pointHierarchy';
export * as registration from './registration';
export * as representation from './representation';
export * as transformation from './transformation';
