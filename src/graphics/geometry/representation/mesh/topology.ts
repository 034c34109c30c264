import type { Topology } from '../../../../scene/topology';
import * as tf from '../../../tf';

/** A mesh's connectivity on the device; see scene/topology for the meaning of each part. */
export interface MeshTopology {
  readonly vertexCount: number;
  readonly faceCount: number;
  /** [F, 3] int32 */
  readonly faces: tf.Tensor2D;
  /** [F, 3] int32 */
  readonly opposites: tf.Tensor2D;
  /** [V + 1] int32 */
  readonly cornerOffsets: tf.Tensor1D;
  /** [3 F] int32 */
  readonly corners: tf.Tensor1D;
}

/**
 * Uploads a topology. The caller disposes it with {@link disposeTopology}; inside tf.tidy it is kept.
 * @param topology as from `buildTopology`.
 * @returns tensors that the caller disposes with {@link disposeTopology}.
 * @example
 * ```ts
 * const { buildTopology, createTopology } = geometry.representation.mesh;
 * const topology = createTopology(buildTopology({ positions: new Float32Array(12), faces: Uint32Array.from([0, 1, 2, 0, 2, 3]) }));
 * topology.faceCount; // → 2
 * topology.faces; // → [[0, 1, 2], [0, 2, 3]]
 * ```
 */
export function createTopology(topology: Topology): MeshTopology {
  const faceCount = topology.faces.length / 3;
  return {
    vertexCount: topology.vertexCount,
    faceCount,
    faces: tf.keep(tf.tensor2d(topology.faces, [faceCount, 3], 'int32')),
    opposites: tf.keep(tf.tensor2d(topology.opposites, [faceCount, 3], 'int32')),
    cornerOffsets: tf.keep(tf.tensor1d(topology.cornerOffsets, 'int32')),
    corners: tf.keep(tf.tensor1d(topology.corners, 'int32')),
  };
}

/**
 * Frees the tensors of {@link createTopology}.
 * @param topology not to be used again.
 * @example
 * ```ts
 * const { buildTopology, createTopology, disposeTopology } = geometry.representation.mesh;
 * const topology = createTopology(buildTopology({ positions: new Float32Array(9), faces: Uint32Array.from([0, 1, 2]) }));
 * disposeTopology(topology);
 * topology.faces.isDisposed; // → true
 * ```
 */
export function disposeTopology(topology: MeshTopology): void {
  tf.dispose([topology.faces, topology.opposites, topology.cornerOffsets, topology.corners]);
}
