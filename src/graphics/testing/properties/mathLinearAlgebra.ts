import { math, tf } from '../../index';
import { rotation, uniform } from './arguments';
import type { Argument, Equal, Table } from './entry';

const { solve } = math.linearAlgebra;

const times = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.mul(tf.expandDims(a, -1), tf.expandDims(b, -3)), -2);
const turnedOver = (a: tf.Tensor): tf.Tensor => tf.transpose(a, [...a.shape.slice(0, -2).map((_, i) => i), a.rank - 1, a.rank - 2]);
/** Far enough from singular matrices for float32. */
const regular = (): Argument => ({ axes: ['N', 'N'], make: (random, shape) => tf.tidy(() => tf.add(random.uniform(shape), tf.mul(tf.eye(shape[shape.length - 1]), 2.5))) });
/** With singular values near 3, 2 and 1. */
const apart = (): Argument => ({
  axes: [3, 3], make: (random, shape, own) => tf.tidy(() => {
    const turn = () => rotation().make(random, shape, own);
    return times(times(turn(), tf.add(random.uniform(shape, -0.1, 0.1), tf.tensor2d([[3, 0, 0], [0, 2, 0], [0, 0, 1]]))), turn());
  }),
});
const diagonal = (s: tf.Tensor): tf.Tensor => tf.mul(tf.expandDims(s, -1), tf.eye(3));
const isIdentity = (m: tf.Tensor): Equal => [m, tf.broadcastTo(tf.eye(3), m.shape)];

export const MATH_LINEAR_ALGEBRA: Table = {
  'math.linearAlgebra.solve': {
    args: { matrix: regular(), rhs: uniform(['N', 'K']) }, sizes: { N: [1, 8] }, law: 'times the matrix is the right-hand side, whatever the order of equations',
    holds: ({ matrix, rhs }, [x]) => {
      const product = times(matrix, x);
      const reordered = solve(tf.reverse(matrix, matrix.rank - 2), tf.reverse(rhs, rhs.rank - 2));
      return [[product, tf.broadcastTo(rhs, product.shape)], [reordered, x]];
    },
    singular: {
      'rank 1': { matrix: [[1, 2], [2, 4]], rhs: [[1], [1]] }, nothing: { matrix: [[0, 0], [0, 0]], rhs: [[1], [1]] }, 'a zero on the diagonal': { matrix: [[0, 1], [1, 0]], rhs: [[2], [3]] },
    },
  },
  'math.linearAlgebra.svd3': {
    args: { matrix: apart() }, law: 'makes the matrix again, of orthogonal matrices and falling values',
    holds: ({ matrix }, [u, s, v]) => {
      const [first, second, third] = tf.unstack(s, -1);
      const falling = tf.minimum(tf.minimum(tf.sub(first, second), tf.sub(second, third)), tf.minimum(third, 0));
      return [[times(times(u, diagonal(s)), turnedOver(v)), matrix], isIdentity(times(turnedOver(u), u)), isIdentity(times(turnedOver(v), v)), [falling, tf.zerosLike(falling)]];
    },
    singular: {
      nothing: { matrix: [[0, 0, 0], [0, 0, 0], [0, 0, 0]] }, identity: { matrix: [[1, 0, 0], [0, 1, 0], [0, 0, 1]] }, 'a mirror': { matrix: [[1, 0, 0], [0, 1, 0], [0, 0, -1]] },
      'rank 1': { matrix: [[1, 2, 3], [2, 4, 6], [3, 6, 9]] }, 'rank 2': { matrix: [[1, 2, 3], [4, 5, 6], [7, 8, 9]] }, 'nearly equal values': { matrix: [[1, 1e-6, 0], [0, 1, 0], [0, 0, 0.5]] },
    },
  },
};
