/** A float array that grows as a file is read. */
export interface GrowableFloats {
  readonly length: number;
  /** NaN beyond the end. */
  at(index: number): number;
  push(value: number): void;
  /** A copy of just what was pushed. */
  finish(): Float32Array;
}

/** An integer array that grows as a file is read. */
export interface GrowableIntegers {
  readonly length: number;
  push(value: number): void;
  finish(): Int32Array;
}

const START = 1024;

export function growableFloats(): GrowableFloats {
  let data = new Float32Array(START);
  let length = 0;
  return {
    get length() { return length; },
    at: (index) => (index >= 0 && index < length ? data[index] : NaN),
    push(value) {
      if (length === data.length) {
        const larger = new Float32Array(2 * length);
        larger.set(data);
        data = larger;
      }
      data[length++] = value;
    },
    finish: () => data.slice(0, length),
  };
}

export function growableIntegers(): GrowableIntegers {
  let data = new Int32Array(START);
  let length = 0;
  return {
    get length() { return length; },
    push(value) {
      if (length === data.length) {
        const larger = new Int32Array(2 * length);
        larger.set(data);
        data = larger;
      }
      data[length++] = value;
    },
    finish: () => data.slice(0, length),
  };
}
