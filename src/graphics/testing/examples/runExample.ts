import ts from 'typescript';
import * as graphics from '../../index';
import * as tf from '../../tf';

/** Values written with a few digits. */
const TOLERANCE = 2e-3;

/** A tensor, or anything made of tensors, as plain nested arrays. */
function plain(value: unknown): unknown {
  if (value instanceof tf.Tensor) return value.arraySync();
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
  return value;
}

function differs(actual: unknown, expected: unknown): boolean {
  if (typeof actual === 'number' && typeof expected === 'number') {
    return !(actual === expected || Math.abs(actual - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)));
  }
  if (typeof actual !== 'object' || actual === null || typeof expected !== 'object' || expected === null) return actual !== expected;
  const [a, b] = [actual as Record<string, unknown>, expected as Record<string, unknown>];
  return Object.keys(a).length !== Object.keys(b).length || Object.keys(b).some((key) => differs(a[key], b[key]));
}

/** `EXPRESSION; // → VALUE` */
const CLAIM = /^(.+?);? *\/\/ → (.+)$/gm;

/**
 * Runs an example with what `diorama/graphics` exports in scope, and holds each `EXPRESSION; // → VALUE` to its value.
 * @returns how many values were compared. @throws Error that names the expression, what it gave and what is written.
 */
export async function runExample(code: string): Promise<number> {
  let compared = 0;
  const check = (expression: string, actual: unknown, expected: unknown): void => {
    compared++;
    const seen = plain(actual);
    if (differs(seen, expected)) throw new Error(`${expression} is ${JSON.stringify(seen)}, not ${JSON.stringify(expected)}`);
  };
  const body = code.replace(/^import .+$/gm, '')
    .replace(CLAIM, (_, expression: string, value: string) => `check(${JSON.stringify(expression)}, await (${expression}), (${value}));`);
  const { outputText } = ts.transpileModule(body, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } });
  const scope = { ...graphics, check };
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (...parts: string[]) => (...values: unknown[]) => Promise<void>;
  tf.engine().startScope();
  try {
    await new AsyncFunction(...Object.keys(scope), outputText)(...Object.values(scope));
  } finally {
    tf.engine().endScope();
  }
  return compared;
}
