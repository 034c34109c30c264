import * as tf from '../graphics/tf';
import type { EngineTrouble } from './poseApi';

/** A backend that is ready to compute. */
export interface GraphicsBackend {
  readonly name: string;
  /** The graphics card as the browser names it. */
  readonly renderer: string;
  /** Calls back when the context goes away: from then on no read is answered. */
  onLost(callback: () => void): void;
  loseContext(): boolean;
}

/** What keeps this browser from computing, with the reason in words. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  constructor(readonly trouble: EngineTrouble) {
    super(trouble.message);
  }
}

const PLAIN: GraphicsBackend = { name: 'cpu', renderer: 'plain loops on the processor', onLost: () => undefined, loseContext: () => false };

export async function startBackend(name: 'webgl' | 'cpu'): Promise<GraphicsBackend> {
  if (name === 'cpu') {
    await tf.setBackend('cpu');
    await tf.ready();
    return PLAIN;
  }
  if (!(await tf.setBackend('webgl').catch(() => false))) {
    throw new BackendError({
      code: 'no-webgl2', message: 'This browser gives the page no WebGL2, which the renderer runs on. Turn on hardware acceleration, or try a current Chrome, Firefox, Edge or Safari.',
    });
  }
  await tf.ready();
  const backend = tf.backend();
  if (!(backend instanceof tf.MathBackendWebGL)) throw new Error('The webgl backend is not the one expected.');
  const { gl } = backend.gpgpu;
  const missing = missingOf(gl);
  if (missing) throw new BackendError(missing);
  return {
    name: 'webgl',
    renderer: rendererOf(gl),
    onLost: (callback) => gl.canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault();
      callback();
    }, { once: true }),
    loseContext() {
      const extension = gl.getExtension('WEBGL_lose_context');
      extension?.loseContext();
      return extension !== null;
    },
  };
}

function missingOf(gl: WebGLRenderingContext): EngineTrouble | undefined {
  if (tf.env().getNumber('WEBGL_VERSION') < 2) {
    return { code: 'no-webgl2', message: 'This browser offers WebGL 1 only; the renderer needs WebGL2. A current browser has it.' };
  }
  if (!gl.getExtension('EXT_color_buffer_float') || !tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
    return {
      code: 'no-float-textures',
      message: 'This graphics card cannot draw into 32-bit float textures (EXT_color_buffer_float), so gradients would be too coarse to follow.',
    };
  }
  return undefined;
}

function rendererOf(gl: WebGLRenderingContext): string {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}
