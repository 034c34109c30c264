export { geomspace1d, logspace1d, regular1d, regularInverse1d } from './regular';
export { stratified1d, stratifiedGeomspace1d, uniform1d, type Seeded } from './random';
export { inverseTransformSampling1d, inverseTransformStratified1d } from './inverseTransform';
