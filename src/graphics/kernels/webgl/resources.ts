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
  /** Depth buffers by size, the most recently used last. */
  readonly depthBuffers: Map<string, WebGLRenderbuffer>;
  /** A 1 × 1 texture that stands in for tensors without elements. */
  readonly emptyTexture: WebGLTexture;
  /** EXT_float_blend is there, so float32 targets can add. */
  readonly canBlendFloats: boolean;
}

/** Depth buffers kept: more than the image sizes of a coarse-to-fine schedule. */
const MAX_DEPTH_BUFFERS = 6;

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
    gl, emptyTexture, vertexArray: gl.createVertexArray(), programs: new Map(), framebuffers: new Map(), depthBuffers: new Map(),
    canBlendFloats: gl.getExtension('EXT_float_blend') !== null,
  };
}

/** A texture to draw into, in texels. */
export interface Target { readonly texture: WebGLTexture; readonly width: number; readonly height: number }

/** Binds a framebuffer with these colour attachments, sets the viewport to the first one's size. */
export function bindTargets({ gl, framebuffers }: GLResources, targets: readonly Target[]): void {
  let framebuffer = framebuffers.get(targets.length);
  const isNew = !framebuffer;
  if (!framebuffer) {
    framebuffer = gl.createFramebuffer();
    framebuffers.set(targets.length, framebuffer);
  }
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  targets.forEach(({ texture }, i) => {
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + i, gl.TEXTURE_2D, texture, 0);
  });
  if (isNew && targets.length > 1) gl.drawBuffers(targets.map((_, i) => gl.COLOR_ATTACHMENT0 + i));
  gl.viewport(0, 0, targets[0].width, targets[0].height);
}

/** Adds a depth buffer of this size to the bound framebuffer. Take it off again with {@link detachDepth}. */
export function attachDepth({ gl, depthBuffers }: GLResources, width: number, height: number): void {
  const key = `${width}x${height}`;
  let buffer = depthBuffers.get(key);
  if (buffer) {
    depthBuffers.delete(key);
  } else {
    buffer = gl.createRenderbuffer();
    gl.bindRenderbuffer(gl.RENDERBUFFER, buffer);
    gl.renderbufferStorage(gl.RENDERBUFFER, gl.DEPTH_COMPONENT32F, width, height);
    gl.bindRenderbuffer(gl.RENDERBUFFER, null);
    if (depthBuffers.size >= MAX_DEPTH_BUFFERS) {
      const [oldest] = depthBuffers.keys();
      gl.deleteRenderbuffer(depthBuffers.get(oldest)!);
      depthBuffers.delete(oldest);
    }
  }
  depthBuffers.set(key, buffer);
  gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.DEPTH_ATTACHMENT, gl.RENDERBUFFER, buffer);
}

export function detachDepth({ gl }: GLResources): void {
  gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.DEPTH_ATTACHMENT, gl.RENDERBUFFER, null);
}
