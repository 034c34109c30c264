import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../tf';
import { readExamples } from './readExamples';
import { runExample } from './runExample';

const sources = import.meta.glob<string>(
  ['/src/graphics/{geometry,image,math,nn,rendering}/**/*.ts', '!**/*.test.ts', '!**/testing/**'], { query: '?raw', import: 'default', eager: true },
);
const documented = Object.entries(sources).flatMap(([file, text]) => readExamples(file.replace('/src/graphics/', ''), text));
const examples = documented.flatMap((entry) => entry.examples);

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('the examples in the docstrings', () => {
  it.each(examples.map((example) => [example.name, example.code]))('%s', async (_name, code) => {
    expect(await runExample(code), 'values compared').toBeGreaterThan(0);
  });

  it('are refused where a value is wrong', async () => {
    await expect(runExample('tf.add(1, 1); // → 3')).rejects.toThrow('tf.add(1, 1) is 2, not 3');
    await expect(runExample('math.vector.dot(tf.tensor1d([1, 2]), tf.tensor1d([3, 4])); // → [11]')).resolves.toBe(1);
  });
});
