import { math } from '../../index';
import { cardinalWeights } from '../../math/interpolation/bspline';
import { sphericalHarmonicsNormalization } from '../../math/sphericalHarmonics/sphericalHarmonics';
import * as tf from '../../tf';
import type { GoldenAdapters, GoldenRoom } from './golden';
import fixture from './math.json?raw';

const { bspline, slerp, trilinear, weighted } = math.interpolation;
const { featureRepresentation, mathHelpers, safeOps, sampling, sphericalHarmonics, vector } = math;

const bands = ({ degreeL, orderM }: { degreeL: tf.Tensor; orderM: tf.Tensor }) => [degreeL, orderM];

/** The residuals of the optimizer's cases, by their text there. */
const RESIDUALS: Readonly<Record<string, (...variables: tf.Tensor[]) => tf.Tensor>> = {
  'x': (x) => x,
  'y': (_, y) => y,
  '10*(x0[1]-x0[0]^2)': (x) => tf.mul(tf.sub(tf.slice(x, 1, 1), tf.square(tf.slice(x, 0, 1))), 10),
  '1-x0[0]': (x) => tf.sub(1, tf.slice(x, 0, 1)),
  'x0^2+x1-11': (x0, x1) => tf.sub(tf.add(tf.square(x0), x1), 11),
  'x0+x1^2-7': (x0, x1) => tf.sub(tf.add(x0, tf.square(x1)), 7),
};

const piece = (degree: number): GoldenAdapters[string] => (x) => cardinalWeights(x.position, degree);

const adapters: GoldenAdapters = {
  'math.interpolation.bspline._constant': piece(0),
  'math.interpolation.bspline._linear': piece(1),
  'math.interpolation.bspline._quadratic': piece(2),
  'math.interpolation.bspline._cubic': piece(3),
  'math.interpolation.bspline._quartic': piece(4),
  'math.interpolation.bspline.knot_weights': (x, a) => {
    const [knots, degree, cyclical] = [a.num_knots as number, a.degree as number, a.cyclical as boolean];
    if (!a.sparse_mode) return bspline.knotWeights(x.positions, knots, degree, cyclical);
    const { weights, shift } = bspline.knotWeights(x.positions, knots, degree, cyclical, { sparseMode: true });
    return [weights, shift];
  },
  'math.interpolation.bspline.interpolate': (x, a) => bspline.interpolate(x.knots, x.positions, a.degree as number, a.cyclical as boolean),
  'math.interpolation.slerp.interpolate': (x, { method }) =>
    slerp.interpolate(x.vector1, x.vector2, x.percent, { method: method as 'VECTOR' | 'QUATERNION' }),
  'math.interpolation.slerp.quaternion_weights': (x) => {
    const { weight1, weight2 } = slerp.quaternionWeights(x.quaternion1, x.quaternion2, x.percent);
    return [weight1, weight2];
  },
  'math.interpolation.trilinear.interpolate': (x) => trilinear.interpolate(x.grid_3d, x.sampling_points),
  'math.interpolation.weighted.interpolate': (x, { normalize }) =>
    weighted.interpolate(x.points, x.weights, x.indices, { normalize: normalize as boolean }),
  'math.interpolation.weighted.get_barycentric_coordinates': (x) => {
    const { barycentricCoordinates, valid } = weighted.getBarycentricCoordinates(x.triangle_vertices, x.pixels);
    return [barycentricCoordinates, valid];
  },
  'math.feature_representation.positional_encoding': (x, a) => featureRepresentation.positionalEncoding(x.features, a.num_frequencies as number),
  'math.math_helpers.cartesian_to_spherical_coordinates': (x) => mathHelpers.cartesianToSphericalCoordinates(x.point_cartesian),
  'math.math_helpers.spherical_to_cartesian_coordinates': (x) => mathHelpers.sphericalToCartesianCoordinates(x.point_spherical),
  'math.math_helpers.square_to_spherical_coordinates': (x) => mathHelpers.squareToSphericalCoordinates(x.point_2d),
  'math.math_helpers.factorial': (x) => mathHelpers.factorial(x.n),
  'math.math_helpers.double_factorial': (x) => mathHelpers.doubleFactorial(x.n),
  'math.optimizer.levenberg_marquardt.minimize': (x, a) => {
    const residuals = (a.residuals as readonly string[]).map((text) => RESIDUALS[text]);
    const { objectiveValue, variables } = math.optimizer.levenbergMarquardt.minimize(residuals, Object.values(x), a.max_iterations as number);
    return [objectiveValue, ...variables];
  },
  'math.sampling.regular_1d': (x, a) => sampling.regular1d(x.near, x.far, a.num_samples as number),
  'math.sampling.regular_inverse_1d': (x, a) => sampling.regularInverse1d(x.near, x.far, a.num_samples as number),
  'math.sampling.geomspace_1d': (x, a) => sampling.geomspace1d(x.near, x.far, a.num_samples as number),
  'math.sampling.logspace_1d': (x, a) => sampling.logspace1d(x.near, x.far, a.num_samples as number),
  'math.spherical_harmonics.evaluate_legendre_polynomial': (x) => sphericalHarmonics.evaluateLegendrePolynomial(x.degree_l, x.order_m, x.x),
  'math.spherical_harmonics.evaluate_spherical_harmonics': (x) => sphericalHarmonics.evaluateSphericalHarmonics(x.degree_l, x.order_m, x.theta, x.phi),
  'math.spherical_harmonics.generate_l_m_permutations': (_, a) => bands(sphericalHarmonics.generateLMPermutations(a.max_band as number)),
  'math.spherical_harmonics.generate_l_m_zonal': (_, a) => bands(sphericalHarmonics.generateLMZonal(a.max_band as number)),
  'math.spherical_harmonics.integration_product': (x) => sphericalHarmonics.integrationProduct(x.harmonics1, x.harmonics2),
  'math.spherical_harmonics.rotate_zonal_harmonics': (x) => sphericalHarmonics.rotateZonalHarmonics(x.zonal_coeffs, x.theta, x.phi),
  'math.spherical_harmonics.tile_zonal_coefficients': (x) => sphericalHarmonics.tileZonalCoefficients(x.coefficients),
  'math.spherical_harmonics._spherical_harmonics_normalization':
    (x) => tf.scalar(sphericalHarmonicsNormalization(x.l.dataSync()[0], x.m.dataSync()[0])),
  'math.vector.cross': (x) => vector.cross(x.vector1, x.vector2),
  'math.vector.dot': (x, { keepdims = true }) => vector.dot(x.vector1, x.vector2, { keepdims: keepdims as boolean }),
  'math.vector.reflect': (x) => vector.reflect(x.vector, x.normal),
  'util.safe_ops.nonzero_sign': (x) => safeOps.nonzeroSign(x.x),
  'util.safe_ops.safe_signed_div': (x) => safeOps.safeSignedDiv(x.a, x.b),
  'util.safe_ops.safe_sinpx_div_sinx': (x) => safeOps.safeSinpxDivSinx(x.theta, x.factor),
  'util.safe_ops.safe_cospx_div_cosx': (x) => safeOps.safeCospxDivCosx(x.theta, x.factor),
};

/** Through acos. Sines, cosines and powers hold the finer tolerance. */
const transcendental = ['math.interpolation.slerp.interpolate'];

export const mathRoom: GoldenRoom = { fixture, adapters, transcendental };
