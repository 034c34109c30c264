import { beforeAll, describe, expect, it } from 'vitest';
import * as graphics from '../../index';
import * as tf from '../../tf';
import { lookUp, memberOf } from '../names/lookUp';
import { ABSENT, ourName } from '../names/ourName';
import signatures from '../names/signatures.json';
import front from '../../../../scripts/docs/front.md?raw';
import { readExamples } from './readExamples';
import { runExample } from './runExample';

// The library's rooms, its kernels, and what they export of the scene.
const sources = import.meta.glob<string>(
  ['/src/graphics/*.ts', '/src/graphics/{geometry,image,kernels,math,nn,rendering}/**/*.ts', '/src/scene/*.ts', '!**/*.test.ts', '!**/testing/**'], { query: '?raw', import: 'default', eager: true },
);
const modules = import.meta.glob<unknown>(
  ['/src/graphics/*.ts', '/src/graphics/{geometry,image,kernels,math,nn,rendering}/**/*.ts', '/src/scene/*.ts', '!**/*.test.ts', '!**/testing/**'], { eager: true },
);
const documented = Object.entries(sources).flatMap(([file, text]) => readExamples(file, text));
const examples = documented.flatMap((entry) => entry.examples);
/** Functions and classes themselves, so that it does not matter through which module they are exported. */
const withExample = new Set(examples.map(({ name }) => {
  const [file, exported] = name.split(': ');
  return memberOf(modules[file], exported);
}));

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('the examples in the docstrings', () => {
  it.each(examples.map(({ name, code }) => [name.replace('/src/', ''), code]))('%s', async (_name, code) => {
    expect(await runExample(code), 'values compared').toBeGreaterThan(0);
  });

  it.each(signatures.functions.filter(({ fn }) => !(fn in ABSENT)).map(({ fn }) => [ourName(fn)]))('%s has one', (path) => {
    expect(withExample.has(lookUp(path))).toBe(true);
  });

  it('are there for every function and class that the library exports', () => {
    const isRoom = (value: unknown): value is object => Object.prototype.toString.call(value) === '[object Module]';
    const without = (path: string, value: unknown): string[] => {
      if (isRoom(value)) return Object.entries(value).flatMap(([name, member]) => without(`${path}.${name}`, member));
      return typeof value === 'function' && !withExample.has(value) ? [path] : [];
    };
    // TensorFlow.js's own, passed on.
    const { tf: _tensorFlow, layers: _layers, ...own } = graphics;
    expect(Object.entries(own).flatMap(([name, member]) => without(name, member))).toEqual([]);
  });

  it('and the programs of the reference\'s front page run as they stand', async () => {
    const programs = [...front.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, program]) => program);
    expect(programs).toHaveLength(2);
    for (const program of programs) expect(await runExample(program), 'values compared').toBeGreaterThan(0);
  });

  it('are refused where a value is wrong', async () => {
    await expect(runExample('tf.add(1, 1); // → 3')).rejects.toThrow('tf.add(1, 1) is 2, not 3');
    await expect(runExample('math.vector.dot(tf.tensor1d([1, 2]), tf.tensor1d([3, 4])); // → [11]')).resolves.toBe(1);
  });
});
