import * as tf from '../../src/graphics/tf';

export interface KernelTime {
  readonly kernel: string;
  readonly calls: number;
  readonly milliseconds: number;
}

/** Waits for the GPU: a pixel read after all commands so far comes when they are done. */
function finishGpu(): void {
  const backend = tf.backend();
  if (!(backend instanceof tf.MathBackendWebGL)) return;
  const { gl } = backend.gpgpu;
  const bound = gl.getParameter(gl.FRAMEBUFFER_BINDING) as WebGLFramebuffer | null;
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  gl.bindFramebuffer(gl.FRAMEBUFFER, bound);
}

/**
 * Where the time of `work` goes, kernel by kernel, the slowest first. Waits for the GPU after each, so the sum is more than
 * `work` takes alone. A kernel that calls others counts their time too.
 */
export function profileKernels(work: () => void): KernelTime[] {
  const engine = tf.engine();
  const usual = engine.runKernel;
  const times = new Map<string, { calls: number; milliseconds: number }>();
  engine.runKernel = function timed(this: typeof engine, name, inputs, attrs) {
    finishGpu();
    const before = performance.now();
    const result = usual.call(this, name, inputs, attrs);
    finishGpu();
    const entry = times.get(name) ?? { calls: 0, milliseconds: 0 };
    times.set(name, { calls: entry.calls + 1, milliseconds: entry.milliseconds + performance.now() - before });
    return result;
  } as typeof usual;
  try {
    work();
  } finally {
    engine.runKernel = usual;
  }
  return [...times].map(([kernel, time]) => ({ kernel, ...time })).sort((a, b) => b.milliseconds - a.milliseconds);
}
