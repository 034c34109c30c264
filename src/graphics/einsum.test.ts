import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, probe } from './testing/gradients';
import { largestDifference, randomTensors } from './testing/randomTensors';
import * as tf from './tf';

beforeAll(() => tf.setBackend('cpu'));

const SIZES: Readonly<Record<string, number>> = { b: 2, i: 3, j: 4, k: 2, l: 3 };
const shapeOf = (letters: string): number[] => [...letters].map((letter) => SIZES[letter]);

/** By the definition: a sum over all values of all letters. */
function byDefinition(equation: string, tensors: tf.Tensor[]): tf.Tensor {
  const [left, output] = equation.split('->');
  const inputs = left.split(',');
  const letters = [...new Set(left.replaceAll(',', ''))];
  const values = tensors.map((t) => t.dataSync());
  const place = (axes: string, at: ReadonlyMap<string, number>) => [...axes].reduce((p, letter) => p * SIZES[letter] + at.get(letter)!, 0);
  const sums = new Float32Array(shapeOf(output).reduce((a, b) => a * b, 1));
  const count = letters.reduce((product, letter) => product * SIZES[letter], 1);
  for (let n = 0; n < count; n++) {
    let rest = n;
    const at = new Map(letters.map((letter) => { const value = rest % SIZES[letter]; rest = Math.floor(rest / SIZES[letter]); return [letter, value]; }));
    sums[place(output, at)] += inputs.reduce((product, axes, i) => product * values[i][place(axes, at)], 1);
  }
  return tf.tensor(sums, shapeOf(output));
}

const EQUATIONS = [
  'ij,jk->ik', 'ij,jk->ki', 'ij,jk->k', 'ij,k->ik', 'ij,jk->', 'ij,jk->ijk', 'ij->i', 'ij->ji', 'ij->', 'i,j->ij', 'i,i->', 'ij,ij->i', 'ij,ij->ij',
  'bij,bjk->bik', 'bij,jk->bik', 'bij,bkj->bki', 'bi,ij->b', 'ij,jk,kl->il', 'bi,ij,bj->b', 'ij,jk,kl->j', ',ij->j',
];

describe('einsum', () => {
  it.each(EQUATIONS)('%s is the sum by its definition, with gradients (seed 1)', (equation) => {
    const random = randomTensors(1);
    const inputs = equation.split('->')[0].split(',').map((letters) => random.uniform(shapeOf(letters)));
    expect(largestDifference(tf.einsum(equation, ...inputs), byDefinition(equation, inputs))).toBeLessThan(1e-5);
    inputs.forEach((input, i) => {
      const by = (x: tf.Tensor) => probe(tf.einsum(equation, ...inputs.map((other, at) => (at === i ? x : other))));
      const { analytic, numeric } = checkGradient(by, input.shape, Array.from(input.dataSync()));
      expect(Math.max(...analytic.map((slope, at) => Math.abs(slope - numeric[at])))).toBeLessThan(2e-3);
    });
  });

  it('refuses what it cannot do, by name', () => {
    const [a, b] = [tf.zeros([2, 3]), tf.zeros([4, 3])];
    expect(() => tf.einsum('ij,jk->ik', a, b)).toThrow(/tensors\[1\] must have exactly 3 dimensions in axis 0, 'j'/);
    expect(() => tf.einsum('ijk->i', a)).toThrow(/tensors\[0\] must have a rank of 3/);
    expect(() => tf.einsum('ii->i', a)).toThrow(/an axis twice in 'ii'/);
    expect(() => tf.einsum('ij->k', a)).toThrow(/every axis of 'k'/);
    expect(() => tf.einsum('...j->j', a)).toThrow(/must look like/);
    expect(() => tf.einsum('ij,jk->ik', a)).toThrow(/names 2 tensors, but there are 1/);
  });
});
