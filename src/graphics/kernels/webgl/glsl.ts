// GLSL that several kernels share.

/** Where a fragment lies in a packed tensor [M, rows, columns]: `m`, the first of its two rows, the pair of columns. */
export const PACKED_PLACE = `
void packedPlace(int n, int rows, int columns, out int m, out int r, out int k) {
  int perRow = (columns + 1) >> 1;
  ivec2 restAndM = divide(n, perRow * ((rows + 1) >> 1));
  ivec2 pairAndRow = divide(restAndM.x, perRow);
  m = restAndM.y; r = 2 * pairAndRow.y; k = pairAndRow.x;
}`;

/** The linear index of this fragment's texel. */
export const TEXEL_INDEX = `
int texelIndex(int textureWidth) { return int(gl_FragCoord.y) * textureWidth + int(gl_FragCoord.x); }`;

/** Centre of pixel (column i, row j) in NDC; row 0 is the top. */
export const PIXEL_CENTRE = `
vec2 pixelCentre(int i, int j, int width, int height) {
  return vec2((2.0 * float(i) + 1.0) / float(width) - 1.0, 1.0 - (2.0 * float(j) + 1.0) / float(height));
}`;

/**
 * The pixels (inclusive: left, right, top, bottom) whose centres lie within `margin` pixels of a triangle's bounds;
 * the whole image if it reaches behind the camera. For what a triangle covers, COVER_MARGIN allows for the GPU's sub-pixel snapping.
 */
export const PIXEL_BOUNDS = `
const float COVER_MARGIN = 1.0 / 16.0;
ivec4 pixelBounds(vec4 p0, vec4 p1, vec4 p2, int width, int height, float margin) {
  ivec4 whole = ivec4(0, width - 1, 0, height - 1);
  if (!(min(p0.w, min(p1.w, p2.w)) > 1e-6)) return max(p0.w, max(p1.w, p2.w)) > 0.0 ? whole : ivec4(0, -1, 0, -1);
  vec2 size = vec2(width, height);
  vec2 flip = vec2(0.5, -0.5);
  vec2 s0 = (p0.xy / p0.w * flip + 0.5) * size;
  vec2 s1 = (p1.xy / p1.w * flip + 0.5) * size;
  vec2 s2 = (p2.xy / p2.w * flip + 0.5) * size;
  vec2 low = clamp(ceil(min(s0, min(s1, s2)) - 0.5 - margin), vec2(0), size);
  vec2 high = clamp(floor(max(s0, max(s1, s2)) - 0.5 + margin), vec2(-1), size - 1.0);
  return ivec4(int(low.x), int(high.x), int(low.y), int(high.y));
}`;

/**
 * `imagePlace(out m, out x, out k)`: where a fragment of a packed image [M, width, channels] lies: its row, the first of its two pixels, its pair of
 * channels. Needs the uniforms width, channels and outWidth. Textures with a line for each row need no division. `key` goes into the pass's key.
 */
export function imagePlace(textureWidth: number, width: number, channels: number): { readonly key: string; readonly glsl: string } {
  const perPair = Math.ceil(channels / 2);
  if (textureWidth !== Math.ceil(width / 2) * perPair) {
    return {
      key: 'any', glsl: `${PACKED_PLACE}${TEXEL_INDEX}
void imagePlace(out int m, out int x, out int k) { packedPlace(texelIndex(outWidth), width, channels, m, x, k); }`,
    };
  }
  return {
    key: `${perPair}`, glsl: `
void imagePlace(out int m, out int x, out int k) {
  ivec2 at = ivec2(gl_FragCoord.xy);
  m = at.y; x = 2 * (at.x / ${perPair}); k = at.x - ${perPair} * (at.x / ${perPair});
}`,
  };
}
