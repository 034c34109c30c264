import { assertNormalized } from '../../assertions';
import { asFloat } from '../../asFloat';
import { indicator } from '../../math/safe';
import { dot, normalize } from '../../math/vector';
import { byPrecision } from '../../math/precision';
import { broadcastBatches, checkLastAxis, checkMinimumRank } from '../../shape';
import * as tf from '../../tf';

/**
 * How a surface reflects: directions (unit length) from the light to the surface and from it to the eye, and its normal, each
 * [A1 … An, B1 … Bm, 3] or broadcastable to it, to the reflected part of the light, [A1 … An, B1 … Bm, K] or broadcastable to it.
 */
export type Brdf = (directionIncomingLight: tf.Tensor, directionOutgoingLight: tf.Tensor, surfaceNormal: tf.Tensor) => tf.Tensor;

/**
 * Squared distances below this, in squared units of the scene, are none: within a thousandth of a unit there is no direction, and the inverse square, whose slope
 * grows with the cube, no meaning.
 */
const minSquaredDistance = (): number => byPrecision(1e-6, 2 ** -4);

/**
 * Light of points of light that surface points send to an eye: radiance·brdf·(l·n)/(4π·distance²), 0 where light or eye is behind the
 * surface. Lights are kept apart: sum over their axes. Gradients: to all tensors. A surface point within a thousandth of a unit of the light,
 * or of the eye, counts as lying in it: it sends 0, with a gradient of 0.
 *
 * @param pointLightRadiance [B1 … Bm, K]: what each light sends out in all directions together, by wavelength.
 * @param pointLightPosition [B1 … Bm, 3]; broadcast with the radiance.
 * @param surfacePointPosition [A1 … An, 3]
 * @param surfacePointNormal [A1 … An, 3], unit length.
 * @param observationPoint [A1 … An, 3]; these three broadcast.
 * @param options.reflectedLightFallOff divides by the squared distance from surface to eye too.
 * @param brdf the share of the light that goes on, by directions of incoming and outgoing light and the normal; as `reflectance.phong.brdf`.
 * @returns [A1 … An, B1 … Bm, K]
 * @throws Error that names the argument, axis and shape.
 * @example
 * ```ts
 * const [surface, normal, eye] = [tf.zeros([3]), tf.tensor1d([0, 0, 1]), tf.tensor1d([0, 0, 1])];
 * rendering.light.pointLight.estimateRadiance(tf.tensor1d([10]), tf.tensor1d([0, 0, 2]), surface, normal, eye, () => tf.ones([1])); // → [0.1989]
 * ```
 */
export const estimateRadiance = (
  pointLightRadiance: tf.Tensor, pointLightPosition: tf.Tensor, surfacePointPosition: tf.Tensor, surfacePointNormal: tf.Tensor,
  observationPoint: tf.Tensor, brdf: Brdf, { reflectedLightFallOff = false } = {},
): tf.Tensor => tf.tidy(() => {
  checkMinimumRank('pointLightRadiance', pointLightRadiance, 1);
  Object.entries({ pointLightPosition, surfacePointPosition, surfacePointNormal, observationPoint })
    .forEach(([name, tensor]) => checkLastAxis(name, tensor, 3));
  broadcastBatches(['surfacePointPosition', surfacePointPosition, 1], ['surfacePointNormal', surfacePointNormal, 1], ['observationPoint', observationPoint, 1]);
  const lights = broadcastBatches(['pointLightRadiance', pointLightRadiance, 1], ['pointLightPosition', pointLightPosition, 1]);
  assertNormalized('surfacePointNormal', surfacePointNormal);

  // One axis of size 1 for each axis of the lights.
  const besideLights = (x: tf.Tensor) => tf.reshape(asFloat(x), [...x.shape.slice(0, -1), ...lights.map(() => 1), 3]);
  const [position, normal, eye] = [surfacePointPosition, surfacePointNormal, observationPoint].map(besideLights);
  const [fromLight, toEye] = [tf.sub(position, asFloat(pointLightPosition)), tf.sub(eye, position)].map(keepApart);
  const [incoming, outgoing] = [normalize(fromLight.vector), normalize(toEye.vector)];
  const cosine = tf.neg(dot(incoming, normal));
  const visible = indicator(() => tf.greaterEqual(tf.minimum(cosine, dot(outgoing, normal)), 0));
  const kept = tf.mul(visible, tf.mul(fromLight.apart, toEye.apart));
  const squaredLength = ({ vector }: Separation) => dot(vector, vector);

  const received = tf.div(tf.mul(asFloat(pointLightRadiance), tf.mul(cosine, kept)), tf.mul(squaredLength(fromLight), 4 * Math.PI));
  const reflected = tf.mul(received, brdf(incoming, outgoing, normal));
  return reflectedLightFallOff ? tf.div(reflected, squaredLength(toEye)) : reflected;
});

interface Separation {
  /** [*, 3]: a constant where two points meet. */ readonly vector: tf.Tensor;
  /** [*, 1]: 0 where they meet, else 1. */ readonly apart: tf.Tensor;
}

/** Puts a constant vector where there is none to speak of, so that nothing after it is singular. */
function keepApart(vector: tf.Tensor): Separation {
  const apart = indicator(() => tf.greaterEqual(dot(vector, vector), minSquaredDistance()));
  return { vector: tf.add(tf.mul(vector, apart), tf.sub(1, apart)), apart };
}
