import { usePass, type Pass } from './pass';
import { PIXEL_CENTRE } from './glsl';
import type { KernelCall } from './registerWebglKernel';
import { bindTargets } from './resources';
import { scratch, type Output } from './tensorTextures';
import { ungroup } from './ungroup';
import { sharedUniforms, type PixelContributions, type VertexSum } from './pixelContributions';

// The sum by additive float blending: every pixel sends a point to each of its triangle's vertices. Points blend in the order in which they are drawn, so
// the sums are the same every time.

/** Three points a pixel, each placed on its vertex's texel and added there. */
const pointVertex = (glsl: string) => `
flat out vec4 value;
${PIXEL_CENTRE}
${glsl}
void main() {
  gl_PointSize = 1.0;
  gl_Position = vec4(2, 2, 2, 1);
  value = vec4(0);
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
      value = corner == 0 ? s0 : corner == 1 ? s1 : s2;
      int n = (outBatch == 1 ? 0 : rowAndPose.y) * vertexCount + index[corner];
      vec2 texel = vec2(divide(n, outWidth)) + 0.5;
      gl_Position = vec4(texel / vec2(outWidth, outHeight) * 2.0 - 1.0, 0, 1);
    }
  }
}`;

const POINT_FRAGMENT = 'flat in vec4 value; out vec4 added; void main() { added = value; }';

export function blendPixels(
  { backend, resources, use, draw }: KernelCall<string>, { key, inputs, uniforms, glsl }: PixelContributions, sum: VertexSum, output: Output,
): void {
  const { batch, height, width } = sum.sizes;
  const dense = output.view.layout === 'dense';
  const sums = dense ? { ...output.view, ...output.target } : use(scratch(backend, sum.outBatch * sum.vertexCount));
  const points = (group: number): Pass => ({
    key: `${key} by point`, inputs, vertex: () => pointVertex(glsl), fragment: () => POINT_FRAGMENT,
    uniforms: { ...sharedUniforms(sum, sums.width), outHeight: sums.height, group, ...uniforms },
  });
  draw((gl) => {
    for (let group = 0; group < Math.ceil(sum.channels / 4); group++) {
      bindTargets(resources, [sums]);
      gl.clearBufferfv(gl.COLOR, 0, [0, 0, 0, 0]);
      usePass(resources, points(group));
      gl.bindVertexArray(resources.vertexArray);
      gl.enable(gl.BLEND);
      gl.blendEquation(gl.FUNC_ADD);
      gl.blendFunc(gl.ONE, gl.ONE);
      gl.drawArrays(gl.POINTS, 0, 3 * batch * height * width);
      gl.disable(gl.BLEND);
      if (!dense) ungroup(resources, sums, sum, group, output);
    }
  });
}
