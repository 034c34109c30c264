/** A triangle mesh as plain arrays. V vertices, F triangles; counter-clockwise faces point outwards. */
export interface Mesh {
  readonly name: string;
  /** [V, 3], object frame, in `unit`s. */
  readonly positions: Float32Array;
  /** [F, 3] vertex indices. */
  readonly faces: Uint32Array;
  /** [V, 3], unit length. */
  readonly normals?: Float32Array;
  /** [V, 3], linear RGB in 0…1. */
  readonly colors?: Float32Array;
  /** [V, 2]; (0, 0) is the texture's lower left corner, as in OBJ and OpenGL. */
  readonly uvs?: Float32Array;
  readonly texture?: ImageRecord;
}

/** An image with row 0 at the top, 8 bits a channel, sRGB. */
export interface ImageRecord {
  readonly height: number;
  readonly width: number;
  /** [height, width, 4] RGBA. */
  readonly data: Uint8ClampedArray;
}

export const vertexCount = (mesh: Pick<Mesh, 'positions'>): number => mesh.positions.length / 3;
export const faceCount = (mesh: Pick<Mesh, 'faces'>): number => mesh.faces.length / 3;
