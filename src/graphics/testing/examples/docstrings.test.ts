import { describe, expect, it } from 'vitest';
import { readDocstrings } from './readDocstrings';

const sources = import.meta.glob<string>(
  ['/src/graphics/{geometry,image,math,nn,rendering}/**/*.ts', '!**/*.test.ts', '!**/testing/**'], { query: '?raw', import: 'default', eager: true },
);
const docstrings = Object.entries(sources).flatMap(([file, text]) => readDocstrings(file, text));

describe('the docstrings of the five rooms', () => {
  it('say what a function is, what each argument is, what comes back and what is refused', () => {
    expect(docstrings.length).toBeGreaterThan(200);
    expect(docstrings.filter(({ missing }) => missing.length > 0).map(({ name, missing }) => `${name} lacks ${missing.join(', ')}`)).toEqual([]);
  });

  it('are looked at one by one', () => {
    const source = '/**\n * @param a a\n * @example\n */\nexport function f(a: number, b: number): number {\n  checkShape(a);\n  return b;\n}';
    expect(readDocstrings('file', source)).toEqual([{ name: 'file: f', missing: ['sentence', '@param b', '@returns', '@throws'] }]);
  });
});
