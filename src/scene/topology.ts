/** What the antialiasing and gather kernels need to know of a mesh's connectivity. V vertices, F triangles. */
export interface Topology {
  readonly vertexCount: number;
  /** [F, 3] vertex indices, as given. */
  readonly faces: Int32Array;
  /**
   * [F, 3]: for edge k of a face (from its corner (k+1)%3 to (k+2)%3, so opposite corner k) the vertex that the neighbouring triangle has
   * opposite that edge, or −1 where the edge is open, non-manifold or a colour crease.
   */
  readonly opposites: Int32Array;
  /** [V + 1]: corners of vertex v are corners[cornerOffsets[v] … cornerOffsets[v + 1] − 1]. */
  readonly cornerOffsets: Int32Array;
  /** [3 F]: flat corner numbers 3·face + corner, grouped by vertex. */
  readonly corners: Int32Array;
}
