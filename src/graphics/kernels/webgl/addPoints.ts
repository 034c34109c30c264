import { usePass, type Pass } from './pass';
import { bindTargets, type GLResources, type Target } from './resources';

// Sums by additive float blending: each vertex of a draw is a point that adds four numbers to one texel. Points blend in the order in which they are
// drawn, so the sums are the same every time.

/** `addAt(n, sumsWidth, sumsHeight, added)`: puts the point on texel n. A vertex that does not call it must call `addNothing()`. */
export const POINT = `
flat out vec4 value;
void addAt(int n, int sumsWidth, int sumsHeight, vec4 added) {
  value = added;
  gl_PointSize = 1.0;
  gl_Position = vec4((vec2(divide(n, sumsWidth)) + 0.5) / vec2(sumsWidth, sumsHeight) * 2.0 - 1.0, 0, 1);
}
void addNothing() { value = vec4(0); gl_PointSize = 1.0; gl_Position = vec4(2, 2, 2, 1); }`;

const FRAGMENT = 'flat in vec4 value; out vec4 added; void main() { added = value; }';

/** Clears the target and adds `count` points to it, which `pass.vertex` places. */
export function addPoints(resources: GLResources, pass: Omit<Pass, 'fragment'>, count: number, target: Target): void {
  const { gl, vertexArray } = resources;
  bindTargets(resources, [target]);
  gl.clearBufferfv(gl.COLOR, 0, [0, 0, 0, 0]);
  usePass(resources, { ...pass, fragment: () => FRAGMENT });
  gl.bindVertexArray(vertexArray);
  gl.enable(gl.BLEND);
  gl.blendEquation(gl.FUNC_ADD);
  gl.blendFunc(gl.ONE, gl.ONE);
  gl.drawArrays(gl.POINTS, 0, count);
  gl.disable(gl.BLEND);
}
