import { realsLike, registerCpuKernel, type Reals } from '../cpuKernel';
import { TRANSFORM_VERTICES } from './names';

export interface TransformDims {
  readonly batch: number; readonly vertexBatch: number; readonly matrixBatch: number;
  readonly vertexCount: number;
  /** Coordinates of a vertex: 3 or 4. */
  readonly columns: number;
}

/** @returns [B, V, 4] */
export function transformVerticesLoops(vertices: Reals, matrices: Reals, { batch, vertexBatch, matrixBatch, vertexCount, columns }: TransformDims): Reals {
  const transformed = realsLike(vertices, batch * vertexCount * 4);
  for (let b = 0; b < batch; b++) {
    const matrix = matrices.subarray(16 * (b % matrixBatch), 16 * (b % matrixBatch) + 16);
    for (let v = 0; v < vertexCount; v++) {
      const o = ((b % vertexBatch) * vertexCount + v) * columns;
      const w = columns === 4 ? vertices[o + 3] : 1;
      for (let r = 0; r < 4; r++) {
        transformed[4 * (b * vertexCount + v) + r] =
          matrix[4 * r] * vertices[o] + matrix[4 * r + 1] * vertices[o + 1] + matrix[4 * r + 2] * vertices[o + 2] + matrix[4 * r + 3] * w;
      }
    }
  }
  return transformed;
}

registerCpuKernel(TRANSFORM_VERTICES, ['vertices', 'matrices'], ({ vertices, matrices }) => {
  const [vertexBatch, vertexCount, columns] = vertices.shape;
  const matrixBatch = matrices.shape[0];
  const batch = Math.max(vertexBatch, matrixBatch);
  const values = transformVerticesLoops(vertices.reals, matrices.reals, { batch, vertexBatch, matrixBatch, vertexCount, columns });
  return { shape: [batch, vertexCount, 4], values };
});
