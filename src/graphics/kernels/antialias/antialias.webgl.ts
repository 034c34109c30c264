import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel, type KernelCall } from '../webgl/registerWebglKernel';
import { packedOutput, type Output, type View } from '../webgl/tensorTextures';
import { ANTIALIAS, ANTIALIAS_GRAD_COLOR } from './antialias';
import { blendsOf, type BlendInput } from './blends.webgl';
import { drawNearSilhouettes, isWorthwhile, rowLayout } from './nearSilhouettes.webgl';

/** Two channels of two neighbouring pixels a fragment, as TensorFlow.js packs them; `pixel` is what differs between forward and backward. */
const fragment = (pixel: string) => `
out vec4 values;
${PACKED_PLACE}${TEXEL_INDEX}
${pixel}
vec2 blended(int m, int x, int k) {
  if (x >= width) return vec2(0);
  vec2 own = alphas_row4(m, x).rg;
  float left = x > 0 ? alphas_row4(m, x - 1).r : 0.0;
  float up = m > 0 ? alphas_row4(m - 1, x).g : 0.0;
  vec2 at = image_pair(m, x, k);
  if (own.x != 0.0) at += firstOfPair(own.x, image_pair(m, x, k), image_pair(m, x + 1, k));
  if (own.y != 0.0) at += firstOfPair(own.y, image_pair(m, x, k), image_pair(m + 1, x, k));
  if (left != 0.0) at += secondOfPair(left, image_pair(m, x - 1, k), image_pair(m, x, k));
  if (up != 0.0) at += secondOfPair(up, image_pair(m - 1, x, k), image_pair(m, x, k));
  return 2 * k + 1 < channels ? at : vec2(at.x, 0);
}
void main() {
  int m, x, k;
  packedPlace(texelIndex(outWidth), width, channels, m, x, k);
  values = vec4(blended(m, x, k), blended(m, x + 1, k));
}`;

/** alpha > 0 writes the pair's first pixel with c0 + alpha (c1 − c0), else the second with c1 + alpha (c1 − c0). */
const FORWARD = fragment(`
vec2 firstOfPair(float alpha, vec2 c0, vec2 c1) { return max(alpha, 0.0) * (c1 - c0); }
vec2 secondOfPair(float alpha, vec2 c0, vec2 c1) { return min(alpha, 0.0) * (c1 - c0); }`);

/** The transpose: the first pixel gives alpha of what the written one receives to the second. */
const BACKWARD = fragment(`
vec2 firstOfPair(float alpha, vec2 g0, vec2 g1) { return -alpha * (alpha > 0.0 ? g0 : g1); }
vec2 secondOfPair(float alpha, vec2 g0, vec2 g1) { return alpha * (alpha > 0.0 ? g0 : g1); }`);

/** Texel for texel, where the layouts agree. */
const COPY = 'out vec4 texel; void main() { texel = texelFetch(image, ivec2(gl_FragCoord.xy), 0); }';

/** The image as it is, in the output's layout. */
const REPACK = `
out vec4 values;
${PACKED_PLACE}${TEXEL_INDEX}
vec2 pair(int m, int x, int k) {
  vec2 at = x < width ? image_pair(m, x, k) : vec2(0);
  return 2 * k + 1 < channels ? at : vec2(at.x, 0);
}
void main() {
  int m, x, k;
  packedPlace(texelIndex(outWidth), width, channels, m, x, k);
  values = vec4(pair(m, x, k), pair(m, x + 1, k));
}`;

function blendImage(call: KernelCall<BlendInput>, image: View, shape: number[], key: string, source: string): Output {
  const { backend, resources, shapes, draw } = call;
  const [batch, height, width, channels] = shape;
  const faceCount = shapes.faces[0];
  const { alphas, silhouettes } = blendsOf(call);
  const perPair = Math.ceil(channels / 2);
  const line = Math.ceil(width / 2) * perPair;
  const sameLayout = image.layout === 'packed' && rowLayout(image.width, line, perPair) !== undefined;
  const output = packedOutput(backend, shape, sameLayout ? image.width : undefined);
  const rows = isWorthwhile(faceCount, height, width) ? rowLayout(output.target.width, line, perPair) : undefined;
  const uniforms = { width, height, channels, faceCount, outWidth: output.target.width };
  const pass = { key, inputs: { image, alphas, silhouettes }, uniforms, fragment: () => source };
  draw(() => {
    if (!rows) {
      runPass(resources, pass, [output.target]);
      return;
    }
    // All of the image first, then again what lies near silhouettes.
    runPass(resources, { key: `antialias copy ${sameLayout}`, inputs: { image }, uniforms, fragment: () => (sameLayout ? COPY : REPACK) }, [output.target]);
    drawNearSilhouettes(resources, pass, output.target, rows, batch * faceCount);
  });
  return output;
}

registerWebglKernel(ANTIALIAS, ['color', 'raster', 'clipVertices', 'faces', 'opposites'], (call) =>
  blendImage(call as KernelCall<BlendInput>, call.open('color'), call.shapes.color, 'antialias', FORWARD));

registerWebglKernel(ANTIALIAS_GRAD_COLOR, ['dy', 'raster', 'clipVertices', 'faces', 'opposites'], (call) =>
  blendImage(call as KernelCall<BlendInput>, call.open('dy'), call.shapes.dy, 'antialias grad color', BACKWARD));
