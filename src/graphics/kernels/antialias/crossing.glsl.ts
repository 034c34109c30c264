// The kernels' README, "antialias", in GLSL; the cpu kernel's silhouettePairs.ts says the same in loops.

/** Which edges of a face are silhouettes as seen: bit k for the edge opposite corner k. Needs clip. */
export const SILHOUETTE_BITS = `
bool isSilhouette(vec4 e1, vec4 e2, vec4 apex, int opposite, int pose) {
  if (min(e1.w, e2.w) < 1e-6) return false;
  if (opposite < 0) return true;
  vec3 line = cross(e1.xyw, e2.xyw);
  return dot(line, apex.xyw) * dot(line, clip_row4(pose, opposite).xyw) >= 0.0;
}
int silhouetteBits(int pose, ivec3 opposite, vec4 p0, vec4 p1, vec4 p2) {
  return (isSilhouette(p1, p2, p0, opposite.x, pose) ? 1 : 0)
    + (isSilhouette(p2, p0, p1, opposite.y, pose) ? 2 : 0)
    + (isSilhouette(p0, p1, p2, opposite.z, pose) ? 4 : 0);
}`;

/** A clip vertex in pixels, from the image's upper left corner. */
export const TO_PIXELS = `
vec2 toPixels(vec4 p, vec2 size) { return (p.xy / p.w * vec2(0.5, -0.5) + 0.5) * size; }`;

/** Where a silhouette edge of the owner's triangle crosses between two pixels' centres. */
export const CROSSING = `
struct Crossing {
  float d;     // from the owner's centre towards the other's, in pixels; not used if outside (-1/16, 17/16)
  int edge;    // opposite this corner
  vec2 end1;   // along the pair (right or down) and across it, in pixels from the owner's centre
  vec2 end2;
};
void considerEdge(vec2 p1, vec2 p2, int edge, vec2 centre, bool horizontal, float s, inout Crossing best) {
  vec2 e1 = p1 - centre; vec2 e2 = p2 - centre;
  if (!horizontal) { e1 = e1.yx; e2 = e2.yx; }
  if ((e1.y < 0.0) == (e2.y < 0.0)) return;
  vec2 extent = abs(e2 - e1);
  if (horizontal ? extent.y < extent.x : extent.y <= extent.x) return;
  float d = s * (e1.x * e2.y - e2.x * e1.y) / (e2.y - e1.y);
  if (d > best.d) best = Crossing(d, edge, e1, e2);
}
/** Corners in pixels; \`bits\` as from silhouetteBits. */
Crossing findCrossing(vec2 p0, vec2 p1, vec2 p2, int bits, vec2 centre, bool horizontal, float s) {
  Crossing best = Crossing(-1e30, 0, vec2(0), vec2(0));
  if ((bits & 1) != 0) considerEdge(p1, p2, 0, centre, horizontal, s, best);
  if ((bits & 2) != 0) considerEdge(p2, p0, 1, centre, horizontal, s, best);
  if ((bits & 4) != 0) considerEdge(p0, p1, 2, centre, horizontal, s, best);
  return best;
}
bool isUsed(Crossing c) { return c.d > -1.0 / 16.0 && c.d < 17.0 / 16.0; }
float blend(Crossing c, float s) { return s * (0.5 - clamp(c.d, 0.0, 1.0)); }
bool firstOwns(vec4 seen0, vec4 seen1) { return seen1.w == 0.0 || (seen0.w != 0.0 && seen0.z <= seen1.z); }`;
