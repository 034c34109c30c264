import { buildTopology } from '../../scene/topology';
import { computeVertexNormals } from '../../scene/normals';
import { vertexCount, type Mesh } from '../../scene/mesh';
import { createTopology, disposeTopology, type MeshTopology } from '../../graphics/geometry/representation/mesh/topology';
import * as tf from '../../graphics/tf';
import { BACKGROUND, type Backdrop } from './target';

/** A mesh on the device, as the decoder draws it. */
export interface DecoderMesh {
  readonly faceCount: number;
  readonly topology: MeshTopology;
  /** [1, V, 4] homogeneous, object frame. */
  readonly points: tf.Tensor3D;
  /** [1, V, 3] */
  readonly normals: tf.Tensor3D;
  /** [1, V, 4]: linear RGB and 0. */
  readonly albedo: tf.Tensor3D;
  /** [1, V, 4]: −background and 1, so that attributes shade · albedo + offset are 0 on the backdrop and carry coverage last. */
  readonly offset: tf.Tensor3D;
  /** [1, V, 4]: brightness of the albedo times (1, normal). */
  readonly lightBasis: tf.Tensor3D;
}

/** Of meshes without colours. */
const GREY = 0.7;

/** Uploads a mesh; the caller disposes it with {@link disposeDecoderMesh}. */
export function createDecoderMesh(mesh: Mesh, backdrop: Backdrop = BACKGROUND): DecoderMesh {
  const count = vertexCount(mesh);
  const normals = mesh.normals ?? computeVertexNormals(mesh);
  const points = new Float32Array(4 * count).fill(1);
  const albedo = new Float32Array(4 * count);
  const offset = new Float32Array(4 * count);
  const basis = new Float32Array(4 * count);
  for (let v = 0; v < count; v++) {
    points.set(mesh.positions.subarray(3 * v, 3 * v + 3), 4 * v);
    const color = mesh.colors?.subarray(3 * v, 3 * v + 3) ?? [GREY, GREY, GREY];
    albedo.set(color, 4 * v);
    offset.set([-backdrop[0], -backdrop[1], -backdrop[2], 1], 4 * v);
    const brightness = (color[0] + color[1] + color[2]) / 3;
    basis.set([brightness, brightness * normals[3 * v], brightness * normals[3 * v + 1], brightness * normals[3 * v + 2]], 4 * v);
  }
  const upload = (data: Float32Array, width: number): tf.Tensor3D => tf.keep(tf.tensor3d(data, [1, count, width]));
  return {
    faceCount: mesh.faces.length / 3,
    topology: createTopology(buildTopology(mesh)),
    points: upload(points, 4), normals: upload(normals, 3), albedo: upload(albedo, 4), offset: upload(offset, 4), lightBasis: upload(basis, 4),
  };
}

export function disposeDecoderMesh(mesh: DecoderMesh): void {
  disposeTopology(mesh.topology);
  tf.dispose([mesh.points, mesh.normals, mesh.albedo, mesh.offset, mesh.lightBasis]);
}
