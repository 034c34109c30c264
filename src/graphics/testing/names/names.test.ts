import { describe, expect, it } from 'vitest';
import { layers } from '../../layers';
import { DIFFERENT_OTHERWISE, DIFFERENT_PARAMETERS, SEEDED } from './deviations';
import { FURTHER_NAMES } from './furtherNames';
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
const classes = present.filter((signature) => 'kind' in signature);
/** What constructors ask for. */
const REQUIRED: Readonly<Record<string, unknown>> = { channels: 4, momentum: 0.5, num_output_channels: 4, reduction: 'max' };
const parametersOf = (signature: { readonly params: unknown }) => signature.params as readonly Parameter[];

describe('every function of TensorFlow Graphics', () => {
  it.each(present.map(({ fn }) => [fn]))('%s is here', (fn) => {
    expect(typeof lookUp(ourName(fn)), ourName(fn)).toBe('function');
  });

  it.each(functions.map((signature) => [signature.fn, signature] as const))('%s takes the same', (fn, signature) => {
    const { positional, options } = readParameters(String(lookUp(ourName(fn))));
    const excused = DIFFERENT_PARAMETERS[fn] ?? {};
    const parameters = parametersOf(signature).filter(([name]) => !(name in excused));
    expect(positional).toEqual(parameters.filter((p) => p.length === 1).map(([name]) => ourParameter(name)));
    for (const [name, fallback] of parameters.filter((p) => p.length === 2)) {
      expect(Object.keys(options), `option of ${fn}`).toContain(ourParameter(name));
      const theirs = defaultAsWritten(fallback);
      const ours = options[ourParameter(name)];
      if (theirs !== undefined && !sameDefault(theirs, ours ?? '')) expect(ours, `default of ${name}`).toBe(theirs);
    }
  });

  it.each(classes.map((signature) => [signature.fn, signature] as const))('%s is made of the same', (fn, signature) => {
    const parameters = parametersOf(signature).filter(([name]) => name !== 'kwargs');
    const Layer = lookUp(ourName(fn)) as new (args: Readonly<Record<string, unknown>>) => layers.Layer;
    const config = new Layer(Object.fromEntries(parameters.filter((p) => p.length === 1).map(([name]) => [ourParameter(name), REQUIRED[name]]))).getConfig();
    for (const [name, fallback] of parameters) {
      const key = ourParameter(name);
      expect(Object.keys(config), `option of ${fn}`).toContain(key);
      // An initialiser is written down as its class, and what it was made of.
      if (typeof fallback === 'boolean' || typeof fallback === 'number') expect(config[key], `default of ${name}`).toBe(fallback);
      // No activation is the linear one.
      if (fallback === null) expect([null, 'linear'], `default of ${name}`).toContain(config[key] ?? null);
    }
  });

  it.each(FURTHER_NAMES.filter((name) => !(name in ABSENT)))('%s is here, too', (name) => {
    expect(lookUp(ourName(name)), ourName(name)).toBeDefined();
  });

  it('is listed as different only where it is known', () => {
    const known = new Set([...signatures.functions.flatMap(({ fn }) => [fn, splitName(fn)[0]]), ...FURTHER_NAMES]);
    const listed = [MOVED, ABSENT, DIFFERENT_PARAMETERS, DIFFERENT_OTHERWISE].flatMap((record) => Object.keys(record));
    expect([...listed, ...SEEDED].filter((fn) => !known.has(fn))).toEqual([]);
    const parametersKnown = (fn: string) => parametersOf(signatures.functions.find((signature) => signature.fn === fn)!).map(([name]) => name);
    for (const [fn, excused] of Object.entries(DIFFERENT_PARAMETERS)) expect(parametersKnown(fn), fn).toEqual(expect.arrayContaining(Object.keys(excused)));
  });
});
