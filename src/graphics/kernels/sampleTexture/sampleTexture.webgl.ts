import * as tf from '../../tf';
import { FLOAT_BLEND_FLAG } from '../webgl/floatBlend';
import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { addPoints, POINT } from '../webgl/addPoints';
import { runPass } from '../webgl/pass';
import { registerWebglKernel } from '../webgl/registerWebglKernel';
import { packedOutput, scratch } from '../webgl/tensorTextures';
import { ungroup } from '../webgl/ungroup';
import { SAMPLE_TEXTURE, SAMPLE_TEXTURE_GRAD_TEXTURE, SAMPLE_TEXTURE_GRAD_UVS } from './names';

interface SampleAttrs { readonly tiling: boolean }

/** Where a sample falls among the texels; see the cpu kernel. */
const TAPS = `
struct Taps { ivec2 low; ivec2 high; vec2 t; vec2 slope; };
/** The remainder is corrected: a GPU's division may round, and then i = size would stay size. */
ivec2 wrap(ivec2 i, ivec2 size) {
  ivec2 r = i - size * ivec2(floor(vec2(i) / vec2(size)));
  return r + size * (ivec2(lessThan(r, ivec2(0))) - ivec2(greaterThanEqual(r, size)));
}
ivec2 place(ivec2 i, ivec2 size) { return tiling == 1 ? wrap(i, size) : clamp(i, ivec2(0), size - 1); }
Taps tapsAt(vec2 uv) {
  ivec2 size = ivec2(texWidth, texHeight);
  vec2 last = vec2(size - 1);
  vec2 at = vec2(uv.x, 1.0 - uv.y) * vec2(size) - 0.5;
  vec2 centred = tiling == 1 ? at : clamp(at, vec2(0), last);
  ivec2 low = ivec2(floor(centred));
  bvec2 inside = tiling == 1 ? bvec2(true) : bvec2(at.x > 0.0 && at.x < last.x, at.y > 0.0 && at.y < last.y);
  return Taps(place(low, size), place(low + 1, size), centred - vec2(low), mix(vec2(0), vec2(size), inside));
}`;

const SAMPLE = `
out vec4 values;
${PACKED_PLACE}${TEXEL_INDEX}${TAPS}
vec2 sampled(int n, int k) {
  if (n >= samples) return vec2(0);
  Taps s = tapsAt(uvs_pair(0, n, 0));
  vec2 top = mix(image_pair(s.low.y, s.low.x, k), image_pair(s.low.y, s.high.x, k), s.t.x);
  vec2 bottom = mix(image_pair(s.high.y, s.low.x, k), image_pair(s.high.y, s.high.x, k), s.t.x);
  vec2 pair = mix(top, bottom, s.t.y);
  return 2 * k + 1 < channels ? pair : vec2(pair.x, 0);
}
void main() {
  int m, n, k;
  packedPlace(texelIndex(outWidth), samples, channels, m, n, k);
  values = m > 0 ? vec4(0) : vec4(sampled(n, k), sampled(n + 1, k));
}`;

const TO_UVS = `
out vec4 values;
${PACKED_PLACE}${TEXEL_INDEX}${TAPS}
vec2 toUv(int n) {
  if (n >= samples) return vec2(0);
  Taps s = tapsAt(uvs_pair(0, n, 0));
  vec2 g = vec2(0);
  for (int q = 0; 4 * q < channels; q++) {
    vec4 d = dy_quad(0, n, q);
    vec4 a = image_quad(s.low.y, s.low.x, q); vec4 b = image_quad(s.low.y, s.high.x, q);
    vec4 c = image_quad(s.high.y, s.low.x, q); vec4 e = image_quad(s.high.y, s.high.x, q);
    g.x += dot(d, mix(b - a, e - c, s.t.y));
    g.y -= dot(d, mix(c - a, e - b, s.t.x));
  }
  return g * s.slope;
}
void main() {
  int m, n, k;
  packedPlace(texelIndex(outWidth), samples, 2, m, n, k);
  values = m > 0 ? vec4(0) : vec4(toUv(n), toUv(n + 1));
}`;

/** Four points a sample, each placed on its texel's sum and added there. */
const TO_TEXELS_POINTS = `
${POINT}${TAPS}
void main() {
  ivec2 tapAndSample = divide(gl_VertexID, 4);
  int n = tapAndSample.y;
  Taps s = tapsAt(uvs_pair(0, n, 0));
  bool right = (tapAndSample.x & 1) == 1; bool bottom = tapAndSample.x > 1;
  vec4 part = dy_quad(0, n, group) * (right ? s.t.x : 1.0 - s.t.x) * (bottom ? s.t.y : 1.0 - s.t.y);
  int texel = (bottom ? s.high.y : s.low.y) * texWidth + (right ? s.high.x : s.low.x);
  addAt(texel, sumsWidth, sumsHeight, part);
}`;

/** Without blending: every texel looks at every sample. */
const TO_TEXELS_GATHER = `
out vec4 total;
${TEXEL_INDEX}${TAPS}
void main() {
  total = vec4(0);
  ivec2 texel = divide(texelIndex(sumsWidth), texWidth);
  if (texel.y >= texHeight) return;
  for (int n = 0; n < samples; n++) {
    Taps s = tapsAt(uvs_pair(0, n, 0));
    float x = (s.low.x == texel.x ? 1.0 - s.t.x : 0.0) + (s.high.x == texel.x ? s.t.x : 0.0);
    float y = (s.low.y == texel.y ? 1.0 - s.t.y : 0.0) + (s.high.y == texel.y ? s.t.y : 0.0);
    if (x * y != 0.0) total += x * y * dy_quad(0, n, group);
  }
}`;

const uniformsOf = ([texHeight, texWidth, channels]: number[], [samples]: number[], { tiling }: SampleAttrs) =>
  ({ texHeight, texWidth, channels, samples, tiling: tiling ? 1 : 0 });

registerWebglKernel(SAMPLE_TEXTURE, ['uvs', 'texture'], ({ backend, resources, shapes, open, draw }, attrs: SampleAttrs) => {
  const inputs = { uvs: open('uvs'), image: open('texture') };
  const output = packedOutput(backend, [shapes.uvs[0], shapes.texture[2]]);
  const uniforms = { ...uniformsOf(shapes.texture, shapes.uvs, attrs), outWidth: output.target.width };
  draw(() => runPass(resources, { key: 'sample texture', inputs, uniforms, fragment: () => SAMPLE }, [output.target]));
  return output;
});

registerWebglKernel(SAMPLE_TEXTURE_GRAD_UVS, ['dy', 'uvs', 'texture'], ({ backend, resources, shapes, open, draw }, attrs: SampleAttrs) => {
  const inputs = { dy: open('dy'), uvs: open('uvs'), image: open('texture') };
  const output = packedOutput(backend, shapes.uvs);
  const uniforms = { ...uniformsOf(shapes.texture, shapes.uvs, attrs), outWidth: output.target.width };
  draw(() => runPass(resources, { key: 'sample texture grad uvs', inputs, uniforms, fragment: () => TO_UVS }, [output.target]));
  return output;
});

registerWebglKernel(SAMPLE_TEXTURE_GRAD_TEXTURE, ['dy', 'uvs', 'texture'], ({ backend, resources, shapes, open, use, draw }, attrs: SampleAttrs) => {
  const [texHeight, texWidth, channels] = shapes.texture;
  const inputs = { dy: open('dy'), uvs: open('uvs') };
  const output = packedOutput(backend, shapes.texture);
  const sums = use(scratch(backend, texHeight * texWidth));
  const blending = resources.canBlendFloats && tf.env().getNumber(FLOAT_BLEND_FLAG) !== 0;
  draw(() => {
    for (let group = 0; group < Math.ceil(channels / 4); group++) {
      const summing = { ...uniformsOf(shapes.texture, shapes.uvs, attrs), group, sumsWidth: sums.width };
      if (blending) {
        const points = { key: 'sample texture points', inputs, uniforms: { ...summing, sumsHeight: sums.height }, vertex: () => TO_TEXELS_POINTS };
        addPoints(resources, points, 4 * shapes.uvs[0], sums);
      } else runPass(resources, { key: 'sample texture gather', inputs, uniforms: summing, fragment: () => TO_TEXELS_GATHER }, [sums]);
      ungroup(resources, sums, shapes.texture, group, output);
    }
  });
  return output;
});
