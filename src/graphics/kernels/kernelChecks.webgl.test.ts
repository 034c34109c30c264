import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../tf';
import '.';
import { ALL_CHECKS, kernelOf } from './testing/checks/allChecks';
import { checkDegenerate, gradientsOf } from './testing/checks/checkGradients';
import { runCheck, type KernelCheck, type KernelInputs } from './testing/checks/kernelCheck';
import { keepOnGPU, relativeError } from './testing/backends';

/** Relative to the largest value, of results and of gradients to each input alike. */
const TOLERANCE = 1e-4;

/** As TensorFlow.js's own ops leave their results. */
const packed = (inputs: KernelInputs): KernelInputs => Object.fromEntries(Object.entries(inputs).map(([name, x]) => [name, x.dtype === 'float32' ? tf.add(x, 0) : x]));
const uploaded = (inputs: KernelInputs): KernelInputs => inputs;

/** The result and every gradient, as plain arrays. */
async function valuesOn(backend: 'cpu' | 'webgl', name: string, check: KernelCheck, prepare: (inputs: KernelInputs) => KernelInputs): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  if (backend === 'webgl') keepOnGPU();
  tf.engine().startScope();
  try {
    const inputs = prepare(check.inputs());
    return await Promise.all([runCheck(name, check, inputs), ...gradientsOf(name, check, inputs)].map(async (tensor) => Float32Array.from(await tensor.data())));
  } finally {
    tf.engine().endScope();
  }
}

describe.each(Object.entries(ALL_CHECKS))('%s on webgl', (name, check) => {
  it.each([['uploaded', uploaded], ['packed', packed]] as const)('gives what the cpu gives, as do its gradients, from %s tensors', async (_, prepare) => {
    const cpu = await valuesOn('cpu', kernelOf(name), check, uploaded);
    const webgl = await valuesOn('webgl', kernelOf(name), check, prepare);
    const names = ['the result', ...(typeof check.differentiable === 'string' ? [] : check.differentiable)];
    expect(names).toHaveLength(cpu.length);
    names.forEach((what, i) => { expect(relativeError(webgl[i], cpu[i]), what).toBeLessThanOrEqual(TOLERANCE); });
  });

  describe('with what is degenerate', () => {
    beforeAll(async () => { await tf.setBackend('webgl'); keepOnGPU(); });
    it.each([...Object.entries(check.degenerate)])('is finite, as are its gradients: %s', async (_, replaced) => { await checkDegenerate(kernelOf(name), check, replaced); });
  });
});
