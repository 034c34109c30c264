import { buildTopology } from '../../scene/topology';
import { computeVertexNormals } from '../../scene/normals';
import { vertexCount, type Mesh } from '../../scene/mesh';
import { createTopology, disposeTopology, type MeshTopology } from '../../graphics/geometry/representation/mesh/topology';
import * as tf from '../../graphics/tf';
import { BACKGROUND, type Backdrop } from './target';
import { isTextured, shrinkTexture, texelsPerPixel, type LinearTexture } from './texture';

/** A mesh on the device, as the decoder draws it. */
export interface DecoderMesh {
  readonly faceCount: number;
  readonly topology: MeshTopology;
  /** [1, V, 4] homogeneous, object frame. */
  readonly points: tf.Tensor3D;
  /** [1, V, 3] */
  readonly normals: tf.Tensor3D;
  /** [1, V, 4]: linear RGB and 0; with a texture (1, 0, 0, 0). */
  readonly albedo: tf.Tensor3D;
  /**
   * [1, V, 4]: −background and 1, so that attributes shade · albedo + offset are 0 on the backdrop and carry coverage last. With a texture
   * (0, 1, u, v), so that they are what {@link paintTexture} takes.
   */
  readonly offset: tf.Tensor3D;
  /** [1, V, 4]: brightness of the albedo (of white with a texture) times (1, normal). */
  readonly lightBasis: tf.Tensor3D;
  /** [H', W', 3] linear RGB, instead of the vertices' colours. */
  readonly texture: tf.Tensor3D | undefined;
  readonly backdrop: Backdrop;
}

/** Of meshes without colours. */
const GREY = 0.7;

/**
 * Uploads a mesh; the caller disposes it with {@link disposeDecoderMesh}. Where it has a texture, that is its colour, and every edge along
 * which texture coordinates are split counts as a crease.
 * @param size pixels across the pictures it is drawn in: its texture is averaged down to fit. Infinite: kept as it is.
 */
export function createDecoderMesh(mesh: Mesh, backdrop: Backdrop = BACKGROUND, size = Infinity): DecoderMesh {
  const textured = isTextured(mesh) ? mesh : undefined;
  const count = vertexCount(mesh);
  const normals = mesh.normals ?? computeVertexNormals(mesh);
  const points = new Float32Array(4 * count).fill(1);
  const albedo = new Float32Array(4 * count);
  const offset = new Float32Array(4 * count);
  const basis = new Float32Array(4 * count);
  for (let v = 0; v < count; v++) {
    points.set(mesh.positions.subarray(3 * v, 3 * v + 3), 4 * v);
    const color = textured ? [1, 1, 1] : mesh.colors?.subarray(3 * v, 3 * v + 3) ?? [GREY, GREY, GREY];
    albedo.set(textured ? [1] : color, 4 * v);
    offset.set(textured ? [0, 1, textured.uvs[2 * v], textured.uvs[2 * v + 1]] : [-backdrop[0], -backdrop[1], -backdrop[2], 1], 4 * v);
    const brightness = (color[0] + color[1] + color[2]) / 3;
    basis.set([brightness, brightness * normals[3 * v], brightness * normals[3 * v + 1], brightness * normals[3 * v + 2]], 4 * v);
  }
  const upload = (data: Float32Array, width: number): tf.Tensor3D => tf.keep(tf.tensor3d(data, [1, count, width]));
  const creases = textured ? Float32Array.from({ length: 3 * count }, (_, i) => (i % 3 < 2 ? textured.uvs[2 * Math.floor(i / 3) + (i % 3)] : 0)) : mesh.colors;
  return {
    faceCount: mesh.faces.length / 3,
    topology: createTopology(buildTopology({ ...mesh, colors: creases })),
    texture: textured && uploadTexture(shrinkTexture(textured.texture, texelsPerPixel(textured, size))), backdrop,
    points: upload(points, 4), normals: upload(normals, 3), albedo: upload(albedo, 4), offset: upload(offset, 4), lightBasis: upload(basis, 4),
  };
}

const uploadTexture = ({ height, width, data }: LinearTexture): tf.Tensor3D => tf.keep(tf.tensor3d(data, [height, width, 3]));

export function disposeDecoderMesh(mesh: DecoderMesh): void {
  disposeTopology(mesh.topology);
  tf.dispose([mesh.points, mesh.normals, mesh.albedo, mesh.offset, mesh.lightBasis, ...(mesh.texture ? [mesh.texture] : [])]);
}
