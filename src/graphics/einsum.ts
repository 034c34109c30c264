import * as tf from './tf';

/** A tensor whose axes have letters. */
interface Lettered { readonly tensor: tf.Tensor; readonly letters: string }

const unique = (letters: string): string => [...new Set(letters)].join('');

function parse(equation: string, tensors: readonly tf.Tensor[]): { operands: Lettered[]; output: string } {
  const [left, output, ...more] = equation.replace(/\s/g, '').split('->');
  const inputs = left.split(',');
  if (output === undefined || more.length > 0 || !/^[a-zA-Z,]*$/.test(left + output)) {
    throw new Error(`equation must look like 'ij,jk->ik', with a letter an axis, but it is '${equation}'`);
  }
  if (inputs.length !== tensors.length) throw new Error(`equation '${equation}' names ${inputs.length} tensors, but there are ${tensors.length}`);
  const sizes = new Map<string, number>();
  inputs.forEach((letters, i) => {
    const { shape } = tensors[i];
    if (letters.length !== shape.length) throw new Error(`tensors[${i}] must have a rank of ${letters.length} as '${letters}', but it has rank ${shape.length} and shape [${shape.join(', ')}]`);
    if (unique(letters) !== letters) throw new Error(`equation '${equation}' has an axis twice in '${letters}': diagonals are not taken`);
    [...letters].forEach((letter, axis) => {
      if ((sizes.get(letter) ?? shape[axis]) !== shape[axis]) {
        throw new Error(`tensors[${i}] must have exactly ${sizes.get(letter)} dimensions in axis ${axis}, '${letter}', but it has shape [${shape.join(', ')}]`);
      }
      sizes.set(letter, shape[axis]);
    });
  });
  if (unique(output) !== output || [...output].some((letter) => !sizes.has(letter))) throw new Error(`equation '${equation}' must have every axis of '${output}' once, and in a tensor`);
  return { operands: tensors.map((tensor, i) => ({ tensor, letters: inputs[i] })), output };
}

/** Sums over the axes that are not kept. */
function keep({ tensor, letters }: Lettered, kept: string): Lettered {
  const gone = [...letters].flatMap((letter, axis) => (kept.includes(letter) ? [] : [axis]));
  return gone.length === 0 ? { tensor, letters } : { tensor: tf.sum(tensor, gone), letters: [...letters].filter((letter) => kept.includes(letter)).join('') };
}

/** The axes in another order. */
const arrange = ({ tensor, letters }: Lettered, order: string): tf.Tensor =>
  (order === letters ? tensor : tf.transpose(tensor, [...order].map((letter) => letters.indexOf(letter))));

const sizeOf = ({ tensor, letters }: Lettered, axes: string): number => [...axes].reduce((size, letter) => size * tensor.shape[letters.indexOf(letter)], 1);

/** The product of two, summed over what is not kept, as one matrix product for each entry of the axes that both keep. */
function multiply(first: Lettered, second: Lettered, kept: string): Lettered {
  const [a, b] = [keep(first, kept + second.letters), keep(second, kept + first.letters)];
  const common = [...a.letters].filter((letter) => b.letters.includes(letter)).join('');
  const batch = [...common].filter((letter) => kept.includes(letter)).join('');
  const summed = [...common].filter((letter) => !kept.includes(letter)).join('');
  const [rows, columns] = [a, b].map(({ letters }) => [...letters].filter((letter) => !common.includes(letter)).join(''));
  const letters = batch + rows + columns;
  const shape = [...[...batch + rows].map((letter) => sizeOf(a, letter)), ...[...columns].map((letter) => sizeOf(b, letter))];
  const [n, m, k, p] = [sizeOf(a, batch), sizeOf(a, rows), sizeOf(a, summed), sizeOf(b, columns)];
  const [left, right] = [tf.reshape(arrange(a, batch + rows + summed), [n, m, k]), tf.reshape(arrange(b, batch + summed + columns), [n, k, p])];
  // Without a sum the product is by elements: a matrix product of one column and one row.
  return { tensor: tf.reshape(k === 1 ? tf.mul(left, right) : tf.matMul(left, right), shape), letters };
}

/**
 * Sums of products by Einstein's convention, in place of TensorFlow.js's own, which gives wrong sums where an axis stands in one tensor alone and is not in
 * the result ('ij,jk->k'), and has no gradient. Differentiable to any order.
 *
 * @param equation as 'bij,bjk->bik': a letter for each axis; summed over are those that the result does not have. No ellipsis, and no axis twice
 *   in one tensor.
 * @throws Error that names the tensor, axis and shape, or what is wrong with the equation.
 */
export function einsum(equation: string, ...tensors: tf.Tensor[]): tf.Tensor {
  const { operands, output } = parse(equation, tensors);
  return tf.tidy(() => {
    const result = operands.slice(1).reduce((product, operand, i) => {
      const later = operands.slice(i + 2).map(({ letters }) => letters).join('');
      return multiply(product, operand, output + later);
    }, operands[0]);
    return tf.clone(arrange(keep(result, output), output));
  });
}
