import { NoToneMapping, SRGBColorSpace, WebGLRenderer } from 'three';
import { ViewerError } from './viewerError';

/**
 * A renderer on a canvas, its colours encoded to sRGB and nothing else done to them.
 * @throws ViewerError 'no-webgl2' where the browser gives no WebGL2 context.
 */
export function createRenderer(canvas: HTMLCanvasElement): WebGLRenderer {
  // Asked for here, since three.js reports a missing context on the console only.
  const context = canvas.getContext('webgl2', { antialias: true, alpha: false, stencil: false, powerPreference: 'default' });
  if (!context) {
    throw new ViewerError('no-webgl2', 'The 3D view needs WebGL2, which this browser does not offer. Turn on hardware acceleration or use another browser.');
  }
  const renderer = new WebGLRenderer({ canvas, context, antialias: true });
  renderer.outputColorSpace = SRGBColorSpace;
  renderer.toneMapping = NoToneMapping;
  return renderer;
}
