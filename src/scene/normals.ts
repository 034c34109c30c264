import { faceCount, vertexCount, type Mesh } from './mesh';
import { pairEdges } from './topology';
import { weldPositions } from './weld';

/** Shorter normals have no usable direction; float32 sums of tiny faces stay above it. */
const SHORTEST_NORMAL = 1e-30;
/** Where two faces meet at a sharper angle than this, the edge is meant to look hard. */
export const CREASE_ANGLE = (50 * Math.PI) / 180;

/** [F, 3]: cross products of each face's edges: the outward normal, twice the face's area long. */
export function faceNormals(mesh: Pick<Mesh, 'positions' | 'faces'>): Float64Array {
  const { positions: p, faces } = mesh;
  const normals = new Float64Array(faces.length);
  for (let f = 0; f < faces.length; f += 3) {
    const [a, b, c] = [3 * faces[f], 3 * faces[f + 1], 3 * faces[f + 2]];
    const [ux, uy, uz] = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]];
    const [vx, vy, vz] = [p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]];
    normals[f] = uy * vz - uz * vy;
    normals[f + 1] = uz * vx - ux * vz;
    normals[f + 2] = ux * vy - uy * vx;
  }
  return normals;
}

/** [V, 3]: area-weighted unit vertex normals, smooth across vertices at the same place; +z where the faces give no direction. */
export function computeVertexNormals(mesh: Pick<Mesh, 'positions' | 'faces'>): Float32Array {
  const { ids, count } = weldPositions(mesh.positions);
  const sums = new Float64Array(3 * count);
  const perFace = faceNormals(mesh);
  mesh.faces.forEach((vertex, corner) => {
    const face = corner - (corner % 3);
    for (let k = 0; k < 3; k++) sums[3 * ids[vertex] + k] += perFace[face + k];
  });
  const normals = new Float32Array(mesh.positions.length);
  for (let v = 0; v < vertexCount(mesh); v++) writeUnit(normals, v, sums, ids[v]);
  return normals;
}

/**
 * The mesh with its vertices split along hard edges and with normals, area-weighted over each smooth patch around a vertex.
 * @param angle radians between the normals of two faces from which on their common edge is hard.
 */
export function splitHardEdges(mesh: Mesh, angle = CREASE_ANGLE): Mesh {
  const perFace = faceNormals(mesh);
  const patches = smoothPatches(mesh, perFace, Math.cos(angle));
  const sums = new Float64Array(3 * mesh.faces.length);
  for (let corner = 0; corner < mesh.faces.length; corner++) {
    const face = corner - (corner % 3);
    for (let k = 0; k < 3; k++) sums[3 * patches[corner] + k] += perFace[face + k];
  }
  // One new vertex for each pair of old vertex and patch; the patches of an old vertex are chained, since there are few.
  const faces = new Uint32Array(mesh.faces.length);
  const sources: number[] = [];
  const patchOf: number[] = [];
  const sibling: number[] = [];
  const head = new Int32Array(vertexCount(mesh)).fill(-1);
  mesh.faces.forEach((vertex, corner) => {
    let v = head[vertex];
    while (v >= 0 && patchOf[v] !== patches[corner]) v = sibling[v];
    if (v < 0) {
      v = sources.length;
      sources.push(vertex);
      patchOf.push(patches[corner]);
      sibling.push(head[vertex]);
      head[vertex] = v;
    }
    faces[corner] = v;
  });
  const normals = new Float32Array(3 * sources.length);
  sources.forEach((_, v) => writeUnit(normals, v, sums, patchOf[v]));
  return { ...pickVertices(mesh, sources), faces, normals };
}

/** [3 F]: for each corner the number of its patch: corners of faces that meet in one vertex, connected there by soft edges. */
function smoothPatches(mesh: Mesh, perFace: Float64Array, cosine: number): Int32Array {
  const { ids } = weldPositions(mesh.positions);
  const parent = Int32Array.from(mesh.faces, (_, corner) => corner);
  const find = (corner: number): number => {
    while (parent[corner] !== corner) corner = parent[corner] = parent[parent[corner]];
    return corner;
  };
  const { first, second } = pairEdges(mesh);
  for (let edge = 0; edge < first.length; edge++) {
    if (second[edge] < 0 || !isSoft(perFace, first[edge], second[edge], cosine)) continue;
    const [f, g] = [first[edge] - (first[edge] % 3), second[edge] - (second[edge] % 3)];
    for (const corner of [f + ((first[edge] + 1) % 3), f + ((first[edge] + 2) % 3)]) {
      const place = ids[mesh.faces[corner]];
      const partner = [g, g + 1, g + 2].find((other) => ids[mesh.faces[other]] === place);
      if (partner !== undefined) parent[find(partner)] = find(corner);
    }
  }
  return parent.map((_, corner) => find(corner));
}

function isSoft(perFace: Float64Array, cornerA: number, cornerB: number, cosine: number): boolean {
  const [a, b] = [cornerA - (cornerA % 3), cornerB - (cornerB % 3)];
  const dot = perFace[a] * perFace[b] + perFace[a + 1] * perFace[b + 1] + perFace[a + 2] * perFace[b + 2];
  const lengths = Math.hypot(perFace[a], perFace[a + 1], perFace[a + 2]) * Math.hypot(perFace[b], perFace[b + 1], perFace[b + 2]);
  return dot >= cosine * lengths;
}

/** The vertices `sources` of a mesh, in that order, with all their attributes but without faces. */
export function pickVertices(mesh: Mesh, sources: ArrayLike<number>): Mesh {
  const pick = (data: Float32Array | undefined, width: number): Float32Array | undefined => {
    if (!data) return undefined;
    const picked = new Float32Array(width * sources.length);
    for (let v = 0; v < sources.length; v++) {
      for (let k = 0; k < width; k++) picked[width * v + k] = data[width * sources[v] + k];
    }
    return picked;
  };
  const [normals, colors, uvs] = [pick(mesh.normals, 3), pick(mesh.colors, 3), pick(mesh.uvs, 2)];
  return {
    name: mesh.name, positions: pick(mesh.positions, 3) as Float32Array, faces: new Uint32Array(0),
    ...(normals && { normals }), ...(colors && { colors }), ...(uvs && { uvs }), ...(mesh.texture && { texture: mesh.texture }),
  };
}

/** What {@link repairNormals} found. */
export interface NormalRepair {
  readonly mesh: Mesh;
  /** Vertices whose normal was missing, not finite or zero. */
  readonly repaired: number;
  /** Vertices whose normal pointed away from the outer side of every face that they are a corner of, and was turned round. */
  readonly inverted: number;
}

/**
 * Gives every vertex a finite unit normal on the outer side of its faces, which are taken to be wound rightly: computed anew with hard edges where none
 * came with the mesh, and mended one by one where some are unusable or inverted.
 */
export function repairNormals(mesh: Mesh): NormalRepair {
  const count = vertexCount(mesh);
  if (!mesh.normals || mesh.normals.length !== 3 * count) {
    return { mesh: faceCount(mesh) ? splitHardEdges(mesh) : { ...mesh, normals: computeVertexNormals(mesh) }, repaired: count, inverted: 0 };
  }
  const normals = new Float32Array(mesh.normals);
  let computed: Float32Array | undefined;
  let [repaired, inverted] = [0, 0];
  const nearest = nearestFace(mesh, normals);
  for (let v = 0; v < count; v++) {
    const length = Math.hypot(normals[3 * v], normals[3 * v + 1], normals[3 * v + 2]);
    if (length > SHORTEST_NORMAL && Number.isFinite(length)) {
      const sign = nearest[v] < 0 ? -1 : 1;
      if (sign < 0) inverted++;
      for (let k = 0; k < 3; k++) normals[3 * v + k] *= sign / length;
    } else {
      computed ??= computeVertexNormals(mesh);
      normals.set(computed.subarray(3 * v, 3 * v + 3), 3 * v);
      repaired++;
    }
  }
  return { mesh: { ...mesh, normals }, repaired, inverted };
}

/** [V]: the largest cosine between a vertex's normal and the normals of its faces; 0 where none of these has a direction. */
function nearestFace(mesh: Mesh, normals: Float32Array): Float64Array {
  const perFace = faceNormals(mesh);
  const largest = new Float64Array(vertexCount(mesh)).fill(-Infinity);
  mesh.faces.forEach((v, corner) => {
    const f = corner - (corner % 3);
    const lengths = Math.hypot(perFace[f], perFace[f + 1], perFace[f + 2]) * Math.hypot(normals[3 * v], normals[3 * v + 1], normals[3 * v + 2]);
    if (!(lengths > 0)) return;
    const cosine = (perFace[f] * normals[3 * v] + perFace[f + 1] * normals[3 * v + 1] + perFace[f + 2] * normals[3 * v + 2]) / lengths;
    largest[v] = Math.max(largest[v], cosine);
  });
  return largest.map((cosine) => (Number.isFinite(cosine) ? cosine : 0));
}

function writeUnit(target: Float32Array, vertex: number, sums: Float64Array, group: number): void {
  const [x, y, z] = sums.subarray(3 * group, 3 * group + 3);
  const length = Math.hypot(x, y, z);
  target.set(length > SHORTEST_NORMAL ? [x / length, y / length, z / length] : [0, 0, 1], 3 * vertex);
}
