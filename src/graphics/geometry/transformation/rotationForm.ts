import * as tf from '../../tf';

/** [9, 16]: how the entries of R (row-major) make 4·q·qᵀ − identity. */
const OUTER_PRODUCT: number[][] = (() => {
  const [m00, m01, m02, m10, m11, m12, m20, m21, m22] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const sums: Record<number, [number, number][]> = {
    0: [[m00, 1], [m11, -1], [m22, -1]], 1: [[m01, 1], [m10, 1]], 2: [[m02, 1], [m20, 1]], 3: [[m21, 1], [m12, -1]],
    5: [[m00, -1], [m11, 1], [m22, -1]], 6: [[m12, 1], [m21, 1]], 7: [[m02, 1], [m20, -1]],
    10: [[m00, -1], [m11, -1], [m22, 1]], 11: [[m10, 1], [m01, -1]],
    15: [[m00, 1], [m11, 1], [m22, 1]],
  };
  const map = Array.from({ length: 9 }, () => new Array<number>(16).fill(0));
  for (const [at, terms] of Object.entries(sums)) {
    const [i, j] = [Math.floor(Number(at) / 4), Number(at) % 4];
    for (const [entry, factor] of terms) map[entry][4 * i + j] = map[entry][4 * j + i] = factor;
  }
  return map;
})();

/**
 * The symmetric form K with qᵀ K q = Σ R(q)_ij M_ij for unit quaternions q. For a rotation matrix M it is 4 q qᵀ − identity; for any M
 * its first eigenvector is the rotation nearest to M (Davenport's q-method).
 * @param flat [N, 9]: matrices, row by row.
 * @returns [N, 4, 4]
 */
export const rotationForm = (flat: tf.Tensor): tf.Tensor => tf.reshape(tf.matMul(flat, tf.tensor2d(OUTER_PRODUCT)), [-1, 4, 4]);
