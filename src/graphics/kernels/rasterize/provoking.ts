/**
 * An index buffer for which every face ends in a vertex of its own.
 *
 * WebGL hands a fragment the flat outputs of its triangle's last vertex and does not number triangles. Drawing three vertices for each face
 * would do, and cost three vertex runs a face. Instead index f stands for face f *and* for the mesh vertex at one of its corners;
 * the other two corners name any face that stands for their vertex. About one run a face.
 */
export interface ProvokingIndices {
  /** [3 F]: entries below F stand for a face, entry F + v for vertex v alone, where no face stands for it. */
  readonly indices: Uint32Array;
  /** [F]: the corner whose vertex face f stands for. */
  readonly corners: Uint8Array;
}

/** @param faces [3 F] indices below vertexCount. O(F). */
export function provokingIndices(faces: ArrayLike<number>, vertexCount: number): ProvokingIndices {
  const faceCount = faces.length / 3;
  const corners = new Uint8Array(faceCount);
  const standIn = new Int32Array(vertexCount).fill(-1);
  // Each face takes a vertex that none stands for yet, if it has one.
  for (let face = 0; face < faceCount; face++) {
    for (let corner = 0; corner < 3; corner++) {
      if (standIn[faces[3 * face + corner]] >= 0) continue;
      corners[face] = corner;
      break;
    }
    standIn[faces[3 * face + corners[face]]] = face;
  }
  const indices = new Uint32Array(3 * faceCount);
  const name = (vertex: number) => (standIn[vertex] >= 0 ? standIn[vertex] : faceCount + vertex);
  for (let face = 0; face < faceCount; face++) {
    const corner = corners[face];
    // From here on the latest face that stands for a vertex is a recent one.
    standIn[faces[3 * face + corner]] = face;
    indices[3 * face] = name(faces[3 * face + (corner + 1) % 3]);
    indices[3 * face + 1] = name(faces[3 * face + (corner + 2) % 3]);
    indices[3 * face + 2] = face;
  }
  return { indices, corners };
}
