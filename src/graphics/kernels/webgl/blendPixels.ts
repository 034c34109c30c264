import { addPoints, POINT } from './addPoints';
import type { Pass } from './pass';
import { PIXEL_CENTRE } from './glsl';
import type { KernelCall } from './registerWebglKernel';
import { scratch, type Output } from './tensorTextures';
import { ungroup } from './ungroup';
import { sharedUniforms, type PixelContributions, type VertexSum } from './pixelContributions';

// The sum by additive float blending: every pixel sends a point to each of its triangle's vertices.

/** Three points a pixel, each placed on its vertex's texel and added there. */
const pointVertex = (glsl: string) => `
${POINT}${PIXEL_CENTRE}
${glsl}
void main() {
  addNothing();
  ivec2 cornerAndPixel = divide(gl_VertexID, 3);
  ivec2 columnAndRow = divide(cornerAndPixel.y, width);
  int i = columnAndRow.x; int m = columnAndRow.y;
  vec4 seen = raster_row4(m, i);
  if (seen.w != 0.0) {
    ivec2 rowAndPose = divide(m, height);
    ivec3 index = ivec3(faces_row3(0, int(seen.w) - 1));
    vec4 p0 = clip_row4(rowAndPose.y, index.x); vec4 p1 = clip_row4(rowAndPose.y, index.y); vec4 p2 = clip_row4(rowAndPose.y, index.z);
    if (prepare(rowAndPose.y, int(seen.w) - 1, group, index, p0, p1, p2)) {
      vec4 s0 = vec4(0); vec4 s1 = vec4(0); vec4 s2 = vec4(0);
      contribute(m, i, rowAndPose.x, seen, s0, s1, s2);
      int corner = cornerAndPixel.x;
      int n = (outBatch == 1 ? 0 : rowAndPose.y) * vertexCount + index[corner];
      addAt(n, outWidth, outHeight, corner == 0 ? s0 : corner == 1 ? s1 : s2);
    }
  }
}`;

export function blendPixels(
  { backend, resources, use, draw }: KernelCall<string>, { key, inputs, uniforms, glsl }: PixelContributions, sum: VertexSum, output: Output,
): void {
  const { batch, height, width } = sum.sizes;
  const dense = output.view.layout === 'dense';
  const sums = dense ? { ...output.view, ...output.target } : use(scratch(backend, sum.outBatch * sum.vertexCount));
  const points = (group: number): Omit<Pass, 'fragment'> => ({
    key: `${key} by point`, inputs, vertex: () => pointVertex(glsl),
    uniforms: { ...sharedUniforms(sum, sums.width), outHeight: sums.height, group, ...uniforms },
  });
  draw(() => {
    for (let group = 0; group < Math.ceil(sum.channels / 4); group++) {
      addPoints(resources, points(group), 3 * batch * height * width, sums);
      if (!dense) ungroup(resources, sums, [sum.outBatch, sum.vertexCount, sum.channels], group, output);
    }
  });
}
