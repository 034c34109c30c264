import type * as tf from '../../tf';

/** A linked program and where its uniforms are. */
export interface CompiledProgram { readonly program: WebGLProgram; readonly locations: Map<string, WebGLUniformLocation | null> }

/** What our kernels keep on one WebGL context: made once, reused by every call, gone with the context. */
export interface GLResources {
  readonly gl: WebGL2RenderingContext;
  /** Has no attributes: vertices come from textures by gl_VertexID. */
  readonly vertexArray: WebGLVertexArrayObject;
  readonly programs: Map<string, CompiledProgram>;
  /** By number of colour attachments. */
  readonly framebuffers: Map<number, WebGLFramebuffer>;
  /** Which of them hold textures now. */
  readonly attached: Set<number>;
  /** Depth buffers by size, the most recently used last. */
  readonly depthBuffers: Map<string, WebGLRenderbuffer>;
  /** Array textures by size, the most recently used last. */
  readonly layerTextures: Map<string, WebGLTexture>;
  /** A 1 × 1 texture that stands in for tensors without elements. */
  readonly emptyTexture: WebGLTexture;
  /** EXT_float_blend is there, so float32 targets can add. */
  readonly canBlendFloats: boolean;
  /** Side of the largest point in pixels. */
  readonly maxPointSize: number;
}

/** Buffers kept of each kind: more than the image sizes of a coarse-to-fine schedule. */
const MAX_KEPT = 6;

const perContext = new WeakMap<WebGLRenderingContext, GLResources>();

/** The resources of a backend's context, made on first use. */
export function glResources(backend: tf.MathBackendWebGL): GLResources {
  const context = backend.gpgpu.gl;
  let resources = perContext.get(context);
  if (!resources) {
    resources = createResources(context as WebGL2RenderingContext);
    perContext.set(context, resources);
  }
  return resources;
}

function createResources(gl: WebGL2RenderingContext): GLResources {
  gl.getExtension('EXT_color_buffer_float');
  const emptyTexture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, emptyTexture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32F, 1, 1);
  gl.bindTexture(gl.TEXTURE_2D, null);
  return {
    gl, emptyTexture, vertexArray: gl.createVertexArray(), programs: new Map(), framebuffers: new Map(), attached: new Set(), depthBuffers: new Map(), layerTextures: new Map(),
    canBlendFloats: gl.getExtension('EXT_float_blend') !== null,
    maxPointSize: (gl.getParameter(gl.ALIASED_POINT_SIZE_RANGE) as Float32Array)[1],
  };
}

/** A texture to draw into, in texels; of an array texture one layer. */
export interface Target { readonly texture: WebGLTexture; readonly width: number; readonly height: number; readonly layer?: number }

/** Binds a framebuffer with these colour attachments, sets the viewport to the first one's size. */
export function bindTargets({ gl, framebuffers, attached }: GLResources, targets: readonly Target[]): void {
  let framebuffer = framebuffers.get(targets.length);
  const isNew = !framebuffer;
  if (!framebuffer) {
    framebuffer = gl.createFramebuffer();
    framebuffers.set(targets.length, framebuffer);
  }
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  attached.add(targets.length);
  targets.forEach(({ texture, layer }, i) => {
    if (layer === undefined) gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + i, gl.TEXTURE_2D, texture, 0);
    else gl.framebufferTextureLayer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + i, texture, 0, layer);
  });
  if (isNew && targets.length > 1) gl.drawBuffers(targets.map((_, i) => gl.COLOR_ATTACHMENT0 + i));
  gl.viewport(0, 0, targets[0].width, targets[0].height);
}

/** Takes all textures off our framebuffers: one that hangs on them would keep its memory after TensorFlow.js deletes it. */
export function releaseTargets({ gl, framebuffers, attached }: GLResources): void {
  for (const count of attached) {
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffers.get(count)!);
    for (let i = 0; i < count; i++) gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + i, gl.TEXTURE_2D, null, 0);
  }
  attached.clear();
}

/** What is kept under `key`, or made now; the least recently used one makes room. */
function keep<T>(kept: Map<string, T>, key: string, create: () => T, destroy: (old: T) => void): T {
  let value = kept.get(key);
  if (value !== undefined) {
    kept.delete(key);
  } else {
    if (kept.size >= MAX_KEPT) {
      const [oldest] = kept.keys();
      destroy(kept.get(oldest)!);
      kept.delete(oldest);
    }
    value = create();
  }
  kept.set(key, value);
  return value;
}

/** Runs `draw` with a depth buffer of the target's size on the bound framebuffer. */
export function withDepth({ gl, depthBuffers }: GLResources, { width, height }: Target, draw: () => void): void {
  const buffer = keep(depthBuffers, `${width}x${height}`, () => {
    const created = gl.createRenderbuffer();
    gl.bindRenderbuffer(gl.RENDERBUFFER, created);
    gl.renderbufferStorage(gl.RENDERBUFFER, gl.DEPTH_COMPONENT32F, width, height);
    gl.bindRenderbuffer(gl.RENDERBUFFER, null);
    return created;
  }, (old) => gl.deleteRenderbuffer(old));
  gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.DEPTH_ATTACHMENT, gl.RENDERBUFFER, buffer);
  try {
    draw();
  } finally {
    // A shader that does not compile leaves by an error; the next pass on this framebuffer must not find its depth buffer.
    gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.DEPTH_ATTACHMENT, gl.RENDERBUFFER, null);
  }
}

/** An array texture of three RGBA32F layers, for use until the next call of this function with the same size. */
export function threeLayers({ gl, layerTextures }: GLResources, width: number, height: number): WebGLTexture {
  return keep(layerTextures, `${width}x${height}`, () => {
    const created = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, created);
    gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, gl.RGBA32F, width, height, 3);
    // Floats do not filter: with the default filters the texture would count as incomplete and read 0.
    gl.texParameteri(gl.TEXTURE_2D_ARRAY, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D_ARRAY, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, null);
    return created;
  }, (old) => gl.deleteTexture(old));
}
