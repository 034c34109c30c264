import { describe, expect, it } from 'vitest';
import { MISTAKES } from './mistakes';
import { splitName } from './ourName';
import signatures from './signatures.json';

const tests = import.meta.glob<string>(['/src/graphics/**/*.test.ts', '/src/scene/**/*.test.ts'], { query: '?raw', import: 'default', eager: true });

describe('the mistakes of TensorFlow Graphics', () => {
  it('are twelve, each made by functions that it has', () => {
    expect(MISTAKES).toHaveLength(12);
    const known = new Set(signatures.functions.flatMap(({ fn }) => [fn, splitName(fn)[0]]));
    expect(MISTAKES.flatMap(({ where }) => where).filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(MISTAKES.map(({ there, test: [file, title] }) => [there, file, title]))('%s: a test proves that it is not so here', (_there, file, title) => {
    const text = tests[`/src/${file}`];
    expect(text, file).toBeDefined();
    expect(text.replaceAll("\\'", "'")).toContain(title);
  });
});
