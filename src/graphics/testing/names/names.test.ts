import { describe, expect, it } from 'vitest';
import { DIFFERENT_PARAMETERS } from './deviations';
import { lookUp } from './lookUp';
import { ABSENT, MOVED, ourName, ourParameter, splitName } from './ourName';
import { readParameters } from './parameters';
import signatures from './signatures.json';

type Parameter = readonly [name: string] | readonly [name: string, fallback: unknown];

/** Theirs as it would be written here; undefined where it says nothing (None, or a function). */
function defaultAsWritten(value: unknown): string | undefined {
  if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined;
  return JSON.stringify(value);
}

const normalized = (text: string): string => text.replace(/['"\s]/g, '').toLowerCase().replace(/^.*\.(?=[a-z_]+$)/, '');
const sameDefault = (theirs: string, ours: string): boolean =>
  normalized(theirs) === normalized(ours) || (theirs.trim() !== '' && Number(theirs) === Number(ours));

const present = signatures.functions.filter(({ fn }) => !(fn in ABSENT));
const functions = present.filter((signature) => !('kind' in signature));
const parametersOf = (signature: { readonly params: unknown }) => signature.params as readonly Parameter[];

describe('every function of TensorFlow Graphics', () => {
  it.each(present.map(({ fn }) => [fn]))('%s is here', (fn) => {
    expect(typeof lookUp(ourName(fn)), ourName(fn)).toBe('function');
  });

  it.each(functions.filter(({ fn }) => !(fn in DIFFERENT_PARAMETERS)).map((signature) => [signature.fn, signature] as const))('%s takes the same', (fn, signature) => {
    const { positional, options } = readParameters(String(lookUp(ourName(fn))));
    const parameters = parametersOf(signature);
    expect(positional).toEqual(parameters.filter((p) => p.length === 1).map(([name]) => ourParameter(name)));
    for (const [name, fallback] of parameters.filter((p) => p.length === 2)) {
      expect(Object.keys(options), `option of ${fn}`).toContain(ourParameter(name));
      const theirs = defaultAsWritten(fallback);
      const ours = options[ourParameter(name)];
      if (theirs !== undefined && !sameDefault(theirs, ours ?? '')) expect(ours, `default of ${name}`).toBe(theirs);
    }
  });

  it('is listed as different only where it is known', () => {
    const known = new Set(signatures.functions.flatMap(({ fn }) => [fn, splitName(fn)[0]]));
    expect([...Object.keys(MOVED), ...Object.keys(ABSENT), ...Object.keys(DIFFERENT_PARAMETERS)].filter((fn) => !known.has(fn))).toEqual([]);
  });
});
