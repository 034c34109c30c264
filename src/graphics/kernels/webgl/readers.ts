// GLSL that reads tensors where TensorFlow.js left them, so that no conversion pass runs between its ops and ours.

/**
 * How a tensor's values lie in its texture. Value i is counted in row-major order.
 * - flat: one value a texel.
 * - packed: 2 × 2 blocks of the last two axes.
 * - dense: values 4i … 4i + 3 in texel i. TensorFlow.js knows it as `packed` with the shape [N, 2, 2].
 *   Here with four columns, so that a row is a texel; `denseAny` has other columns.
 * - layers: no tensor, but the layers of an array texture, each dense.
 */
export type Layout = 'flat' | 'packed' | 'dense' | 'denseAny' | 'layers';

/** How an index becomes a texel's column and row: textures of 2ⁿ texels a line do without a division. */
export type Placing = 'shift' | 'divide';

export const placingOf = ({ width }: { readonly width: number }): Placing => (Number.isInteger(Math.log2(width)) ? 'shift' : 'divide');

/** What NAME_S.x holds: the texture's width in texels, or its logarithm. */
export const widthUniform = (view: { readonly width: number }): number => (placingOf(view) === 'shift' ? Math.log2(view.width) : view.width);

/**
 * Exact division of non-negative integers through floats (SIMD hardware divides those faster): (remainder, quotient). Floats hold 24 bits, so
 * the first quotient of a large index is off by some; what it leaves is divided again.
 */
export const DIVIDE = `
ivec2 divide(int i, int by) {
  float inverse = 1.0 / float(by);
  int q = int(float(i) * inverse);
  q += int(float(i - q * by) * inverse);
  int r = i - q * by;
  if (r < 0) { q--; r += by; } else if (r >= by) { q++; r -= by; }
  return ivec2(r, q);
}`;

const PLACE: Record<Placing, (n: string) => string> = {
  shift: (n) => `
ivec2 ${n}_place(int i) { return ivec2(i & ((1 << ${n}_S.x) - 1), i >> ${n}_S.x); }
ivec2 ${n}_next(ivec2 t) { return ivec2((t.x + 1) & ((1 << ${n}_S.x) - 1), t.y + ((t.x + 1) >> ${n}_S.x)); }`,
  divide: (n) => `
ivec2 ${n}_place(int i) { return divide(i, ${n}_S.x); }
ivec2 ${n}_next(ivec2 t) { return t.x + 1 < ${n}_S.x ? ivec2(t.x + 1, t.y) : ivec2(0, t.y + 1); }`,
};

const FETCH: Record<Exclude<Layout, 'layers'>, (n: string) => string> = {
  flat: (n) => `
ivec2 ${n}_first(int m, int r, int c) { return ${n}_place((m * ${n}_S.z + r) * ${n}_S.w + c + ${n}_S.y); }
float ${n}_at(int m, int r, int c) { return texelFetch(${n}, ${n}_first(m, r, c), 0).r; }
vec2 ${n}_pair(int m, int r, int k) {
  ivec2 t = ${n}_first(m, r, 2 * k);
  return vec2(texelFetch(${n}, t, 0).r, texelFetch(${n}, ${n}_next(t), 0).r);
}
vec3 ${n}_row3(int m, int r) {
  ivec2 t = ${n}_first(m, r, 0); float a = texelFetch(${n}, t, 0).r;
  t = ${n}_next(t); float b = texelFetch(${n}, t, 0).r;
  return vec3(a, b, texelFetch(${n}, ${n}_next(t), 0).r);
}
vec4 ${n}_row4(int m, int r) {
  ivec2 t = ${n}_first(m, r, 0); float a = texelFetch(${n}, t, 0).r;
  t = ${n}_next(t); float b = texelFetch(${n}, t, 0).r;
  t = ${n}_next(t); float c = texelFetch(${n}, t, 0).r;
  return vec4(a, b, c, texelFetch(${n}, ${n}_next(t), 0).r);
}`,
  packed: (n) => `
ivec2 ${n}_texel(int m, int r, int k) { return ${n}_place((m * ((${n}_S.z + 1) >> 1) + (r >> 1)) * ((${n}_S.w + 1) >> 1) + k); }
vec2 ${n}_half(vec4 t, int r) { return (r & 1) == 0 ? t.rg : t.ba; }
vec2 ${n}_pair(int m, int r, int k) { return ${n}_half(texelFetch(${n}, ${n}_texel(m, r, k), 0), r); }
vec4 ${n}_block(int m, int r, int k) { return texelFetch(${n}, ${n}_texel(m, r, k), 0); }
float ${n}_at(int m, int r, int c) { vec2 p = ${n}_pair(m, r, c >> 1); return (c & 1) == 0 ? p.x : p.y; }
vec4 ${n}_row4(int m, int r) {
  ivec2 t = ${n}_texel(m, r, 0);
  return vec4(${n}_half(texelFetch(${n}, t, 0), r), ${n}_half(texelFetch(${n}, ${n}_next(t), 0), r));
}
vec3 ${n}_row3(int m, int r) { return ${n}_row4(m, r).xyz; }`,
  dense: (n) => `
vec4 ${n}_texel(int i) { return texelFetch(${n}, ${n}_place(i), 0); }
vec4 ${n}_row4(int m, int r) { return ${n}_texel(m * ${n}_S.z + r); }
vec3 ${n}_row3(int m, int r) { return ${n}_row4(m, r).xyz; }
vec2 ${n}_pair(int m, int r, int k) { vec4 t = ${n}_row4(m, r); return k == 0 ? t.xy : t.zw; }
float ${n}_at(int m, int r, int c) { return ${n}_row4(m, r)[c]; }`,
  denseAny: (n) => `
float ${n}_at(int m, int r, int c) {
  int i = (m * ${n}_S.z + r) * ${n}_S.w + c;
  return texelFetch(${n}, ${n}_place(i >> 2), 0)[i & 3];
}
vec2 ${n}_pair(int m, int r, int k) { return vec2(${n}_at(m, r, 2 * k), ${n}_at(m, r, 2 * k + 1)); }
vec3 ${n}_row3(int m, int r) { return vec3(${n}_pair(m, r, 0), ${n}_at(m, r, 2)); }
vec4 ${n}_row4(int m, int r) { return vec4(${n}_pair(m, r, 0), ${n}_pair(m, r, 1)); }`,
};

/**
 * Functions that read the tensor NAME as [M, rows, columns]:
 * NAME_at(m, r, c); NAME_pair(m, r, k): columns 2k and 2k + 1; NAME_quad(m, r, g): columns 4g … 4g + 3, with 0 beyond the last;
 * NAME_block(m, r, k): those of row r (even) and the next; NAME_row3 and NAME_row4 for tensors of 3 and 4 columns. NAME_S holds (texture width in texels as {@link widthUniform} has it, offset, rows, columns).
 */
export const readers = (name: string, layout: Layout, placing: Placing): string => (layout === 'layers' ? `
uniform highp sampler2DArray ${name};
uniform highp ivec4 ${name}_S;
${PLACE[placing](name)}
vec4 ${name}_texel(int i, int layer) { return texelFetch(${name}, ivec3(${name}_place(i), layer), 0); }` : `
uniform highp sampler2D ${name};
uniform highp ivec4 ${name}_S;
${PLACE[placing](name)}
${FETCH[layout](name)}
${layout === 'packed' ? '' : `vec4 ${name}_block(int m, int r, int k) { return vec4(${name}_pair(m, r, k), ${name}_pair(m, r + 1, k)); }`}
vec4 ${name}_quad(int m, int r, int g) {
${layout === 'dense' ? `  return ${name}_row4(m, r);` : `
  vec2 a = ${name}_pair(m, r, 2 * g);
  vec2 b = 4 * g + 2 < ${name}_S.w ? ${name}_pair(m, r, 2 * g + 1) : vec2(0);
  return vec4(a.x, 4 * g + 1 < ${name}_S.w ? a.y : 0.0, b.x, 4 * g + 3 < ${name}_S.w ? b.y : 0.0);`}
}`);
