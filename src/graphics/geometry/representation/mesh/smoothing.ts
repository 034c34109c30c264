import { asFloat } from '../../../asFloat';
import { checkAxis, checkMinimumRank } from '../../../shape';
import * as tf from '../../../tf';
import type { SparseNeighborhood } from '../../convolution/sparseNeighborhood';
import * as laplacian from './laplacian';

/**
 * Smooths without shrinking: each round moves vertices towards the mean of their neighbours by `lambda`, then back by a little more, `mu`.
 * Waves longer than the pass band 1/λ + 1/μ stay, shorter ones fade. Differentiable.
 *
 * @param vertices [*, V, C]
 * @param neighborhood [V, V] with averaging weights, as from `createNeighborhood(meshNeighborhood(mesh, { selfEdges: false }))`.
 * @param options.iterations rounds.
 * @param options.lambda in 0 … 1.
 * @param options.mu below −lambda; 0 leaves the second half out: plain Laplacian smoothing, which shrinks.
 * @returns [*, V, C]
 * @throws Error that names the argument, axis and shape.
 * Source: Taubin 1995, "A signal processing approach to fair surface design".
 * @example
 * ```ts
 * const triangle = { positions: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]), faces: Uint32Array.from([0, 1, 2]) };
 * const { createNeighborhood, meshNeighborhood } = geometry.convolution;
 * const ring = createNeighborhood(meshNeighborhood(triangle, { selfEdges: false }));
 * // One round, without the way back: halfway to the mean of the other two.
 * geometry.representation.mesh.smoothing.taubin(tf.tensor2d([[0], [3], [6]]), ring, { iterations: 1, mu: 0 }); // → [[2.25], [3], [3.75]]
 * ```
 */
export function taubin(vertices: tf.Tensor, neighborhood: SparseNeighborhood, { iterations = 10, lambda = 0.5, mu = -0.53 } = {}): tf.Tensor {
  checkMinimumRank('vertices', vertices, 2);
  checkAxis('vertices', vertices, -2, neighborhood.columnCount);
  return tf.tidy(() => {
    const move = (at: tf.Tensor, share: number) => (share === 0 ? at : tf.add(at, tf.mul(laplacian.uniform(at, neighborhood), share)));
    let smoothed = tf.clone(asFloat(vertices));
    for (let round = 0; round < iterations; round++) smoothed = move(move(smoothed, lambda), mu);
    return smoothed;
  });
}
