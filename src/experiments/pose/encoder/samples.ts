import * as tf from '../../../graphics/tf';
import { noise } from '../../../graphics/kernels';
import { createRandom, type Random } from '../../../scene/random';
import { multiplyQuaternions, quaternionFromAxisAngle, rotateVector } from '../../../scene/rotation';
import { randomRotation } from '../../../scene/so3Grid';
import type { Pose } from '../../../scene/pose';
import { lightFromSettings, type PoseLight } from '../light';
import { randomTargetPose } from '../target';
import type { EncoderSettings } from './settings';

/** What a training image shows, drawn at random. The network and its loss see the images alone. */
export interface Sample {
  readonly pose: Pose;
  /** Undefined for flat colours. */
  readonly light: PoseLight | undefined;
}

/** Every stream of one training, from its seed and what it is for. */
export const streamSeed = (seed: number, step: number): number => (Math.imul(seed, 0x9e3779b1) ^ Math.imul(step + 1, 0x85ebca6b)) >>> 0;

/** Half of the samples stand where the engine holds the translation fixed, half anywhere it seeks it. */
export function drawSamples(random: Random, count: number, radius: number, settings: EncoderSettings): Sample[] {
  return Array.from({ length: count }, () => {
    const unknowns = random.uniform() < 0.5 ? 'rotation' : 'rotation+translation';
    return { pose: randomTargetPose({ seed: random.integer(2 ** 32), unknowns }, radius), light: randomLight(random, settings) };
  });
}

/** The target's light turned by up to the cone's angle, its ambient share half to one and a half times. */
function randomLight(random: Random, { target, lightConeDeg }: EncoderSettings): PoseLight | undefined {
  if (target.light.ambient === 1) return undefined;
  const ambient = Math.min(0.9, target.light.ambient * (0.5 + random.uniform()));
  const { directional } = lightFromSettings({ ...target.light, ambient });
  const angle = ((lightConeDeg * Math.PI) / 180) * Math.sqrt(random.uniform());
  // A turn by that angle about any axis: about one across the line of sight, itself turned at random.
  const about = randomRotation(random);
  const turn = multiplyQuaternions(multiplyQuaternions(about, quaternionFromAxisAngle([1, 0, 0], angle)), [-about[0], -about[1], -about[2], about[3]]);
  return { ambient, directional: rotateVector(turn, directional) };
}

/** Blocks of clutter across the image. */
const CLUTTER_BLOCKS = 8;
const BAR_GREY = 0.2;

/**
 * What spoils the images that the network sees, by the target's settings: coloured blocks behind the object, a grey bar before it, noise.
 * To be called inside tf.tidy.
 *
 * @param image [B, S, S, 4] linear RGB less the backdrop's, and coverage.
 * @returns [B, S, S, 3]
 */
export function disturbImages(image: tf.Tensor4D, settings: EncoderSettings, seed: number): tf.Tensor4D {
  const [batch, size] = image.shape;
  const { noise: deviation, clutter, occlusion } = settings.target;
  let seen: tf.Tensor4D = tf.slice(image, [0, 0, 0, 0], [-1, -1, -1, 3]);
  if (clutter > 0) {
    const blocks = noise<tf.Rank.R4>([batch, CLUTTER_BLOCKS, CLUTTER_BLOCKS, 4], streamSeed(seed, 1));
    const shown = tf.cast(tf.less(tf.slice(blocks, [0, 0, 0, 3], [-1, -1, -1, 1]), clutter), 'float32');
    const colors = tf.mul(tf.slice(blocks, [0, 0, 0, 0], [-1, -1, -1, 3]), shown) as tf.Tensor4D;
    const behind = tf.sub(1, tf.slice(image, [0, 0, 0, 3], [-1, -1, -1, 1]));
    seen = tf.add(seen, tf.mul(tf.image.resizeBilinear(colors, [size, size]), behind));
  }
  if (occlusion > 0) {
    const bar = tf.tensor4d(drawBars(createRandom(streamSeed(seed, 2)), batch, size, occlusion), [batch, size, size, 1]);
    seen = tf.add(tf.mul(seen, tf.sub(1, bar)), tf.mul(bar, BAR_GREY));
  }
  if (deviation > 0) seen = tf.add(seen, tf.mul(noise<tf.Rank.R4>([batch, size, size, 3], streamSeed(seed, 3), 'normal'), deviation));
  return seen;
}

/** An upright or lying bar over up to that share of two thirds of each image, [B · S · S]. */
function drawBars(random: Random, batch: number, size: number, share: number): Float32Array {
  const bars = new Float32Array(batch * size * size);
  for (let b = 0; b < batch; b++) {
    const width = (2 / 3) * size * share * random.uniform();
    const start = (size - width) * random.uniform();
    const upright = random.uniform() < 0.5;
    for (let pixel = 0; pixel < size * size; pixel++) {
      const along = (upright ? pixel % size : Math.floor(pixel / size)) + 0.5;
      if (along > start && along < start + width) bars[b * size * size + pixel] = 1;
    }
  }
  return bars;
}
