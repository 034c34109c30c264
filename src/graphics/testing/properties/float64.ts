import * as tf from '../../tf';

/**
 * Runs something with the cpu backend computing in float64, so that central differences are exact to many digits: the backend makes all
 * its arrays by the name Float32Array, which stands for Float64Array meanwhile, and rounds by Math.fround, which does nothing. Tests only, and nothing asynchronous.
 */
export function inFloat64<T>(run: () => T): T {
  const globals = globalThis as unknown as { Float32Array: Float32ArrayConstructor | Float64ArrayConstructor };
  const single = globals.Float32Array;
  const { platform } = tf.env();
  const { fround } = Math;
  const isTypedArray = platform.isTypedArray.bind(platform);
  globals.Float32Array = Float64Array;
  Math.fround = (x) => x;
  platform.isTypedArray = (a: unknown): a is Float32Array => a instanceof Float64Array || isTypedArray(a);
  try {
    return run();
  } finally {
    globals.Float32Array = single;
    platform.isTypedArray = isTypedArray;
    Math.fround = fround;
  }
}
