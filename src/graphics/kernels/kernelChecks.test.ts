import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../tf';
import '.';
import { ALL_CHECKS, kernelOf } from './testing/checks/allChecks';
import { checkDegenerate, checkGradients } from './testing/checks/checkGradients';

beforeAll(async () => { await tf.setBackend('cpu'); });

const registered = (): string[] => [...new Set(['cpu', 'webgl'].flatMap((backend) => tf.getKernelsForBackend(backend).map(({ kernelName }) => kernelName)))]
  .filter((name) => name.startsWith('Diorama')).sort();

describe('the table of kernels', () => {
  it('has an entry for each kernel of ours, and no other', () => {
    expect(registered().length).toBeGreaterThan(30);
    expect([...new Set(Object.keys(ALL_CHECKS).map(kernelOf))].sort()).toEqual(registered());
  });

  it('checks the gradient of each kernel that has one', () => {
    const checked = Object.entries(ALL_CHECKS).filter(([, { differentiable }]) => typeof differentiable !== 'string').map(([name]) => kernelOf(name));
    expect(registered().filter((name) => tf.getGradient(name) !== undefined && !checked.includes(name))).toEqual([]);
  });
});

describe.each(Object.entries(ALL_CHECKS))('%s on cpu', (name, check) => {
  const { differentiable } = check;
  if (typeof differentiable !== 'string') {
    it(`has the gradients of central differences in float64 by ${differentiable.join(', ')}`, () => {
      expect(checkGradients(kernelOf(name), check)).toBeGreaterThanOrEqual(differentiable.length);
    });
  }
  it.each(Object.entries(check.degenerate))('is finite, as are its gradients: %s', async (_, replaced) => { await checkDegenerate(kernelOf(name), check, replaced); });
});
