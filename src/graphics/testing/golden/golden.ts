import { beforeAll, describe, expect, it } from 'vitest';
import { keepOnGPU } from '../../kernels/testing/backends';
import * as tf from '../../tf';
import { probeWeights } from '../gradients';
import { COARSER, DEVIATIONS } from './deviations';

// Cases of TensorFlow Graphics: named inputs, outputs, and gradients of a weighted sum of the outputs. One adapter a function says how
// its named inputs become a call of ours; the same cases run on both backends.

interface GoldenTensor {
  readonly shape: number[];
  /** Numbers; 'NaN' as text. */
  readonly data: (number | boolean | string)[];
  readonly dtype?: 'int32' | 'bool';
  /** A SparseTensor there; dense here. */
  readonly sparse?: boolean;
}
export interface GoldenCase {
  readonly id: string;
  readonly fn: string;
  readonly rtol: number;
  readonly atol: number;
  readonly inputs: Readonly<Record<string, GoldenTensor>>;
  readonly outputs: readonly GoldenTensor[];
  readonly attrs?: GoldenAttrs;
  readonly grads?: Readonly<Record<string, GoldenTensor>>;
}
export type GoldenInputs = Readonly<Record<string, tf.Tensor>>;
export type GoldenAttrs = Readonly<Record<string, number | boolean | string | readonly number[] | readonly string[]>>;

/** TensorFlow Graphics' functions, by their full names, as calls of ours; outputs in their order. */
export type GoldenAdapters = Readonly<Record<string, (x: GoldenInputs, attrs: GoldenAttrs) => tf.Tensor | tf.Tensor[]>>;

export interface GoldenRoom {
  /** The room's fixture, as text. */
  readonly fixture: string;
  readonly adapters: GoldenAdapters;
  /** Functions whose results pass through pow, exp or acos, which are coarser on a GPU. */
  readonly transcendental?: readonly string[];
}

interface Tolerance { readonly rtol: number; readonly atol: number }

const WEBGL: Tolerance = { rtol: 1e-4, atol: 1e-5 };
const WEBGL_TRANSCENDENTAL: Tolerance = { rtol: 1e-3, atol: 1e-4 };

const upload = ({ shape, data, dtype }: GoldenTensor): tf.Tensor => tf.tensor(data.map(Number), shape, dtype ?? 'float32');

async function expectClose(actual: tf.Tensor, { shape, data }: GoldenTensor, { rtol, atol }: Tolerance, label: string): Promise<void> {
  expect(actual.shape, label).toEqual(shape);
  (await actual.data()).forEach((value, i) => {
    const expected = Number(data[i]);
    if (!(Math.abs(value - expected) <= atol + rtol * Math.abs(expected))) throw new Error(`${label}[${i}] is ${value}, expected ${expected}`);
  });
}

async function runCase(golden: GoldenCase, call: GoldenAdapters[string], tolerance: Tolerance): Promise<void> {
  const inputs = Object.fromEntries(Object.entries(golden.inputs).map(([name, tensor]) => [name, upload(tensor)]));
  const outputs = [call(inputs, golden.attrs ?? {})].flat();
  expect(outputs.length).toBe(golden.outputs.length);
  for (const [i, output] of outputs.entries()) await expectClose(output, golden.outputs[i], tolerance, `output ${i}`);
  const names = Object.keys(golden.grads ?? {});
  if (names.length === 0) return;
  const loss = (...xs: tf.Tensor[]) => {
    const ys = [call({ ...inputs, ...Object.fromEntries(names.map((name, i) => [name, xs[i]])) }, golden.attrs ?? {})].flat();
    return ys.map((y) => tf.sum(tf.mul(y, tf.tensor(Float32Array.from(probeWeights(y.size)), y.shape)))).reduce((a, b) => tf.add(a, b));
  };
  const gradients = tf.grads(loss)(names.map((name) => inputs[name]));
  for (const [i, gradient] of gradients.entries()) await expectClose(gradient, golden.grads![names[i]], tolerance, `gradient of ${names[i]}`);
}

export const goldenCases = ({ fixture }: GoldenRoom): readonly GoldenCase[] => (JSON.parse(fixture) as { cases: GoldenCase[] }).cases;

/** Those that are run: all that have an adapter and do not differ on purpose. */
export const casesToRun = (room: GoldenRoom): readonly GoldenCase[] => goldenCases(room).filter(({ id, fn }) => fn in room.adapters && !(id in DEVIATIONS));

/** On cpu a case's own tolerance, which is theirs; on webgl at least that of its arithmetic. */
function toleranceOf(backend: 'cpu' | 'webgl', golden: GoldenCase, transcendental: readonly string[]): Tolerance {
  const own: Tolerance = COARSER[golden.id] ?? golden;
  if (backend === 'cpu') return own;
  const least = transcendental.includes(golden.fn) ? WEBGL_TRANSCENDENTAL : WEBGL;
  return { rtol: Math.max(own.rtol, least.rtol), atol: Math.max(own.atol, least.atol) };
}

/** Runs a room's cases on a backend, each as a test, and proves that every function of the fixture has an adapter. */
export function testGoldenCases(backend: 'cpu' | 'webgl', room: GoldenRoom): void {
  const { adapters, transcendental = [] } = room;
  const cases = goldenCases(room);

  describe(`the golden cases of TensorFlow Graphics, on ${backend}`, () => {
    beforeAll(async () => {
      await tf.setBackend(backend);
      if (backend === 'webgl') keepOnGPU();
    });

    it.each(casesToRun(room).map((golden) => [golden.id, golden] as const))('%s', async (_id, golden) => {
      const before = tf.memory().numTensors;
      tf.engine().startScope();
      try {
        await runCase(golden, adapters[golden.fn], toleranceOf(backend, golden, transcendental));
      } finally {
        tf.engine().endScope();
      }
      expect(tf.memory().numTensors, 'tensors left behind').toBe(before);
    });

    it('cover every function of the fixture, and differ on purpose only where there is a case', () => {
      expect([...new Set(cases.map(({ fn }) => fn))].filter((fn) => !(fn in adapters))).toEqual([]);
      const [name] = cases[0].id.split('.');
      const listed = [...Object.keys(DEVIATIONS), ...Object.keys(COARSER)];
      expect(listed.filter((id) => id.startsWith(`${name}.`) && !cases.some((golden) => golden.id === id))).toEqual([]);
    });
  });
}
