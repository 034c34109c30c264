export * as absorption from './absorption';
export * as emissionAbsorption from './emissionAbsorption';
export * as rayDensity from './rayDensity';
export * as rayRadiance from './rayRadiance';
export * as visualHull from './visualHull';
