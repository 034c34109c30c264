import type * as tf from '../../tf';
import type { GLResources } from '../webgl/resources';
import { checkFaces } from './checkFaces';
import { provokingIndices } from './provoking';

/** A mesh's faces as vertex and index buffers, for drawing with one vertex run a face. */
export interface MeshBuffers {
  /** Attribute 0, ivec4: a face's three vertices and which of them this index stands for. */
  readonly vertexArray: WebGLVertexArrayObject;
  readonly faceCount: number;
  readonly vertexCount: number;
  readonly buffers: readonly WebGLBuffer[];
}

/** Meshes kept on a context. */
const MAX_MESHES = 8;

const perContext = new WeakMap<GLResources, Map<tf.DataId, MeshBuffers>>();

/**
 * The buffers of a faces tensor [F, 3], remembered by its data id. The first time its values are read back, so faces that change every step cost a
 * wait for the GPU each time.
 * @throws Error that names a face whose vertex does not exist.
 */
export function meshBuffers(backend: tf.MathBackendWebGL, resources: GLResources, dataId: tf.DataId, vertexCount: number): MeshBuffers {
  let meshes = perContext.get(resources);
  if (!meshes) {
    meshes = new Map();
    perContext.set(resources, meshes);
  }
  let mesh = meshes.get(dataId);
  if (mesh?.vertexCount !== vertexCount) {
    const renewed = upload(resources.gl, backend.readSync(dataId) as Int32Array, vertexCount);
    if (mesh) discard(resources.gl, mesh);
    else if (meshes.size >= MAX_MESHES) {
      const [oldest] = meshes.keys();
      discard(resources.gl, meshes.get(oldest)!);
      meshes.delete(oldest);
    }
    mesh = renewed;
  }
  // Most recently used last.
  meshes.delete(dataId);
  meshes.set(dataId, mesh);
  return mesh;
}

function upload(gl: WebGL2RenderingContext, faces: Int32Array, vertexCount: number): MeshBuffers {
  checkFaces(faces, vertexCount);
  const faceCount = faces.length / 3;
  const { indices, corners } = provokingIndices(faces, vertexCount);
  const attributes = new Int32Array(4 * (faceCount + vertexCount));
  for (let face = 0; face < faceCount; face++) {
    attributes.set([faces[3 * face], faces[3 * face + 1], faces[3 * face + 2], corners[face]], 4 * face);
  }
  for (let vertex = 0; vertex < vertexCount; vertex++) attributes.fill(vertex, 4 * (faceCount + vertex), 4 * (faceCount + vertex) + 3);

  const vertexArray = gl.createVertexArray();
  const buffers = [gl.createBuffer(), gl.createBuffer()];
  gl.bindVertexArray(vertexArray);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffers[0]);
  gl.bufferData(gl.ARRAY_BUFFER, attributes, gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribIPointer(0, 4, gl.INT, 0, 0);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffers[1]);
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, indices, gl.STATIC_DRAW);
  gl.bindVertexArray(null);
  gl.bindBuffer(gl.ARRAY_BUFFER, null);
  return { vertexArray, faceCount, vertexCount, buffers };
}

function discard(gl: WebGL2RenderingContext, { vertexArray, buffers }: MeshBuffers): void {
  gl.deleteVertexArray(vertexArray);
  buffers.forEach((buffer) => gl.deleteBuffer(buffer));
}
