import { SceneError } from '../scene/errors';
import { boundingSphere, meshDiameter } from '../scene/measure';
import { faceCount, type Mesh } from '../scene/mesh';
import { repairNormals } from '../scene/normals';
import { orientFaces } from '../scene/orientation';
import type { Vector3 } from '../scene/pose';
import { NO_SYMMETRY, type Symmetry } from '../scene/symmetry';
import { dropUnusedVertices } from './finish';
import { levelsOfDetail, simplifyMesh } from './simplify';

/** An object ready for pose recovery. */
export interface PreparedObject {
  readonly id: string;
  /** Centred on its bounding sphere, in the file's own units, every normal of unit length. */
  readonly mesh: Mesh;
  /** The same object with fewer faces, finest first; may be empty. */
  readonly coarser: readonly Mesh[];
  /** Largest distance between two vertices. */
  readonly diameter: number;
  readonly symmetry: Symmetry;
  /** The bounding sphere's centre in the file's frame: p_file = p_mesh + center. */
  readonly center: Vector3;
  /** What was changed, in words for the page; empty where nothing was. */
  readonly notes: readonly string[];
}

/** More faces than this are simplified away: the renderer takes more, but steps of a recovery would drag. */
export const FACE_BUDGET = 100_000;
/** Faces of the coarser levels, for small images. */
export const COARSER_FACES: readonly number[] = [2000, 500];

/**
 * Centres an object, winds its faces alike and outwards, repairs its normals, keeps it within the budget of faces and adds coarser levels.
 * @param symmetry about the centre of the bounding sphere; none unless given.
 * @throws SceneError where the mesh has no faces or no extent.
 */
export async function prepareObject(source: Mesh, id: string, symmetry: Symmetry = NO_SYMMETRY): Promise<PreparedObject> {
  const fail = (reason: string, advice: string): never => { throw new SceneError(reason, { code: 'no-faces', file: source.name, advice }); };
  if (!faceCount(source)) fail('it has no faces', 'A pose is found from a surface: give a mesh with faces.');
  const used = dropUnusedVertices(source);
  const { center, radius } = boundingSphere(used.positions);
  if (!(radius > 0 && Number.isFinite(Math.fround(radius)))) fail('all its faces lie in one point or beyond all measure', 'Export the mesh again.');
  const centered = { ...used, positions: used.positions.map((x, i) => x - center[i % 3]) };
  const notes: string[] = [];
  const { mesh: budgeted, note } = await simplifyMesh(centered, FACE_BUDGET);
  if (note) notes.push(note);
  const { faces, againstOthers, insideOut } = orientFaces(budgeted);
  if (againstOthers) notes.push(`faces wound against the others of their part were turned round: ${againstOthers.toLocaleString('en')}`);
  if (insideOut) notes.push(`closed parts that were inside out were turned, faces and all: ${insideOut.toLocaleString('en')} faces`);
  const { mesh, repaired, inverted } = repairNormals({ ...budgeted, faces });
  if (repaired) notes.push(budgeted.normals ? `${repaired.toLocaleString('en')} unusable normals were computed anew` : 'its normals were computed from its faces');
  if (inverted) notes.push(`normals that pointed against their faces were turned round: ${inverted.toLocaleString('en')}`);
  return { id, mesh, coarser: await levelsOfDetail(mesh, COARSER_FACES), diameter: meshDiameter(mesh.positions), symmetry, center, notes };
}
