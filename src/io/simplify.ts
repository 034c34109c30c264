import { MeshoptSimplifier, type SimplifierFlags } from 'meshoptimizer/simplifier';
import { faceCount, vertexCount, type Mesh } from '../scene/mesh';
import { faceNormals, pickVertices } from '../scene/normals';
import { weldVertices } from '../scene/weld';
import { dropUnusedVertices } from './finish';

export interface Simplified {
  readonly mesh: Mesh;
  /** What was done, in words for the page; undefined where the mesh is as it was. */
  readonly note?: string;
}

/** Relative to the mesh's extent: no limit, for the number of faces decides. */
const ANY_ERROR = 1;
/** How much a full step in colour or texture coordinates counts against a move by the mesh's extent. */
const COLOR_WEIGHT = 0.5;
const UV_WEIGHT = 0.2;
/** A result with up to this many times the faces asked for is taken. */
const CLOSE_ENOUGH = 1.2;

/** Tried in turn until the number is reached: edges of colour and texture are given up first, then small parts that hang by nothing. */
const COLLAPSES: readonly SimplifierFlags[][] = [[], ['Permissive'], ['Permissive', 'Prune']];

/**
 * A mesh with about `targetFaces` faces, by quadric edge collapse (meshoptimizer). Vertices at one place move as one, so no cracks open;
 * colours and texture coordinates are those of the vertices that stay, and edges that were hard stay hard. Where collapses do not get
 * there, vertices are merged whatever the topology.
 */
export async function simplifyMesh(mesh: Mesh, targetFaces: number): Promise<Simplified> {
  const before = faceCount(mesh);
  if (before <= targetFaces) return { mesh };
  await MeshoptSimplifier.ready;
  const welded = weldForSimplifying(mesh);
  const target = 3 * Math.max(1, Math.floor(targetFaces));
  let [indices, error]: [Uint32Array, number] = [welded.indices, 0];
  for (const flags of COLLAPSES) {
    if (indices.length > CLOSE_ENOUGH * target) [indices, error] = collapse(welded, target, flags);
  }
  let means = '';
  if (indices.length > CLOSE_ENOUGH * target) {
    const [sloppy, sloppyError] = MeshoptSimplifier.simplifySloppy(welded.indices, welded.positions, 3, null, target, ANY_ERROR);
    if (sloppy.length) {
      [indices, error] = [sloppy, sloppyError];
      means = ', its topology changed';
    }
  }
  if (!indices.length || indices.length >= mesh.faces.length) return { mesh };
  const simplified = renewNormals(dropUnusedVertices({ ...mesh, faces: chooseVertices(mesh, welded, indices) }));
  const after = faceCount(simplified);
  return {
    mesh: simplified,
    note: `simplified from ${before.toLocaleString('en')} to ${after.toLocaleString('en')} faces, moved by up to ${(100 * error).toPrecision(2)} % of its extent${means}`,
  };
}

interface Welded {
  /** [G, 3] */
  readonly positions: Float32Array;
  /** [G, columns]: colours and texture coordinates. */
  readonly attributes: Float32Array;
  readonly weights: readonly number[];
  /** [3 F] into the groups. */
  readonly indices: Uint32Array;
  /** [G]: one vertex of each group; [V]: the next one of the same group, or −1. They differ in their normals. */
  readonly firstMember: Int32Array;
  readonly nextMember: Int32Array;
}

/** One vertex for each place, colour and texture coordinate; faces that shrink to nothing are left out. */
function weldForSimplifying(mesh: Mesh): Welded {
  const tables = [mesh.positions, ...(mesh.colors ? [mesh.colors] : []), ...(mesh.uvs ? [mesh.uvs] : [])];
  const { ids, count, first } = weldVertices(vertexCount(mesh), tables);
  const firstMember = new Int32Array(count).fill(-1);
  const nextMember = new Int32Array(ids.length);
  for (let v = ids.length - 1; v >= 0; v--) {
    nextMember[v] = firstMember[ids[v]];
    firstMember[ids[v]] = v;
  }
  const indices = new Uint32Array(mesh.faces.length);
  let kept = 0;
  for (let f = 0; f < mesh.faces.length; f += 3) {
    const [a, b, c] = [ids[mesh.faces[f]], ids[mesh.faces[f + 1]], ids[mesh.faces[f + 2]]];
    if (a === b || b === c || c === a) continue;
    indices[kept++] = a;
    indices[kept++] = b;
    indices[kept++] = c;
  }
  const { positions, colors, uvs } = pickVertices(mesh, first);
  const weights = [...(colors ? [COLOR_WEIGHT, COLOR_WEIGHT, COLOR_WEIGHT] : []), ...(uvs ? [UV_WEIGHT, UV_WEIGHT] : [])];
  const attributes = new Float32Array(count * weights.length);
  for (let g = 0; g < count; g++) {
    if (colors) attributes.set(colors.subarray(3 * g, 3 * g + 3), g * weights.length);
    if (uvs) attributes.set(uvs.subarray(2 * g, 2 * g + 2), (g + 1) * weights.length - 2);
  }
  return { positions, attributes, weights, indices: indices.slice(0, kept), firstMember, nextMember };
}

function collapse({ positions, attributes, weights, indices }: Welded, target: number, flags: SimplifierFlags[]): [Uint32Array, number] {
  return weights.length
    ? MeshoptSimplifier.simplifyWithAttributes(indices, positions, 3, attributes, weights.length, [...weights], null, target, ANY_ERROR, flags)
    : MeshoptSimplifier.simplify(indices, positions, 3, target, ANY_ERROR, flags);
}

/** For each corner, of the original vertices in its group the one whose normal fits the new face best: hard edges stay hard, soft ones soft. */
function chooseVertices(mesh: Mesh, { positions, firstMember, nextMember }: Welded, indices: Uint32Array): Uint32Array {
  const { normals } = mesh;
  const perFace = faceNormals({ positions, faces: indices });
  return indices.map((group, corner) => {
    let best = firstMember[group];
    if (!normals) return best;
    const face = corner - (corner % 3);
    const fit = (v: number) => normals[3 * v] * perFace[face] + normals[3 * v + 1] * perFace[face + 1] + normals[3 * v + 2] * perFace[face + 2];
    for (let v = nextMember[best]; v >= 0; v = nextMember[v]) if (fit(v) > fit(best)) best = v;
    return best;
  });
}

/**
 * Normals of the simplified faces, averaged where the original had one common normal: those of a small feature that is gone would shade
 * the large faces that took its place wrongly.
 */
function renewNormals(mesh: Mesh): Mesh {
  if (!mesh.normals) return mesh;
  const { ids, count } = weldVertices(vertexCount(mesh), [mesh.positions, mesh.normals]);
  const perFace = faceNormals(mesh);
  const sums = new Float64Array(3 * count);
  mesh.faces.forEach((v, corner) => {
    for (let k = 0; k < 3; k++) sums[3 * ids[v] + k] += perFace[corner - (corner % 3) + k];
  });
  const normals = mesh.normals.slice();
  ids.forEach((group, v) => {
    const [x, y, z] = sums.subarray(3 * group, 3 * group + 3);
    const length = Math.hypot(x, y, z);
    if (length > 0) normals.set([x / length, y / length, z / length], 3 * v);
  });
  return { ...mesh, normals };
}

/** A level must have at most this share of the finer one's faces to be worth its memory. */
const WORTHWHILE = 0.8;

/** The same mesh at falling numbers of faces, finest first; levels that would hardly be smaller than the one before are left out. */
export async function levelsOfDetail(mesh: Mesh, faceCounts: readonly number[]): Promise<Mesh[]> {
  const levels: Mesh[] = [];
  for (const target of [...faceCounts].sort((a, b) => b - a)) {
    const simplified = (await simplifyMesh(mesh, target)).mesh;
    if (faceCount(simplified) <= WORTHWHILE * faceCount(levels.at(-1) ?? mesh)) levels.push(simplified);
  }
  return levels;
}
