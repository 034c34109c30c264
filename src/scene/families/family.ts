import { centerMesh, placeSolid, type Placement, type Solid } from '../combine';
import { splitHardEdges } from '../normals';
import type { Mesh } from '../mesh';
import type { Vector3 } from '../pose';
import type { Random } from '../random';
import { quaternionFromAxisAngle } from '../rotation';

// Families of shapes: each member is drawn by a seed, and its faces know the part they belong to. Units are free, y is up, +z the front.

/** A mesh whose faces carry the number of their part. */
export interface LabelledMesh {
  readonly mesh: Mesh;
  /** [F], an index into the family's parts. */
  readonly partOfFace: Uint8Array;
}

/** A solid that belongs to a part of its family. */
export interface LabelledSolid {
  readonly solid: Solid;
  readonly part: number;
}

export interface ShapeFamily {
  /** Stands in links and file names. */
  readonly id: string;
  readonly title: string;
  readonly parts: readonly string[];
  /** A member; the same random numbers give the same one. */
  build(random: Random): LabelledSolid[];
}

/** A number drawn uniformly from an interval. */
export const between = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform();

/** True with the given chance. */
export const chance = (random: Random, share: number): boolean => random.uniform() < share;

/** A part's solid, put into place. */
export const piece = (part: number, solid: Solid, placement: Placement = {}): LabelledSolid => ({ part, solid: placeSolid(solid, placement) });

export const turned = (axis: Vector3, degrees: number) => quaternionFromAxisAngle(axis, (degrees * Math.PI) / 180);

/** The same piece mirrored in the plane x = 0; its faces go on looking outwards. */
export const mirrored = ({ solid, part }: LabelledSolid): LabelledSolid => ({
  part,
  solid: { positions: solid.positions.map(([x, y, z]): Vector3 => [-x, y, z]), faces: solid.faces.map(([a, b, c]): Vector3 => [a, c, b]) },
});

/** Joins labelled solids into one mesh with normals, centred on its bounding sphere. */
export function assembleLabelled(name: string, solids: readonly LabelledSolid[]): LabelledMesh {
  const meshes = solids.map(({ solid }) => splitHardEdges({
    name, positions: Float32Array.from(solid.positions.flat()), faces: Uint32Array.from(solid.faces.flat()),
  }));
  const vertices = meshes.reduce((sum, mesh) => sum + mesh.positions.length, 0);
  const corners = meshes.reduce((sum, mesh) => sum + mesh.faces.length, 0);
  const [positions, normals] = [new Float32Array(vertices), new Float32Array(vertices)];
  const [faces, partOfFace] = [new Uint32Array(corners), new Uint8Array(corners / 3)];
  let [vertex, corner] = [0, 0];
  meshes.forEach((mesh, i) => {
    positions.set(mesh.positions, vertex);
    normals.set(mesh.normals as Float32Array, vertex);
    mesh.faces.forEach((v, k) => (faces[corner + k] = v + vertex / 3));
    partOfFace.fill(solids[i].part, corner / 3, (corner + mesh.faces.length) / 3);
    vertex += mesh.positions.length;
    corner += mesh.faces.length;
  });
  return { mesh: centerMesh({ name, positions, faces, normals }), partOfFace };
}
