export { geomspace1d, logspace1d, regular1d, regularInverse1d } from './regular';
export { stratified1d, stratifiedGeomspace1d, uniform1d } from './random';
export type { Seeded } from './seeds';
export { inverseTransformSampling1d, inverseTransformStratified1d } from './inverseTransform';
