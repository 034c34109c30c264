import type { Mesh } from '../../scene/mesh';
import type { PointCloud } from '../../scene/pointCloud';
import { remesh } from '../../scene/remesh';

/**
 * A mesh as a network on meshes sees it: with triangles of about one size, whatever it came with, and vertices that belong to the part of most of
 * their faces.
 * @param vertices how many, about.
 * @throws SceneError for a mesh without an area.
 */
export function meshCloud(mesh: Mesh, partOfFace: Uint8Array | undefined, vertices: number): { readonly cloud: PointCloud; readonly faces: Uint32Array } {
  const { mesh: { positions, normals, faces }, partOfVertex } = remesh(mesh, { vertices, partOfFace });
  return { cloud: { name: mesh.name, positions, normals, ...(partOfVertex && { labels: partOfVertex }) }, faces };
}
