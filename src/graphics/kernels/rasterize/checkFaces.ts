/** @throws Error that names a face whose vertex does not exist. */
export function checkFaces(faces: ArrayLike<number>, vertexCount: number): void {
  for (let corner = 0; corner < faces.length; corner++) {
    if (faces[corner] >= 0 && faces[corner] < vertexCount) continue;
    throw new Error(`faces names vertex ${faces[corner]} in face ${Math.floor(corner / 3)}, but clipVertices has ${vertexCount} vertices`);
  }
}
