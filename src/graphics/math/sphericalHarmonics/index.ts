export { evaluateLegendrePolynomial } from './legendre';
export { evaluateSphericalHarmonics, generateLMPermutations, generateLMZonal, integrationProduct } from './sphericalHarmonics';
export { rotateZonalHarmonics, tileZonalCoefficients } from './zonal';
