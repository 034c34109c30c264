import * as tf from './tf';

/** The WebGL context went away with everything on it: tensors, variables, programs. */
export class ContextLostError extends Error {
  override readonly name = 'ContextLostError';
}

export interface ContextSupervisor {
  /** From the loss until a fresh backend is ready. */
  readonly isLost: boolean;
  /** As `work`, but rejects with a ContextLostError once the context is lost: reads that are pending then would never settle. */
  guard<T>(work: Promise<T>): Promise<T>;
  /** Resolves when tensors can be made (again); rejects with a ContextLostError if no context could be had. */
  whenUsable(): Promise<void>;
  /** Stops watching. */
  dispose(): void;
}

export interface SupervisorOptions {
  /** Called at once: stop the loop, drop all tensors. */
  readonly onLost?: () => void;
  /** Called when a fresh backend is ready: upload again from what was kept on the CPU. */
  readonly onUsable?: () => void;
  /** Tries for a new context before giving up, and milliseconds between them: a driver that restarts takes seconds. */
  readonly attempts?: number;
  readonly retryMs?: number;
}

const BACKEND = 'webgl';

/**
 * Watches the webgl backend's context (the backend must be the current one). When it is lost, pending guarded reads reject, the dead backend is replaced
 * by a fresh one on a new context, and that is watched in turn. TensorFlow.js's own state says nothing: its reads hang, its ops return zeros.
 */
export function superviseContext({ onLost, onUsable, attempts = 40, retryMs = 250 }: SupervisorOptions = {}): ContextSupervisor {
  let isLost = false;
  let isDisposed = false;
  let usable: Promise<void> = Promise.resolve();
  let watched: { readonly canvas: EventTarget; readonly gpgpu: tf.GPGPUContext } | undefined;
  const rejecters = new Set<(error: ContextLostError) => void>();

  const handleLoss = (event: Event): void => {
    event.preventDefault();
    if (isLost) return;
    isLost = true;
    unwatch();
    if (watched) stopPolling(watched.gpgpu);
    const error = new ContextLostError('The graphics context was lost; what was being computed is gone.');
    rejecters.forEach((reject) => reject(error));
    rejecters.clear();
    usable = replaceBackend(attempts, retryMs).then(() => {
      isLost = false;
      if (isDisposed) return;
      watch();
      onUsable?.();
    });
    // Whoever waits sees the rejection; with nobody waiting it is no crash.
    usable.catch(() => undefined);
    onLost?.();
  };
  const unwatch = (): void => watched?.canvas.removeEventListener('webglcontextlost', handleLoss);
  const watch = (): void => {
    const { gpgpu } = tf.backend() as tf.MathBackendWebGL;
    watched = { gpgpu, canvas: gpgpu.gl.canvas };
    watched.canvas.addEventListener('webglcontextlost', handleLoss);
  };
  watch();

  return {
    get isLost() {
      return isLost;
    },
    guard<T>(work: Promise<T>): Promise<T> {
      if (isLost) return Promise.reject(new ContextLostError('The graphics context is lost.'));
      return new Promise<T>((resolve, reject) => {
        rejecters.add(reject);
        work.then(resolve, reject).finally(() => rejecters.delete(reject));
      });
    },
    whenUsable: () => usable,
    dispose() {
      isDisposed = true;
      unwatch();
    },
  };
}

/** The fences that pending reads wait for never pass now; TensorFlow.js would ask for them in a tight loop for ever. */
function stopPolling(gpgpu: tf.GPGPUContext): void {
  (gpgpu as unknown as { itemsToPoll: unknown[] }).itemsToPoll = [];
}

async function replaceBackend(attempts: number, retryMs: number): Promise<void> {
  // After the event's other listeners: TensorFlow.js forgets the dead context in its own.
  await Promise.resolve();
  tf.removeBackend(BACKEND);
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, retryMs));
    if (await startBackend()) return;
  }
  throw new ContextLostError('The graphics context was lost and the browser gives no new one. Reload the page.');
}

async function startBackend(): Promise<boolean> {
  try {
    tf.registerBackend(BACKEND, () => new tf.MathBackendWebGL(), 2);
    if (await tf.setBackend(BACKEND)) return true;
  } catch {
    // No context yet: the next attempt may have one.
  }
  if (tf.findBackendFactory(BACKEND)) tf.removeBackend(BACKEND);
  return false;
}
