/**
 * How engines say that memory ran out. V8: "Array buffer allocation failed", "Invalid typed array length: 99999999999", "Invalid string length",
 * "Map maximum size exceeded", "WebAssembly.Memory(): could not allocate memory"; Firefox: "allocation size overflow", "out of memory"; TensorFlow.js:
 * "Unable to create WebGLTexture.", "Requested texture size [20000x20000] greater than WebGL maximum on this browser / GPU [8192x8192].";
 * Chromium: "Data cannot be cloned, out of memory.".
 */
const SAID = new RegExp([
  'out of memory', 'allocation failed', '(could not|cannot|failed to|unable to) allocate', 'allocation size overflow', 'invalid (typed )?array length',
  'array buffer length', 'invalid string length', '(map|set) maximum size exceeded', 'unable to grow instance memory',
  'unable to create webgl(texture|framebuffer|buffer)', 'requested texture size',
].join('|'), 'i');

/** Whether an error means that memory ran out. A RangeError alone does not: a stack that overflows throws one too. */
export function isOutOfMemory(error: unknown): boolean {
  return SAID.test(error instanceof Error ? error.message : String(error));
}
