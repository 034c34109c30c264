import { imagePlace, TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel, type KernelCall } from '../webgl/registerWebglKernel';
import { denseOutput, packedOutput, type Output, type View } from '../webgl/tensorTextures';
import { ANTIALIAS, ANTIALIAS_GRAD_COLOR } from './names';
import { blendsOf, type BlendInput } from './blends.webgl';
import { drawNearSilhouettes, rowLayout, tileCount } from './nearSilhouettes.webgl';

/** Leaves 0 where the packed layout has neither a pixel nor a channel. */
const PADDED = `
vec4 padded(vec4 v, int x, int k) {
  if (x + 1 >= width) v.zw = vec2(0);
  if (2 * k + 1 >= channels) v.yw = vec2(0);
  return v;
}`;

/** Two channels of two neighbouring pixels a fragment, as TensorFlow.js packs them; `pair` is what differs between forward and backward. */
const blendFragment = (place: string, pair: string) => `
out vec4 values;
${place}${PADDED}
${pair}
void main() {
  int m, x, k;
  imagePlace(m, x, k);
  vec2 own0 = alphas_row4(m, x).rg; vec2 own1 = alphas_row4(m, x + 1).rg;
  float left = x > 0 ? alphas_row4(m, x - 1).r : 0.0;
  vec2 up = m > 0 ? vec2(alphas_row4(m - 1, x).g, alphas_row4(m - 1, x + 1).g) : vec2(0);
  vec4 here = image_block(m, x, k);
  vec2 before = image_block(m, x - 2, k).zw; vec2 after = image_block(m, x + 2, k).xy;
  values = padded(here
    + firstOfPair(vec4(own0.xx, own1.xx), here, vec4(here.zw, after)) + secondOfPair(vec4(left, left, own0.xx), vec4(before, here.xy), here)
    + firstOfPair(vec4(own0.yy, own1.yy), here, image_block(m + 1, x, k)) + secondOfPair(up.xxyy, image_block(m - 1, x, k), here), x, k);
}`;

/** alpha > 0 writes the pair's first pixel with c0 + alpha (c1 − c0), else the second with c1 + alpha (c1 − c0). */
const FORWARD = `
vec4 firstOfPair(vec4 alpha, vec4 c0, vec4 c1) { return mix(vec4(0), alpha * (c1 - c0), greaterThan(alpha, vec4(0))); }
vec4 secondOfPair(vec4 alpha, vec4 c0, vec4 c1) { return mix(vec4(0), alpha * (c1 - c0), lessThan(alpha, vec4(0))); }`;

/** The transpose: the first pixel gives alpha of what the written one receives to the second. */
const BACKWARD = `
vec4 given(vec4 alpha, vec4 g0, vec4 g1) { return mix(vec4(0), alpha * mix(g1, g0, greaterThan(alpha, vec4(0))), notEqual(alpha, vec4(0))); }
vec4 firstOfPair(vec4 alpha, vec4 g0, vec4 g1) { return -given(alpha, g0, g1); }
vec4 secondOfPair(vec4 alpha, vec4 g0, vec4 g1) { return given(alpha, g0, g1); }`;

/** Texel for texel, where the layouts agree. */
const COPY = 'out vec4 texel; void main() { texel = texelFetch(image, ivec2(gl_FragCoord.xy), 0); }';

/** The image as it is, in the output's layout. */
const repackFragment = (place: string) => `
out vec4 values;
${place}${PADDED}
void main() {
  int m, x, k;
  imagePlace(m, x, k);
  values = padded(image_block(m, x, k), x, k);
}`;

/** The same for four channels of one pixel a texel. */
const denseFragment = (pair: string) => `
out vec4 values;
${TEXEL_INDEX}
${pair}
void main() {
  ivec2 xAndM = divide(texelIndex(outWidth), width);
  int x = xAndM.x; int m = xAndM.y;
  vec2 own = alphas_row4(m, x).rg;
  float left = x > 0 ? alphas_row4(m, x - 1).r : 0.0;
  float up = m > 0 ? alphas_row4(m - 1, x).g : 0.0;
  vec4 here = image_quad(m, x, 0);
  values = here
    + firstOfPair(vec4(own.x), here, image_quad(m, x + 1, 0)) + secondOfPair(vec4(left), image_quad(m, x - 1, 0), here)
    + firstOfPair(vec4(own.y), here, image_quad(m + 1, x, 0)) + secondOfPair(vec4(up), image_quad(m - 1, x, 0), here);
}`;

const DENSE_REPACK = `
out vec4 values;
${TEXEL_INDEX}
void main() {
  ivec2 xAndM = divide(texelIndex(outWidth), width);
  values = image_quad(xAndM.y, xAndM.x, 0);
}`;

/** As blendImage, with the result as one pixel a texel. */
function blendDense(call: KernelCall<BlendInput>, image: View, shape: number[], key: string, pair: string): Output {
  const { backend, resources, draw } = call;
  const [batch, height, width] = shape;
  const { alphas, tiles } = blendsOf(call);
  const output = denseOutput(backend, shape, width);
  const uniforms = { width, outWidth: output.target.width };
  const pass = { key: `${key} dense`, inputs: { image, alphas }, uniforms, fragment: () => denseFragment(pair) };
  const rows = rowLayout(output.target.width, width, 2);
  draw(() => {
    if (!rows) {
      runPass(resources, pass, [output.target]);
      return;
    }
    runPass(resources, { key: 'antialias repack dense', inputs: { image }, uniforms, fragment: () => DENSE_REPACK }, [output.target]);
    drawNearSilhouettes(resources, pass, tiles, tileCount(batch * height, width), output.target, rows);
  });
  return output;
}

function blendImage(call: KernelCall<BlendInput>, image: View, shape: number[], key: string, pair: string): Output {
  const { backend, resources, draw } = call;
  const [batch, height, width, channels] = shape;
  const { alphas, tiles } = blendsOf(call);
  const perPair = Math.ceil(channels / 2);
  const line = Math.ceil(width / 2) * perPair;
  const sameLayout = image.layout === 'packed' && rowLayout(image.width, line, perPair) !== undefined;
  const output = packedOutput(backend, shape, sameLayout ? image.width : undefined);
  const rows = rowLayout(output.target.width, line, perPair);
  const uniforms = { width, channels, outWidth: output.target.width };
  const { key: placeKey, glsl: place } = imagePlace(output.target.width, width, channels);
  const pass = { key: `${key} ${placeKey}`, inputs: { image, alphas }, uniforms, fragment: () => blendFragment(place, pair) };
  draw(() => {
    if (!rows) {
      runPass(resources, pass, [output.target]);
      return;
    }
    // All of the image first, then again what lies near silhouettes.
    const copy = sameLayout ? { key: 'antialias copy', fragment: () => COPY } : { key: `antialias repack ${placeKey}`, fragment: () => repackFragment(place) };
    runPass(resources, { ...copy, inputs: { image }, uniforms }, [output.target]);
    drawNearSilhouettes(resources, pass, tiles, tileCount(batch * height, width), output.target, rows);
  });
  return output;
}

registerWebglKernel(ANTIALIAS, ['color', 'raster', 'clipVertices', 'faces', 'opposites'], (call) =>
  blendImage(call as KernelCall<BlendInput>, call.open('color'), call.shapes.color, 'antialias', FORWARD));

registerWebglKernel(ANTIALIAS_GRAD_COLOR, ['dy', 'color', 'raster', 'clipVertices', 'faces', 'opposites'], (call) => {
  // A dense image came from `interpolate`, whose gradients want it so again.
  const blended = call.shapes.dy[3] === 4 && call.open('color').layout === 'dense' ? blendDense : blendImage;
  return blended(call as unknown as KernelCall<BlendInput>, call.open('dy'), call.shapes.dy, 'antialias grad color', BACKWARD);
});
