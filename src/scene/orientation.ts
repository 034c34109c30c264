import { faceCount, type Mesh } from './mesh';
import { pairEdges } from './topology';
import { weldPositions } from './weld';

/** What {@link orientFaces} did. */
export interface OrientedFaces {
  /** [F, 3]: the mesh's own array where nothing was turned. */
  readonly faces: Uint32Array;
  /** Faces that were wound against the others of their component, and turned. */
  readonly againstOthers: number;
  /** Faces of closed components that were inside out, and turned with all of their component. */
  readonly insideOut: number;
}

/**
 * Winds the faces of a mesh alike: neighbours run along their common edge in opposite directions. A closed component is wound outwards, by the sign of
 * its volume; an open one as most of its faces were. Components meet neither at single vertices nor along edges of three faces and more.
 * What has only one side, as a Möbius strip, is left as it was, and so are degenerate faces. Vertices at the same place are one. O(F).
 */
export function orientFaces(mesh: Pick<Mesh, 'positions' | 'faces'>): OrientedFaces {
  const { members, turned, closed, twoSided } = components(mesh);
  const faces = mesh.faces.slice();
  let [againstOthers, insideOut] = [0, 0];
  members.forEach((component, c) => {
    if (!twoSided[c]) return;
    const count = component.reduce((sum, face) => sum + turned[face], 0);
    // Which of the two ways of winding it: as the most are, the first face's where it is even.
    let other = 2 * count > component.length;
    if (closed[c] && component.length > 1) {
      const volume = signedVolume(mesh, component, turned);
      if (volume !== 0) other = volume < 0;
    }
    const flips = other ? component.length - count : count;
    if (!flips) return;
    if (flips === component.length) insideOut += flips;
    else againstOthers += flips;
    for (const face of component) {
      if (Boolean(turned[face]) === other) continue;
      faces[3 * face + 1] = mesh.faces[3 * face + 2];
      faces[3 * face + 2] = mesh.faces[3 * face + 1];
    }
  });
  return againstOthers + insideOut ? { faces, againstOthers, insideOut } : { faces: mesh.faces, againstOthers, insideOut };
}

interface Components {
  /** The faces of each component. */
  readonly members: readonly number[][];
  /** [F]: 1 where a face must be turned to agree with the first of its component. */
  readonly turned: Uint8Array;
  /** Every edge has two faces. */
  readonly closed: readonly boolean[];
  readonly twoSided: readonly boolean[];
}

/** Faces that are connected over edges of two faces, found breadth first. */
function components(mesh: Pick<Mesh, 'positions' | 'faces'>): Components {
  const count = faceCount(mesh);
  const { ids } = weldPositions(mesh.positions);
  const { first, second } = pairEdges(mesh);
  // [3 F]: the corner opposite the same edge in the neighbouring face; −1 where there is none, or none that is the only one.
  const neighbor = new Int32Array(3 * count).fill(-1);
  for (let edge = 0; edge < first.length; edge++) {
    if (second[edge] < 0) continue;
    neighbor[first[edge]] = second[edge];
    neighbor[second[edge]] = first[edge];
  }
  const startOf = (corner: number) => {
    const face = corner - (corner % 3);
    return ids[mesh.faces[face + ((corner + 1) % 3)]];
  };
  const members: number[][] = [];
  const closed: boolean[] = [];
  const twoSided: boolean[] = [];
  const turned = new Uint8Array(count);
  const seen = new Uint8Array(count);
  for (let root = 0; root < count; root++) {
    if (seen[root]) continue;
    const component = [root];
    let [isClosed, hasTwoSides] = [true, true];
    seen[root] = 1;
    for (let at = 0; at < component.length; at++) {
      const face = component[at];
      for (let corner = 3 * face; corner < 3 * face + 3; corner++) {
        const across = neighbor[corner];
        if (across < 0) {
          isClosed = false;
          continue;
        }
        const other = Math.floor(across / 3);
        // Both run along the edge from the same end: one of the two must be turned.
        const turn = turned[face] ^ Number(startOf(corner) === startOf(across));
        if (!seen[other]) {
          seen[other] = 1;
          turned[other] = turn;
          component.push(other);
        } else if (turned[other] !== turn) hasTwoSides = false;
      }
    }
    members.push(component);
    closed.push(isClosed);
    twoSided.push(hasTwoSides);
  }
  return { members, turned, closed, twoSided };
}

/** Six times the volume that faces enclose, wound alike; negative where they look inwards. */
function signedVolume({ positions: p, faces }: Pick<Mesh, 'positions' | 'faces'>, component: readonly number[], turned: Uint8Array): number {
  // About a vertex of its own: far from the origin the sum would lose its digits.
  const o = 3 * faces[3 * component[0]];
  let volume = 0;
  for (const face of component) {
    const [a, b, c] = [0, 1, 2].map((k) => {
      const v = 3 * faces[3 * face + k];
      return [p[v] - p[o], p[v + 1] - p[o + 1], p[v + 2] - p[o + 2]];
    });
    const six = a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
    volume += turned[face] ? -six : six;
  }
  return volume;
}
