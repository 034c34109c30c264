import { usePass, type Pass } from '../webgl/pass';
import { attachDepth, bindTargets, detachDepth, type GLResources, type Target } from '../webgl/resources';
import type { View } from '../webgl/tensorTextures';

// Blends happen within a pixel of a silhouette. Instead of visiting every pixel, draw a triangle around the bounds of each face that has a silhouette edge:
// at 256² and 10,000 faces that is about a tenth of the image. Overlaps are run once (depth test).

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

/** A right triangle over the bounds and one pixel more on each side. It reaches beyond them; texels are computed the same wherever they are asked for. */
const VERTEX = `
void main() {
  ivec2 cornerAndFace = divide(gl_VertexID, 3);
  gl_Position = vec4(2, 2, 2, 1);
  vec4 record = silhouettes_texel(cornerAndFace.y);
  if (record.r != 0.0) {
    int pose = divide(cornerAndFace.y, faceCount).y;
    ivec2 extent = divide(int(record.a), 4096);
    vec2 low = record.gb - 1.0 + vec2(0, pose * height - gl_InstanceID);
    vec2 high = record.gb + vec2(extent) + 2.0 + vec2(0, pose * height - gl_InstanceID);
    low = floor(low / vec2(2, lines)) * vec2(perPair, 1) ;
    high = ceil(high / vec2(2, lines)) * vec2(perPair, 1);
    vec2 at = low + 2.0 * (high - low) * vec2(cornerAndFace.x == 1, cornerAndFace.x == 2) + vec2(gl_InstanceID * line, 0);
    gl_Position = vec4(at / vec2(outWidth, outHeight) * 2.0 - 1.0, 0, 1);
  }
}`;

/** Runs the fragment shader for the texels near silhouettes and leaves the others. `pass.inputs` holds `silhouettes`, its uniforms `faceCount` and `height`. */
export function drawNearSilhouettes(
  resources: GLResources, pass: Omit<Pass, 'vertex'> & { readonly inputs: { readonly silhouettes: View } }, target: Target, rows: RowLayout, faces: number,
): void {
  const { gl } = resources;
  bindTargets(resources, [target]);
  attachDepth(resources, target);
  gl.depthMask(true);
  gl.clearBufferfv(gl.DEPTH, 0, [1]);
  gl.enable(gl.DEPTH_TEST);
  gl.depthFunc(gl.LESS);
  const { lines, line, perPair } = rows;
  usePass(resources, {
    ...pass, key: `${pass.key} near silhouettes`, vertex: () => VERTEX,
    uniforms: { ...pass.uniforms, lines, line, perPair, outWidth: target.width, outHeight: target.height },
  });
  gl.bindVertexArray(resources.vertexArray);
  gl.drawArraysInstanced(gl.TRIANGLES, 0, 3 * faces, lines);
  gl.disable(gl.DEPTH_TEST);
  detachDepth(resources);
}
