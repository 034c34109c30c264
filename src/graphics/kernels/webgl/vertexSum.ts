import { blendPixels } from './blendPixels';
import { sumsByBlending } from './floatBlend';
import { gatherTriangles } from './gatherTriangles';
import type { CornerTable, PixelContributions, VertexSum } from './pixelContributions';
import type { KernelCall } from './registerWebglKernel';
import { denseOutput, packedOutput, type Output } from './tensorTextures';

/** Sums per-pixel contributions into vertices. */
export function sumIntoVertices(
  call: KernelCall<string>, contributions: PixelContributions, sum: VertexSum, table: CornerTable,
): Output {
  const { backend, resources } = call;
  const { outBatch, vertexCount, channels } = sum;
  const output = channels === 4 ? denseOutput(backend, [outBatch, vertexCount, 4]) : packedOutput(backend, [outBatch, vertexCount, channels]);
  if (sumsByBlending(resources, sum.sizes)) blendPixels(call, contributions, sum, output);
  else gatherTriangles(call, contributions, sum, output, table);
  return output;
}
