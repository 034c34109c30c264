/**
 * Undoes LZF compression (Marc Lehmann's liblzf): runs of literal bytes, and copies of what came up to 8,192 bytes before.
 * @returns exactly `length` bytes, or undefined where the input does not give as many.
 */
export function decompressLzf(input: Uint8Array, length: number): Uint8Array | undefined {
  const output = new Uint8Array(length);
  let [from, to] = [0, 0];
  while (from < input.length) {
    const control = input[from++];
    if (control < 32) {
      const run = control + 1;
      if (from + run > input.length || to + run > length) return undefined;
      output.set(input.subarray(from, from + run), to);
      from += run;
      to += run;
      continue;
    }
    let run = control >> 5;
    if (run === 7) run += input[from++] ?? 0;
    run += 2;
    let back = to - ((control & 31) << 8) - 1 - (input[from++] ?? 0);
    if (from > input.length || back < 0 || to + run > length) return undefined;
    // What is copied may overlap what it is copied to: byte by byte.
    for (let i = 0; i < run; i++) output[to++] = output[back++];
  }
  return to === length ? output : undefined;
}

/** Each three bytes of it become at most so many. */
export const LZF_MOST_GROWTH = 264 / 3;
