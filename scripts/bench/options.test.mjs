import { expect, it } from 'vitest';
import { commonSettings, describeOptions, parseOptions } from './options.mjs';

const OPTIONS = [{ name: 'object', value: 'NAME', description: 'which' }, { name: 'fast', description: 'hurry' }];

it('reads values and switches', () => {
  expect(parseOptions(['--object', 'cube', '--fast'], OPTIONS)).toEqual({ object: 'cube', fast: true });
  expect(parseOptions(['--object=a=b'], OPTIONS)).toEqual({ object: 'a=b' });
  expect(parseOptions(['--object', '-1'], OPTIONS)).toEqual({ object: '-1' });
});

it.each([
  [['--speed'], /Unknown argument "--speed".*--object --fast/],
  [['cube'], /Unknown argument "cube"/],
  [['--object'], /--object needs a value: NAME/],
  [['--object', '--fast'], /--object needs a value/],
  [['--fast=yes'], /--fast takes no value/],
])('refuses %j', (argv, message) => {
  expect(() => parseOptions(argv, OPTIONS)).toThrow(message);
});

it('checks what every bench takes', () => {
  expect(commonSettings({})).toEqual({ backend: 'webgl', seed: 1, trials: undefined });
  expect(commonSettings({}, 'cpu').backend).toBe('cpu');
  expect(commonSettings({ backend: 'webgl' }, 'cpu').backend).toBe('webgl');
  expect(commonSettings({ backend: 'cpu', seed: '0', trials: '20' })).toEqual({ backend: 'cpu', seed: 0, trials: 20 });
  expect(() => commonSettings({ backend: 'gpu' })).toThrow(/cpu or webgl/);
  expect(() => commonSettings({ trials: '0' })).toThrow(/whole number from 1/);
  expect(() => commonSettings({ seed: '1.5' })).toThrow(/whole number from 0/);
});

it('sets the descriptions under one another', () => {
  expect(describeOptions(OPTIONS)).toBe('    --object NAME  which\n    --fast         hurry');
});
