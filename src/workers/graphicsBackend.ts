import * as tf from '../graphics/tf';
import type { EngineTrouble } from './poseApi';

/** A backend that is ready to compute. */
export interface GraphicsBackend {
  readonly name: string;
  /** The graphics card as the browser names it. */
  readonly renderer: string;
  /** It draws by the processor: right, and slow. */
  readonly software: boolean;
  /** What it lacks, one plain sentence each; all of it works all the same. */
  readonly lacks: readonly string[];
  /** Calls back when the context goes away: from then on no read is answered. */
  onLost(callback: () => void): void;
  loseContext(): boolean;
  /** Whether the graphics device has refused memory since this was last asked (GL's OUT_OF_MEMORY, of which TensorFlow.js takes no notice). */
  ranOutOfMemory(): boolean;
}

/** What keeps this browser from computing, with the reason in words. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  constructor(readonly trouble: EngineTrouble) {
    super(trouble.message);
  }
}

const PLAIN: GraphicsBackend = {
  name: 'cpu', renderer: 'plain loops on the processor', software: false, lacks: [], onLost: () => undefined, loseContext: () => false, ranOutOfMemory: () => false,
};

/** Where the browser draws by software, or cannot compute on a graphics card at all, plain loops on the processor are many times as fast. */
export function fasterBackend(): 'webgl' | 'cpu' {
  const { usable, software } = tf.probeCapabilities();
  return usable && !software ? 'webgl' : 'cpu';
}

export async function startBackend(name: 'webgl' | 'cpu'): Promise<GraphicsBackend> {
  if (name === 'cpu') {
    await tf.setBackend('cpu');
    return PLAIN;
  }
  const { usable, webgl2, software, missing } = tf.probeCapabilities();
  if (!usable) throw new BackendError({ code: webgl2 ? 'no-float-textures' : 'no-webgl2', message: missing.join(' ') });
  // Beside the page a context may have been lost before: a fresh one is on its way.
  await supervisor?.whenUsable().catch((error: Error) => {
    throw new BackendError({ code: 'context-lost', message: error.message });
  });
  if (!(await tf.setBackend('webgl'))) throw new BackendError({ code: 'no-webgl2', message: 'The browser gave no WebGL2 context. Close other tabs, or reload the page.' });
  supervisor ??= tf.superviseContext({ onLost: () => [...lossListeners].forEach((listener) => listener()) });
  const { gl } = webglBackend().gpgpu;
  return {
    name: 'webgl',
    renderer: rendererOf(gl),
    software,
    lacks: missing,
    onLost(callback) {
      const once = () => {
        lossListeners.delete(once);
        callback();
      };
      lossListeners.add(once);
    },
    loseContext() {
      const extension = webglBackend().gpgpu.gl.getExtension('WEBGL_lose_context');
      extension?.loseContext();
      return extension !== null;
    },
    ranOutOfMemory() {
      const backend = tf.backend();
      if (!(backend instanceof tf.MathBackendWebGL)) return false;
      const { gl } = backend.gpgpu;
      for (let error = gl.getError(); error !== gl.NO_ERROR && error !== CONTEXT_LOST_WEBGL; error = gl.getError()) {
        if (error === gl.OUT_OF_MEMORY) return true;
      }
      return false;
    },
  };
}

/** WebGL's own error, reported by a context that is gone. */
const CONTEXT_LOST_WEBGL = 0x9242;

/** Watches this thread's one context from its first use on. */
let supervisor: tf.ContextSupervisor | undefined;
const lossListeners = new Set<() => void>();

function webglBackend(): tf.MathBackendWebGL {
  const backend = tf.backend();
  if (!(backend instanceof tf.MathBackendWebGL)) throw new Error('The webgl backend is not the one expected.');
  return backend;
}

function rendererOf(gl: WebGLRenderingContext): string {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}
