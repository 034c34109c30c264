import { DIVIDE, placingOf, readers, widthUniform } from './readers';
import { bindTargets, withDepth, type CompiledProgram, type GLResources, type Target } from './resources';
import type { View } from './tensorTextures';

/** One draw: what it reads, and the GLSL that it runs. */
export interface Pass {
  /** Names the program, with every compile-time choice in it; input layouts are added to it. */
  readonly key: string;
  readonly inputs: Readonly<Record<string, View>>;
  /** Integers. Declared for the shaders as `uniform int NAME`. */
  readonly uniforms: Readonly<Record<string, number>>;
  /** Sixteen numbers, declared as `uniform mat4 matrix`: its column i is numbers 4i … 4i + 3. */
  readonly matrix?: readonly number[];
  /** Fragment shader after the readers and uniforms. */
  readonly fragment: () => string;
  /** Vertex shader likewise; a triangle that covers the target if absent. */
  readonly vertex?: () => string;
}

const FULL_SCREEN = 'void main() { gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0); }';

/** Makes the pass's program current, compiling it on first use, with its uniforms and textures. */
export function usePass(resources: GLResources, pass: Pass): void {
  const { gl, programs } = resources;
  const names = Object.keys(pass.inputs);
  const key = `${pass.key}|${names.map((name) => `${pass.inputs[name].layout} ${placingOf(pass.inputs[name])}`).join()}`;
  let compiled = programs.get(key);
  if (!compiled) {
    compiled = compile(gl, pass, names);
    programs.set(key, compiled);
  }
  const { program, locations } = compiled;
  gl.useProgram(program);
  names.forEach((name, unit) => {
    const { texture, layout, offset, rows, columns } = pass.inputs[name];
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(layout === 'layers' ? gl.TEXTURE_2D_ARRAY : gl.TEXTURE_2D, texture);
    gl.uniform4i(locations.get(name)!, widthUniform(pass.inputs[name]), offset, rows, columns);
  });
  for (const name in pass.uniforms) gl.uniform1i(locations.get(name)!, pass.uniforms[name]);
  if (pass.matrix) gl.uniformMatrix4fv(locations.get('matrix')!, false, pass.matrix);
}

/** Runs the pass's fragment shader once for every texel of the targets (one `out` variable each). */
export function runPass(resources: GLResources, pass: Pass, targets: readonly Target[]): void {
  bindTargets(resources, targets);
  usePass(resources, pass);
  resources.gl.bindVertexArray(resources.vertexArray);
  resources.gl.drawArrays(resources.gl.TRIANGLES, 0, 3);
}

/**
 * Runs `pass` only where `mask` (a fragment shader that discards) leaves a texel; the rest of the targets is 0. Fragments that the depth test
 * refuses are never run, whereas a `return` saves nothing where lanes run in step: software GL executes all that follows it.
 */
export function runMasked(resources: GLResources, mask: Pass, pass: Pass, targets: readonly Target[]): void {
  const { gl, vertexArray } = resources;
  bindTargets(resources, targets);
  withDepth(resources, targets[0], () => {
    targets.forEach((_, i) => gl.clearBufferfv(gl.COLOR, i, [0, 0, 0, 0]));
    gl.depthMask(true);
    gl.clearBufferfv(gl.DEPTH, 0, [1]);
    gl.enable(gl.DEPTH_TEST);
    gl.colorMask(false, false, false, false);
    gl.depthFunc(gl.ALWAYS);
    usePass(resources, mask);
    gl.bindVertexArray(vertexArray);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.colorMask(true, true, true, true);
    gl.depthMask(false);
    gl.depthFunc(gl.EQUAL);
    usePass(resources, pass);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.depthMask(true);
    gl.disable(gl.DEPTH_TEST);
  });
}

function compile(gl: WebGL2RenderingContext, pass: Pass, names: readonly string[]): CompiledProgram {
  const head = [
    '#version 300 es', 'precision highp float;', 'precision highp int;', DIVIDE,
    ...names.map((name) => readers(name, pass.inputs[name].layout, placingOf(pass.inputs[name]))),
    ...Object.keys(pass.uniforms).map((name) => `uniform int ${name};`), pass.matrix ? 'uniform mat4 matrix;' : '',
  ].join('\n');
  const program = gl.createProgram();
  const attach = (type: number, source: string) => {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    return shader;
  };
  const shaders = [
    attach(gl.VERTEX_SHADER, pass.vertex ? `${head}\n${pass.vertex()}` : `#version 300 es\n${FULL_SCREEN}`),
    attach(gl.FRAGMENT_SHADER, `${head}\n${pass.fragment()}`),
  ];
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    const logs = [...shaders.map((shader) => gl.getShaderInfoLog(shader)), gl.getProgramInfoLog(program)];
    throw new Error(`The WebGL program ${pass.key} does not link: ${logs.filter(Boolean).join('\n')}`);
  }
  shaders.forEach((shader) => gl.deleteShader(shader));
  gl.useProgram(program);
  names.forEach((name, unit) => gl.uniform1i(gl.getUniformLocation(program, name), unit));
  const locations = new Map<string, WebGLUniformLocation | null>();
  names.forEach((name) => locations.set(name, gl.getUniformLocation(program, `${name}_S`)));
  Object.keys(pass.uniforms).forEach((name) => locations.set(name, gl.getUniformLocation(program, name)));
  if (pass.matrix) locations.set('matrix', gl.getUniformLocation(program, 'matrix'));
  return { program, locations };
}
