import { registerWebglKernel, type KernelCall } from '../webgl/registerWebglKernel';
import { sumIntoVertices } from '../webgl/vertexSum';
import { ANTIALIAS_GRAD_POSITIONS } from './names';
import { blendsOf, type BlendInput } from './blends.webgl';
import { CROSSING } from './crossing.glsl';

/** A pixel looks at its four pairs, and for those that its own triangle's silhouette crosses gives the edge's ends their gradient. */
const contributions = (channels: number) => `
${CROSSING}
int bits; vec4 q0; vec4 q1; vec4 q2; vec2 pixels0; vec2 pixels1; vec2 pixels2;
bool worthwhile(int pose, int face) { return silhouettes_texel(pose * faceCount + face).b != 0.0; }
bool prepare(int pose, int face, int group, ivec3 index, vec4 p0, vec4 p1, vec4 p2) {
  vec4 third = silhouettes_texel(pose * faceCount + face);
  vec4 others = corners_texel(pose * faceCount + face);
  pixels0 = others.xy; pixels1 = others.zw; pixels2 = third.xy; bits = int(third.b);
  q0 = p0; q1 = p1; q2 = p2;
  return bits != 0;
}
/** From an end's gradient in pixels to its clip vertex: x, y and w. */
vec4 toClip(vec2 g, vec4 p) {
  vec2 xy = g * vec2(0.5, -0.5) * vec2(width, height) / p.w;
  return vec4(xy, 0, -dot(xy, p.xy) / p.w);
}
void addCrossing(int m, int i, int j, ivec2 toOther, bool isFirst, inout vec4 s0, inout vec4 s1, inout vec4 s2) {
  bool horizontal = toOther.y == 0;
  float s = isFirst ? 1.0 : -1.0;
  Crossing c = findCrossing(pixels0, pixels1, pixels2, bits, vec2(i, j) + 0.5, horizontal, s);
  if (c.d > 0.0 && c.d < 1.0) {
    bool ownWritten = blend(c, s) > 0.0 == isFirst;
    int wm = ownWritten ? m : m + toOther.y; int wi = ownWritten ? i : i + toOther.x;
    float delta = 0.0;
    for (int g = 0; g < ${Math.ceil(channels / 4)}; g++) {
      delta += dot(dy_quad(wm, wi, g), color_quad(m + toOther.y, i + toOther.x, g) - color_quad(m, i, g));
    }
    delta *= s;
    float extent = c.end2.y - c.end1.y;
    float guarded = (extent < 0.0 ? -1.0 : 1.0) * max(abs(extent), 1e-3);
    float crossing = s * c.d;
    vec2 g1 = vec2(-c.end2.y, c.end2.x - crossing) * delta / guarded;
    vec2 g2 = vec2(c.end1.y, crossing - c.end1.x) * delta / guarded;
    if (!horizontal) { g1 = g1.yx; g2 = g2.yx; }
    if (c.edge == 0) { s1 += toClip(g1, q1); s2 += toClip(g2, q2); }
    else if (c.edge == 1) { s2 += toClip(g1, q2); s0 += toClip(g2, q0); }
    else { s0 += toClip(g1, q0); s1 += toClip(g2, q1); }
  }
}
void contribute(int m, int i, int j, vec4 seen, inout vec4 s0, inout vec4 s1, inout vec4 s2) {
  for (int k = 0; k < 4; k++) {
    ivec2 toOther = k < 2 ? ivec2(1 - 2 * k, 0) : ivec2(0, 5 - 2 * k);
    bool inside = i + toOther.x >= 0 && i + toOther.x < width && j + toOther.y >= 0 && j + toOther.y < height;
    vec4 other = inside ? raster_row4(m + toOther.y, i + toOther.x) : seen;
    bool isFirst = toOther.x + toOther.y > 0;
    if (other.w != seen.w && isFirst == (isFirst ? firstOwns(seen, other) : firstOwns(other, seen))) {
      addCrossing(m, i, j, toOther, isFirst, s0, s1, s2);
    }
  }
}`;
registerWebglKernel(
  ANTIALIAS_GRAD_POSITIONS, ['dy', 'color', 'raster', 'clipVertices', 'faces', 'opposites', 'cornerOffsets', 'corners'],
  (call) => {
    const { shapes, open, openQuads } = call;
    const [batch, height, width, channels] = shapes.color;
    const { silhouettes, corners } = blendsOf(call as KernelCall<BlendInput>);
    const inputs = {
      dy: open('dy'), color: open('color'), raster: open('raster'), clip: openQuads('clipVertices'), faces: openQuads('faces'), silhouettes, corners,
    };
    const sum = { sizes: { batch, height, width, faceCount: shapes.faces[0] }, vertexCount: shapes.clipVertices[1], outBatch: batch, channels: 4 };
    const key = `antialias grad positions ${Math.ceil(channels / 4)}`;
    return sumIntoVertices(
      call as unknown as KernelCall<string>, { key, inputs, uniforms: {}, glsl: contributions(channels), sparse: true }, sum,
      { offsets: open('cornerOffsets'), corners: open('corners') },
    );
  },
);
