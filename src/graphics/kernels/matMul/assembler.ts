// Enough of a WebAssembly assembler for one function without results: the binary format of the core specification with its vector instructions.

const I32 = 0x7f;
const V128 = 0x7b;
const VECTOR = 0xfd;
const EMPTY_BLOCK = 0x40;

/** LEB128 of a non-negative integer. */
export function unsigned(value: number): number[] {
  const low = value & 0x7f;
  return value > 0x7f ? [low | 0x80, ...unsigned(value >>> 7)] : [low];
}

/** LEB128 of a signed integer. */
export function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const ends = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return ends ? [low] : [low | 0x80, ...signed(rest)];
}

type Code = readonly number[];
const memory = (align: number, offset: number): Code => [align, ...unsigned(offset)];

/** Instructions by name; `code` operands are the instructions that leave them on the stack. */
export const op = {
  get: (local: number): Code => [0x20, ...unsigned(local)],
  set: (local: number, code: Code): Code => [...code, 0x21, ...unsigned(local)],
  constant: (value: number): Code => [0x41, ...signed(value)],
  add: (a: Code, b: Code): Code => [...a, ...b, 0x6a],
  multiply: (a: Code, b: Code): Code => [...a, ...b, 0x6c],
  zeros: (): Code => [VECTOR, 0x0c, ...new Array<number>(16).fill(0)],
  load4: (address: Code, offset: number): Code => [...address, VECTOR, 0x00, ...memory(2, offset)],
  /** One number in all four lanes. */
  loadSplat: (address: Code, offset: number): Code => [...address, VECTOR, 0x09, ...memory(2, offset)],
  store4: (address: Code, value: Code): Code => [...address, ...value, VECTOR, 0x0b, ...memory(2, 0)],
  add4: (a: Code, b: Code): Code => [...a, ...b, VECTOR, ...unsigned(0xe4)],
  multiply4: (a: Code, b: Code): Code => [...a, ...b, VECTOR, ...unsigned(0xe6)],
  /** Runs the body `count` times, at least once; `counter` is a local of its own. */
  repeat: (counter: number, count: Code, body: Code): Code => [
    ...op.set(counter, count), 0x03, EMPTY_BLOCK, ...body,
    ...op.set(counter, op.add(op.get(counter), op.constant(-1))), ...op.get(counter), 0x0d, 0, 0x0b,
  ],
} as const;

const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
const text = (name: string): Code => [name.length, ...new TextEncoder().encode(name)];

export interface FunctionSource {
  /** int32 parameters: locals 0 … */
  readonly parameters: number;
  /** Locals after them: so many int32, then so many vectors. */
  readonly integers: number;
  readonly vectors: number;
  readonly body: Code;
  /** Of 64 KiB. */
  readonly pages: number;
}

/** A module that exports the function as "run" and its memory as "memory". */
export function assemble({ parameters, integers, vectors, body, pages }: FunctionSource): Uint8Array<ArrayBuffer> {
  const code = [2, ...unsigned(integers), I32, ...unsigned(vectors), V128, ...body, 0x0b];
  return Uint8Array.from([
    0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [1, 0x60, parameters, ...new Array<number>(parameters).fill(I32), 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, ...unsigned(pages)]),
    ...section(7, [2, ...text('run'), 0, 0, ...text('memory'), 2, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}
