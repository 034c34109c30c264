import { boundingSphere } from './measure';
import type { Mesh } from './mesh';
import { splitHardEdges } from './normals';
import type { Quaternion, Vector3 } from './pose';
import { IDENTITY_ROTATION, rotateVector } from './rotation';

/** A mesh of positions and faces only: what the shape builders make. */
export interface Solid {
  /** [V, 3] */
  readonly positions: readonly Vector3[];
  /** [F, 3] */
  readonly faces: readonly Vector3[];
}

/** p ↦ R(rotation) (scale · p) + translation. Scales are positive, so that faces keep looking outwards. */
export interface Placement {
  readonly scale?: Vector3;
  readonly rotation?: Quaternion;
  readonly translation?: Vector3;
}

export function placeSolid(solid: Solid, { scale = [1, 1, 1], rotation = IDENTITY_ROTATION, translation = [0, 0, 0] }: Placement): Solid {
  const positions = solid.positions.map((p): Vector3 => {
    const [x, y, z] = rotateVector(rotation, [p[0] * scale[0], p[1] * scale[1], p[2] * scale[2]]);
    return [x + translation[0], y + translation[1], z + translation[2]];
  });
  return { positions, faces: solid.faces };
}

/** One part of an object: a solid with a colour (linear RGB), or without one in an object that has none. */
export interface Part {
  readonly solid: Solid;
  readonly color?: Vector3;
}

/**
 * Joins parts into one mesh with normals (hard edges inside each part stay hard), centred on its bounding sphere.
 * The parts may reach into each other. Colours are kept when every part has one.
 */
export function assemble(name: string, parts: readonly Part[], creaseAngle?: number): Mesh {
  const meshes = parts.map(({ solid }) => splitHardEdges({
    name, positions: Float32Array.from(solid.positions.flat()), faces: Uint32Array.from(solid.faces.flat()),
  }, creaseAngle));
  const offsets: number[] = [];
  meshes.reduce((sum, mesh) => { offsets.push(sum); return sum + mesh.positions.length / 3; }, 0);
  const concat = (arrays: readonly Float32Array[]) => Float32Array.from(arrays.flatMap((data) => [...data]));
  const colored = parts.every((part) => part.color);
  const mesh: Mesh = {
    name,
    positions: concat(meshes.map((m) => m.positions)),
    faces: Uint32Array.from(meshes.flatMap((m, i) => [...m.faces].map((v) => v + offsets[i]))),
    normals: concat(meshes.map((m) => m.normals as Float32Array)),
    ...(colored && { colors: concat(meshes.map((m, i) => m.positions.map((_, k) => (parts[i].color as Vector3)[k % 3]))) }),
  };
  return centerMesh(mesh);
}

/** The mesh moved so that its bounding sphere's centre is the origin. */
export function centerMesh(mesh: Mesh): Mesh {
  const { center } = boundingSphere(mesh.positions);
  return { ...mesh, positions: mesh.positions.map((x, i) => x - center[i % 3]) };
}
