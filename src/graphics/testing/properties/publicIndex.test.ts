import { expect, it } from 'vitest';
import { GEOMETRY, IMAGES, MATH, NN, RENDERING } from './allTables';
import { TESTED_IN } from './testedIn';
import { functionsUnder, publicFunctions } from './publicFunctions';
import { functionOf } from './trial';

const sources = import.meta.glob<string>('/src/**/*.ts', { query: '?raw', import: 'default', eager: true });
const inTables = new Set(Object.keys({ ...GEOMETRY, ...IMAGES, ...MATH, ...NN, ...RENDERING }).map(functionOf));
const listed = Object.values(TESTED_IN).flat();

it('every function and class of the public index stands in a table, or is named with the file that tests it', () => {
  const all = publicFunctions();
  expect(all.length).toBeGreaterThan(300);
  expect(all.filter((path) => !inTables.has(path) && !listed.includes(path)), 'nowhere').toEqual([]);
  expect(listed.filter((path) => inTables.has(path)), 'in both').toEqual([]);
  expect([...inTables, ...listed].filter((path) => !all.includes(path)), 'of nothing').toEqual([]);
  expect(functionsUnder('geometry.transformation.se3')).toContain('geometry.transformation.se3.exp');
});

it.each(Object.entries(TESTED_IN))('%s is there and names what it tests', (file, paths) => {
  const text = sources[`/src/${file}`] ?? '';
  expect(/\.test\.ts$|\/testing\//.test(file), 'a test, or the cases of one').toBe(true);
  expect(paths.filter((path) => !new RegExp(`\\b${path.split('.').at(-1)}\\b`).test(text))).toEqual([]);
});
