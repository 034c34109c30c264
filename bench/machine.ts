/** What the figures were taken on: the browser, the renderer behind WebGL, the processor's threads. */
export function describeMachine(): Readonly<Record<string, string | number>> {
  const gl = document.createElement('canvas').getContext('webgl2');
  const names = gl?.getExtension('WEBGL_debug_renderer_info');
  const renderer = gl && names ? String(gl.getParameter(names.UNMASKED_RENDERER_WEBGL)) : 'no WebGL2';
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return { userAgent: navigator.userAgent, renderer, threads: navigator.hardwareConcurrency };
}
