import { indicator } from '../../math/safe';
import { byPrecision } from '../../math/precision';
import * as tf from '../../tf';

/** Twice the area of a triangle seen from a pixel, in homogeneous NDC, below which its barycentrics are taken as 0. */
const minArea = (): number => byPrecision(1e-20, 2 ** -7);
/** The sine between two edges below which that area is what float32 has left of two products of matrices: nothing. */
const minSine = (): number => byPrecision(1e-5, 2 ** -7);

/** A triangle's corners in clip coordinates, each [*, 4]. */
export type ClipCorners = readonly [tf.Tensor, tf.Tensor, tf.Tensor];

const crossProduct = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
  const [[ax, ay], [bx, by]] = [tf.split(a, 2, -1), tf.split(b, 2, -1)];
  return tf.sub(tf.mul(ax, by), tf.mul(ay, bx));
};

/**
 * Perspective-correct barycentrics of a place on the screen in a triangle that need not lie before the eye: ratios of the cross products
 * of the corners' homogeneous distances to the place. Taken relative to corner 0, so that nearby corners do not cancel. Gradients: to
 * corners and place; 0 for triangles without area.
 *
 * @param place [*, 2], NDC.
 * @returns [*, 3]; outside the triangle some are negative.
 * Source: Olano and Greer 1997, "Triangle Scan Conversion using 2D Homogeneous Coordinates".
 */
export function homogeneousBarycentrics(corners: ClipCorners, place: tf.Tensor): tf.Tensor {
  const [[xy0, w0], [xy1, w1], [xy2, w2]] = corners.map((corner) => {
    const [xy, , w] = tf.split(corner, [2, 1, 1], -1) as [tf.Tensor, tf.Tensor, tf.Tensor];
    return [xy, w] as const;
  });
  const from = (xy: tf.Tensor, w: tf.Tensor) => tf.sub(xy, tf.mul(place, w));
  const distance = from(xy0, w0);
  const [edge1, edge2] = [from(tf.sub(xy1, xy0), tf.sub(w1, w0)), from(tf.sub(xy2, xy0), tf.sub(w2, w0))];
  const area = crossProduct(edge1, edge2);
  const [a1, a2] = [crossProduct(edge2, distance), crossProduct(distance, edge1)];
  const present = indicator(() => {
    const [length1, length2] = [edge1, edge2].map((edge) => tf.norm(edge, 'euclidean', -1, true));
    return tf.greaterEqual(tf.abs(area), tf.maximum(tf.mul(tf.mul(length1, length2), minSine()), minArea()));
  });
  const divisor = tf.add(tf.mul(area, present), tf.sub(1, present));
  return tf.div(tf.mul(tf.concat([tf.sub(tf.sub(area, a1), a2), a1, a2], -1), present), divisor);
}
