import { indicator } from '../math/safe';
import { untaped } from '../kernels/untaped';
import * as tf from '../tf';
import { slicesAlong } from './slices';

/** rgba [*, H, W, 4]; accumulated and normalized [*, 3, H, W, 4]: before, on and behind the nearest surface. */
export type SplatImages = { readonly rgba: tf.Tensor; readonly accumulated: tf.Tensor; readonly normalized: tf.Tensor };

/** −1/(2σ²) of the Gaussian with σ = 1/2 pixel. */
const EXPONENT = -2;
/**
 * What the weights of a pixel inside a surface add up to. Above 1, so that they are normalised there and a sample that moves does not
 * darken the surface; near 1, so that silhouettes are not.
 */
const FULL_WEIGHT = 1.05;
const OFFSETS = [-1, 0, 1];
const TAPS = OFFSETS.flatMap((u) => OFFSETS.map((v) => [u, v] as const));
const COEFFICIENT = FULL_WEIGHT / TAPS.reduce((sum, [u, v]) => sum + Math.exp(EXPONENT * (u * u + v * v)), 0);
/** The depth beyond the image's border. */
const FAR = 1;

/** What lies (u, v) to the left of and above each pixel, of an image [B, H + 2, W + 2, C] that has a border of one pixel. */
const neighbours = (bordered: tf.Tensor, u: number, v: number): tf.Tensor => {
  const [batch, height, width, channels] = bordered.shape;
  return tf.slice(bordered, [0, 1 - v, 1 - u, 0], [batch, height - 2, width - 2, channels]);
};

const border = (image: tf.Tensor, value: number): tf.Tensor => tf.pad(image, [[0, 0], [1, 1], [1, 1], [0, 0]], value);

/**
 * Which of a neighbour's layers is the surface seen nearest at the pixel or at the neighbour: the pair of one's nearest and any layer of the
 * other whose depths agree best. Negative where the neighbour's nearest is a hidden layer of the pixel.
 * @param here [B, H, W, L] depths of the pixels.
 * @param there [B, H, W, L] depths of their neighbours.
 * @returns [B, H, W, 1]
 */
function matchSurfaces(here: tf.Tensor, there: tf.Tensor): tf.Tensor {
  const nearest = (depths: tf.Tensor) => tf.slice(depths, [0, 0, 0, 0], [-1, -1, -1, 1]);
  const [toThere, toHere] = [tf.abs(tf.sub(there, nearest(here))), tf.abs(tf.sub(here, nearest(there)))];
  const index = (distances: tf.Tensor) => tf.cast(tf.expandDims(tf.argMin(distances, 3), 3), 'float32');
  const hidden = tf.cast(tf.less(tf.min(toHere, 3, true), tf.min(toThere, 3, true)), 'float32');
  return tf.sub(tf.mul(tf.sub(1, hidden), index(toThere)), tf.mul(hidden, index(toHere)));
}

/** Each sample's colour times its weight, and the weight, [B, H, W, 5], as they arrive (u, v) away. */
function splat(rgba: tf.Tensor, alpha: tf.Tensor, offset: tf.Tensor, u: number, v: number): tf.Tensor {
  const squared = tf.sum(tf.square(tf.add(offset, tf.tensor1d([u, v]))), 3, true);
  const weight = tf.mul(tf.mul(alpha, COEFFICIENT), tf.exp(tf.mul(squared, EXPONENT)));
  return tf.concat([tf.mul(rgba, weight), weight], 3);
}

/**
 * Splats layered images at their pixels' centres; see splat.ts.
 * @param xyz [B, L, H, W, 3]
 * @param rgba [B, L, H, W, 4]
 */
export function splatLayers(xyz: tf.Tensor, rgba: tf.Tensor): SplatImages {
  const places = slicesAlong(xyz, 1);
  const samples = slicesAlong(rgba, 1).map((color, l) => {
    const place = tf.slice(places[l], [0, 0, 0, 0], [-1, -1, -1, 2]);
    // From the sample to its pixel's centre. 0 in value: it is there for the gradient, and so the pixel moves left as the sample moves right.
    return { color, alpha: tf.slice(color, [0, 0, 0, 3], [-1, -1, -1, 1]), offset: tf.sub(tf.add(tf.floor(place), 0.5), place) };
  });
  const layered = samples.length > 1;
  const depths = untaped(() => tf.transpose(tf.squeeze(tf.slice(xyz, [0, 0, 0, 0, 2], [-1, -1, -1, -1, 1]), [4]), [0, 2, 3, 1]));
  const borderedDepths = border(depths, FAR);

  // Before, on and behind the surface: 5 channels each.
  const sums: (tf.Tensor | undefined)[] = [undefined, undefined, undefined];
  const accumulate = (place: number, values: tf.Tensor) => {
    const sum = sums[place];
    sums[place] = sum ? tf.add(sum, values) : values;
  };
  for (const [u, v] of TAPS) {
    const surface = layered ? untaped(() => matchSurfaces(depths, neighbours(borderedDepths, u, v))) : undefined;
    samples.forEach(({ color, alpha, offset }, l) => {
      const arriving = neighbours(border(splat(color, alpha, offset, u, v), 0), u, v);
      // A single layer is its own surface everywhere.
      if (!surface) return accumulate(1, arriving);
      [tf.greater, tf.equal, tf.less].forEach((relation, place) => accumulate(place, tf.mul(arriving, indicator(() => relation(surface, l)))));
    });
  }
  const [batch, , height, width] = rgba.shape;
  const parts = sums.map((sum) => {
    const [accumulated, weights] = tf.split(sum ?? tf.zeros([batch, height, width, 5]), [4, 1], 3) as [tf.Tensor, tf.Tensor];
    return { accumulated, normalized: tf.div(accumulated, tf.maximum(weights, 1)) };
  });
  const [front, middle, back] = parts.map(({ normalized }) => normalized);
  const over = (near: tf.Tensor, far: tf.Tensor) => tf.add(near, tf.mul(tf.sub(1, tf.slice(near, [0, 0, 0, 3], [-1, -1, -1, 1])), far));
  return {
    rgba: layered ? over(front, over(middle, back)) : middle,
    accumulated: tf.stack(parts.map(({ accumulated }) => accumulated), 1),
    normalized: tf.stack(parts.map(({ normalized }) => normalized), 1),
  };
}
