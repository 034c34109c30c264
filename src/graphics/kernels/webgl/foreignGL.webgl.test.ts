import { beforeAll, expect, it } from 'vitest';
import * as tf from '../../tf';
import { keepOnGPU } from '../testing/backends';
import { withForeignGL } from './foreignGL';

beforeAll(async () => {
  keepOnGPU();
  await tf.setBackend('webgl');
});

/** Each leaves one item of the context's state as foreign code might. */
const dirt: Record<string, (gl: WebGL2RenderingContext) => void> = {
  blending: (gl) => {
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE);
  },
  'colour mask': (gl) => gl.colorMask(false, true, false, true),
  'culled front faces': (gl) => gl.cullFace(gl.FRONT),
  'winding order': (gl) => gl.frontFace(gl.CW),
  'culling off': (gl) => gl.disable(gl.CULL_FACE),
  'discarded rasterization': (gl) => gl.enable(gl.RASTERIZER_DISCARD),
  'flipped uploads': (gl) => gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, true),
  'premultiplied uploads': (gl) => gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true),
  'upload row length': (gl) => gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 999),
  'upload skips': (gl) => {
    gl.pixelStorei(gl.UNPACK_SKIP_ROWS, 1);
    gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, 1);
  },
  'download row length': (gl) => gl.pixelStorei(gl.PACK_ROW_LENGTH, 999),
  'an unpack buffer': (gl) => gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, gl.createBuffer()),
  'a pack buffer': (gl) => gl.bindBuffer(gl.PIXEL_PACK_BUFFER, gl.createBuffer()),
  'a sampler object': (gl) => {
    const sampler = gl.createSampler();
    gl.samplerParameteri(sampler, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    gl.bindSampler(0, sampler);
  },
  'depth and stencil tests': (gl) => {
    gl.enable(gl.DEPTH_TEST);
    gl.depthFunc(gl.NEVER);
    gl.enable(gl.STENCIL_TEST);
  },
  'scissor box': (gl) => {
    gl.enable(gl.SCISSOR_TEST);
    gl.scissor(0, 0, 1, 1);
  },
  'other bindings': (gl) => {
    gl.bindVertexArray(gl.createVertexArray());
    gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
    gl.useProgram(null);
    gl.activeTexture(gl.TEXTURE7);
    gl.viewport(0, 0, 1, 1);
  },
};

const compute = () => tf.tidy(() => {
  const uploaded = tf.tensor2d(Float32Array.from({ length: 600 }, (_, i) => Math.sin(i)), [20, 30]);
  return tf.add(tf.matMul(uploaded, uploaded, false, true), tf.sum(tf.square(uploaded))).dataSync<'float32'>();
});

it.each(Object.entries(dirt))('%s is put back', (_name, leaveDirt) => {
  const expected = compute();
  withForeignGL((tf.backend() as tf.MathBackendWebGL).gpgpu, leaveDirt);
  expect(compute()).toEqual(expected);
  expect((tf.backend() as tf.MathBackendWebGL).gpgpu.gl.getError()).toBe(0);
});

it('puts the state back when the drawing throws', () => {
  const { gpgpu } = tf.backend() as tf.MathBackendWebGL;
  const expected = compute();
  expect(() => withForeignGL(gpgpu, (gl) => {
    gl.colorMask(false, false, false, false);
    throw new Error('from the drawing');
  })).toThrow('from the drawing');
  expect(compute()).toEqual(expected);
});
