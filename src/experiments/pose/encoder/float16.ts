const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The nearest half-precision number's 16 bits (IEEE 754 binary16, ties to even); too large becomes infinity. */
function halfBits(value: number): number {
  float[0] = value;
  const [whole] = bits;
  const sign = (whole >>> 16) & 0x8000;
  const exponent = ((whole >>> 23) & 0xff) - 112;
  const mantissa = whole & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00 | (exponent === 143 && mantissa ? 0x200 : 0);
  if (exponent < -10) return sign;
  const shift = exponent > 0 ? 13 : 14 - exponent;
  const significand = exponent > 0 ? (exponent << 23) | mantissa : mantissa | 0x800000;
  const rest = significand & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  const rounded = significand >>> shift;
  // A carry out of the mantissa moves into the exponent, as it should.
  return sign | (rounded + (rest > half || (rest === half && rounded & 1) ? 1 : 0));
}

/** [n] floats → 2 n bytes, little-endian, as TensorFlow.js reads weights with quantization float16. */
export function encodeFloat16(values: Float32Array): ArrayBuffer {
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) halves[i] = halfBits(values[i]);
  return halves.buffer;
}
