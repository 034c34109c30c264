import { beforeAll, describe, expect, it } from 'vitest';
import { keepOnGPU } from '../../kernels/testing/backends';
import * as tf from '../../tf';
import { checkSingular, expectEqual, gradientsOf } from './checks';
import type { Entry, Inputs, Table } from './entry';
import { callEntry, drawTrial, gradientBatches } from './trial';

/** Sums in another order and WebGL's own square roots and divisions leave this much, relative to the larger of 1 and the largest value. */
const TOLERANCE = 1e-3;

/** Several axes deep, one of them broadcast: WebGL has limits to ranks that the cpu backend does not. */
const BATCH = [2, 1, 2];

interface Plain { readonly shape: number[]; readonly values: Float32Array }

/** What something gives for seeded inputs on a backend, as plain numbers. */
async function computedOn(backend: 'cpu' | 'webgl', entry: Entry, batch: readonly number[], compute: (inputs: Inputs) => tf.Tensor[]): Promise<Plain[]> {
  await tf.setBackend(backend);
  if (backend === 'webgl') keepOnGPU();
  tf.engine().startScope();
  try {
    const outputs = compute(drawTrial(entry, 1, batch).inputs);
    return await Promise.all(outputs.map(async (output) => ({ shape: output.shape, values: Float32Array.from(await output.data()) })));
  } finally {
    tf.engine().endScope();
  }
}

async function compareBackends(path: string, entry: Entry): Promise<void> {
  const values = (inputs: Inputs) => callEntry(path, entry, inputs);
  const expected = await computedOn('cpu', entry, BATCH, values);
  const actual = await computedOn('webgl', entry, BATCH, values);
  await tf.setBackend('cpu');
  tf.tidy(() => expected.forEach(({ shape, values: v }, i) => {
    expectEqual(tf.tensor(actual[i].values, actual[i].shape), tf.tensor(v, shape), Math.max(TOLERANCE, entry.tolerance ?? 0), `result ${i}`);
  }));
}

/** Of gradients, through plain arithmetic and through pow, exp and acos: relative to each derivative, and to the larger of 1 and the largest. */
const PLAIN_TOLERANCE = { rtol: 1e-4, atol: 1e-5 };
const TRANSCENDENTAL_TOLERANCE = { rtol: 1e-3, atol: 1e-4 };

async function compareGradients(path: string, entry: Entry, batch: readonly number[]): Promise<void> {
  const gradients = (inputs: Inputs) => gradientsOf(path, entry, inputs);
  const expected = await computedOn('cpu', entry, batch, gradients);
  const actual = await computedOn('webgl', entry, batch, gradients);
  const { rtol, atol } = entry.transcendental ? TRANSCENDENTAL_TOLERANCE : PLAIN_TOLERANCE;
  const scale = expected.reduce((largest, { values }) => values.reduce((m, value) => Math.max(m, Math.abs(value)), largest), 1);
  expected.forEach(({ shape, values }, i) => {
    expect(actual[i].shape, `shape of gradient ${i}`).toEqual(shape);
    values.forEach((value, k) => {
      const limit = atol * scale + rtol * Math.abs(value);
      if (!(Math.abs(actual[i].values[k] - value) <= limit)) throw new Error(`gradient ${i}[${k}] is ${actual[i].values[k]} instead of ${value}, and the largest ${scale}`);
    });
  });
}

/** Generates from a table: values and gradients on webgl as on cpu, and finite values and gradients at the singular points there. */
export function testOnWebgl(path: string, table: Table): void {
  describe(`${path} on webgl`, () => {
    describe.each(Object.entries(table))('%s', (name, entry) => {
      it('gives what it gives on cpu', () => compareBackends(name, entry));
      if (entry.noGradients === undefined) {
        it.each(gradientBatches(entry).map((batch) => [batch]))('has the gradients that it has on cpu in a batch of shape %j', (batch) => compareGradients(name, entry, batch));
      }
      describe.each(Object.entries(entry.singular ?? {}))('%s', (_, point) => {
        beforeAll(async () => { await tf.setBackend('webgl'); keepOnGPU(); });
        it('is finite with its gradients', () => checkSingular(name, entry, point));
      });
    });
  });
}
