import * as tf from '../tf';

/**
 * Whether the backend keeps its numbers in 16 bits: webgl where textures of 32 cannot be drawn into, as on many phones. (TensorFlow.js's own
 * `floatPrecision` says 16 of those that can.) Its least number is then 6e-8, and its largest 65504.
 */
export const hasHalfPrecision = (): boolean => tf.getBackend() === 'webgl' && !tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED');

/**
 * What guards against dividing by nothing, as the device that computes can hold it: a number for float32, and one for 16 bits. The latter's
 * inverse, and the squares or cubes of that of which gradients are made, must stay below 65504.
 */
export const byPrecision = (single: number, half: number): number => (hasHalfPrecision() ? half : single);
