import { decimate } from './decimate';
import { SceneError } from './errors';
import type { Mesh } from './mesh';
import { computeVertexNormals, faceNormals } from './normals';
import type { Random } from './random';
import { splitLongEdges } from './splitLongEdges';
import { weldVertices } from './weld';

export interface RemeshOptions {
  /** Vertices afterwards, about; every closed part keeps four at least. */
  readonly vertices: number;
  /** [F]: the part of each face. Parts are welded each by itself, so that two that share a corner stay apart. */
  readonly partOfFace?: Uint8Array;
  /** Where edges are cut; without it there is one triangulation. */
  readonly random?: Random;
}

export interface Remeshed {
  /** Positions, faces and smooth normals; every vertex has a face. */
  readonly mesh: Mesh;
  /** [F], where the parts were given. */
  readonly partOfFace?: Uint8Array;
  /** [V], likewise. */
  readonly partOfVertex?: Uint8Array;
}

/** Vertices before collapsing, for each afterwards: enough that where they end up is the collapses' choice. */
const OVERSAMPLING = 3;
/** A triangulation by cutting edges above L has edges of 0.7 L on average, and so about area / (0.424 L²) vertices. */
const VERTICES_PER_SQUARE = 1 / 0.424;
/** The share of length in a collapse's cost (see `DecimationOptions`) at which flat and round parts get vertices about as dense. */
const EVENNESS = 0.01;

/**
 * The same surface with other triangles, about evenly spread: long edges are cut at random, then edges are collapsed by quadrics with a share of
 * length until so many vertices are left. Sharp edges, borders, components and labels stay; any mesh will do.
 * @throws SceneError 'empty' for a mesh without an area, and as `decimate` does.
 */
export function remesh(mesh: Mesh, { vertices, partOfFace, random }: RemeshOptions): Remeshed {
  const area = surfaceArea(mesh);
  if (!(area > 0)) throw new SceneError('There is no surface to triangulate anew.', { file: mesh.name, code: 'empty', advice: 'Give a mesh with faces of some area.' });
  const welded = weldParts(mesh, partOfFace);
  const split = splitLongEdges(welded, Math.sqrt(area * VERTICES_PER_SQUARE / (OVERSAMPLING * vertices)), random);
  const coarse = decimate(split, vertices, { weld: false, evenness: EVENNESS });
  const { positions, faces } = withoutLoneVertices(coarse.mesh);
  const parts = partOfFace && Uint8Array.from(coarse.faceSources, (face) => partOfFace[split.faceSources[face]]);
  const remeshed = { name: mesh.name, positions, faces };
  return {
    mesh: { ...remeshed, normals: computeVertexNormals(remeshed) },
    ...(parts && { partOfFace: parts, partOfVertex: partsOfVertices(faces, parts, positions.length / 3) }),
  };
}

/** @returns [V]: the part of most faces around each vertex, of equal ones the lowest; 0 for a vertex without faces. */
export function partsOfVertices(faces: Uint32Array, partOfFace: Uint8Array, vertexCount: number): Uint8Array {
  const parts = 1 + partOfFace.reduce((most, part) => Math.max(most, part), 0);
  const votes = new Uint32Array(vertexCount * parts);
  faces.forEach((vertex, corner) => { votes[vertex * parts + partOfFace[(corner / 3) | 0]]++; });
  return Uint8Array.from({ length: vertexCount }, (_, v) => {
    const own = votes.subarray(v * parts, (v + 1) * parts);
    return own.indexOf(own.reduce((most, count) => Math.max(most, count), 0));
  });
}

const surfaceArea = (mesh: Mesh): number => {
  const normals = faceNormals(mesh);
  let sum = 0;
  for (let f = 0; f < normals.length; f += 3) sum += Math.hypot(normals[f], normals[f + 1], normals[f + 2]) / 2;
  return sum;
};

/** One vertex for each place and part. */
function weldParts({ positions, faces }: Mesh, partOfFace: Uint8Array | undefined): Pick<Mesh, 'positions' | 'faces'> {
  const part = partOfFace ? Float32Array.from(partsOfVertices(faces, partOfFace, positions.length / 3)) : new Float32Array(positions.length / 3);
  const { ids, first } = weldVertices(positions.length / 3, [positions, part]);
  const places = new Float32Array(3 * first.length);
  first.forEach((v, place) => places.set(positions.subarray(3 * v, 3 * v + 3), 3 * place));
  return { positions: places, faces: faces.map((v) => ids[v]) };
}

function withoutLoneVertices({ positions, faces }: Pick<Mesh, 'positions' | 'faces'>): Pick<Mesh, 'positions' | 'faces'> {
  const used = [...new Set(faces)].sort((a, b) => a - b);
  const numbers = new Map(used.map((v, i) => [v, i]));
  return {
    positions: Float32Array.from(used.flatMap((v) => [...positions.subarray(3 * v, 3 * v + 3)])),
    faces: faces.map((v) => numbers.get(v)!),
  };
}
