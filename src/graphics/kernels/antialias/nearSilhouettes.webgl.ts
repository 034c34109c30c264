import { usePass, type Pass } from '../webgl/pass';
import { attachDepth, bindTargets, detachDepth, type GLResources, type Target } from '../webgl/resources';
import type { View } from '../webgl/tensorTextures';

// Blends happen within a pixel of a silhouette. Instead of visiting every pixel, draw a square around the bounds of each face's silhouette edges:
// at 256² and 10,000 faces that is about a tenth of the image. Overlaps are run once (depth test). Points, because a vertex costs software GL more than
// a fragment; triangles where points do not get large enough.

/** How an image's rows lie in a texture: `lines` image rows side by side, each `line` texels, of which two pixels take `perPair`. */
export interface RowLayout { readonly line: number; readonly lines: number; readonly perPair: number }

/** More image rows than this in one texture row, and visiting every texel is simpler. */
const MAX_LINES = 8;

export function rowLayout(textureWidth: number, line: number, perPair: number): RowLayout | undefined {
  const lines = textureWidth / line;
  return Number.isInteger(lines) && lines <= MAX_LINES ? { line, lines, perPair } : undefined;
}

/** The faces' vertices cost more than the pixels once there are about as many of them. */
export const isWorthwhile = (faceCount: number, height: number, width: number): boolean => 2 * faceCount < height * width;

/** Covers the bounds and reaches beyond them; texels are computed the same wherever they are asked for. */
const vertex = (points: boolean) => `
void main() {
  ivec2 cornerAndFace = ${points ? 'ivec2(0, gl_VertexID)' : 'divide(gl_VertexID, 3)'};
  gl_Position = vec4(2, 2, 2, 1);
  gl_PointSize = 1.0;
  vec4 record = silhouettes_texel(cornerAndFace.y);
  if (record.r != 0.0) {
    vec2 first = vec2(0, divide(cornerAndFace.y, faceCount).y * height - gl_InstanceID);
    ivec2 extent = divide(int(record.a), 4096);
    vec2 low = floor((first + record.gb) / vec2(2, lines)) * vec2(perPair, 1);
    vec2 high = ceil((first + record.gb + vec2(extent) + 1.0) / vec2(2, lines)) * vec2(perPair, 1);
    vec2 size = high - low;
    gl_PointSize = max(size.x, size.y);
    vec2 at = low + ${points ? '0.5 * size' : '2.0 * size * vec2(cornerAndFace.x == 1, cornerAndFace.x == 2)'} + vec2(gl_InstanceID * line, 0);
    gl_Position = vec4(at / vec2(outWidth, outHeight) * 2.0 - 1.0, 0, 1);
  }
}`;

/** Runs the fragment shader for the texels near silhouettes and leaves the others. `pass.inputs` holds `silhouettes`, its uniforms `faceCount` and `height`. */
export function drawNearSilhouettes(
  resources: GLResources, pass: Omit<Pass, 'vertex'> & { readonly inputs: { readonly silhouettes: View }; readonly uniforms: { readonly height: number } }, target: Target, rows: RowLayout, faces: number,
): void {
  const { gl } = resources;
  bindTargets(resources, [target]);
  attachDepth(resources, target);
  gl.depthMask(true);
  gl.clearBufferfv(gl.DEPTH, 0, [1]);
  gl.enable(gl.DEPTH_TEST);
  gl.depthFunc(gl.LESS);
  const { lines, line, perPair } = rows;
  const points = Math.max(line, pass.uniforms.height) + 4 <= resources.maxPointSize;
  usePass(resources, {
    ...pass, key: `${pass.key} near silhouettes ${points}`, vertex: () => vertex(points),
    uniforms: { ...pass.uniforms, lines, line, perPair, outWidth: target.width, outHeight: target.height },
  });
  gl.bindVertexArray(resources.vertexArray);
  if (points) gl.drawArraysInstanced(gl.POINTS, 0, faces, lines);
  else gl.drawArraysInstanced(gl.TRIANGLES, 0, 3 * faces, lines);
  gl.disable(gl.DEPTH_TEST);
  detachDepth(resources);
}
