import { beforeAll, describe, it } from 'vitest';
import { keepOnGPU } from '../../kernels/testing/backends';
import * as tf from '../../tf';
import { checkSingular, expectEqual } from './checks';
import type { Entry, Table } from './entry';
import { callEntry, drawTrial } from './trial';

/** Sums in another order and WebGL's own sines, square roots and divisions leave this much, relative to the larger of 1 and the largest value. */
const TOLERANCE = 1e-3;

/** Several axes deep, one of them broadcast: WebGL has limits to ranks that the cpu backend does not. */
const BATCH = [2, 1, 2];

/** What a function gives for seeded inputs, as plain tensors of the cpu backend's. */
async function valuesOn(backend: 'cpu' | 'webgl', path: string, entry: Entry): Promise<{ shape: number[]; values: Float32Array }[]> {
  await tf.setBackend(backend);
  if (backend === 'webgl') keepOnGPU();
  tf.engine().startScope();
  try {
    const outputs = callEntry(path, entry, drawTrial(entry, 1, BATCH).inputs);
    return await Promise.all(outputs.map(async (output) => ({ shape: output.shape, values: Float32Array.from(await output.data()) })));
  } finally {
    tf.engine().endScope();
  }
}

async function compareBackends(path: string, entry: Entry): Promise<void> {
  const expected = await valuesOn('cpu', path, entry);
  const actual = await valuesOn('webgl', path, entry);
  await tf.setBackend('cpu');
  tf.tidy(() => expected.forEach(({ shape, values }, i) => {
    expectEqual(tf.tensor(actual[i].values, actual[i].shape), tf.tensor(values, shape), Math.max(TOLERANCE, entry.tolerance ?? 0), `result ${i}`);
  }));
}

/** Generates from a table: values on webgl as on cpu, and finite values and gradients at the singular points there. */
export function testOnWebgl(path: string, table: Table): void {
  describe(`${path} on webgl`, () => {
    describe.each(Object.entries(table))('%s', (name, entry) => {
      it('gives what it gives on cpu', () => compareBackends(name, entry));
      describe.each(Object.entries(entry.singular ?? {}))('%s', (_, point) => {
        beforeAll(async () => { await tf.setBackend('webgl'); keepOnGPU(); });
        it('is finite with its gradients', () => checkSingular(name, entry, point));
      });
    });
  });
}
