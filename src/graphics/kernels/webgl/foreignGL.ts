import type * as tf from '../../tf';
import { releaseTargets, type GLResources } from './resources';

/** Texture units whose sampler objects are unbound on the way out; TensorFlow.js itself uses at most 16. */
const TEXTURE_UNITS = 16;

/**
 * Runs raw WebGL2 on TensorFlow.js's own context and gives the context back in the state in which TensorFlow.js expects it.
 *
 * TensorFlow.js sets its framebuffer, viewport, scissor box, program, vertex array and textures for every program that it runs, and the rest only once,
 * when it acquires the context. What is of that second kind, and changes its results, is reset here.
 * Our own framebuffers are emptied.
 * `run` binds its own vertex array before it touches attributes, and leaves TensorFlow.js's framebuffer alone.
 */
export function withForeignGL<T>(gpgpu: tf.GPGPUContext, run: (gl: WebGL2RenderingContext) => T, resources?: GLResources): T {
  const gl = gpgpu.gl as WebGL2RenderingContext;
  gl.disable(gl.SCISSOR_TEST);
  gl.disable(gl.CULL_FACE);
  try {
    return run(gl);
  } finally {
    if (resources) releaseTargets(resources);
    restoreState(gl);
  }
}

function restoreState(gl: WebGL2RenderingContext): void {
  for (const capability of [gl.BLEND, gl.DEPTH_TEST, gl.STENCIL_TEST, gl.DITHER, gl.POLYGON_OFFSET_FILL, gl.SAMPLE_COVERAGE, gl.RASTERIZER_DISCARD]) {
    gl.disable(capability);
  }
  gl.enable(gl.SCISSOR_TEST);
  gl.enable(gl.CULL_FACE);
  gl.cullFace(gl.BACK);
  gl.frontFace(gl.CCW);
  gl.colorMask(true, true, true, true);
  gl.bindVertexArray(null);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  for (const parameter of [
    gl.UNPACK_ROW_LENGTH, gl.UNPACK_IMAGE_HEIGHT, gl.UNPACK_SKIP_ROWS, gl.UNPACK_SKIP_PIXELS, gl.UNPACK_SKIP_IMAGES,
    gl.PACK_ROW_LENGTH, gl.PACK_SKIP_ROWS, gl.PACK_SKIP_PIXELS,
  ]) {
    gl.pixelStorei(parameter, 0);
  }
  gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, null);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  for (let unit = 0; unit < TEXTURE_UNITS; unit++) gl.bindSampler(unit, null);
}
