import type * as tf from '../../tf';
import { runPass } from '../webgl/pass';
import { TEXEL_INDEX } from '../webgl/glsl';
import type { KernelCall } from '../webgl/registerWebglKernel';
import { bindTargets, type GLResources } from '../webgl/resources';
import { scratch, type Scratch, type View } from '../webgl/tensorTextures';
import { CROSSING, SILHOUETTE_BITS, TO_PIXELS } from './crossing.glsl';
import { drawNearSilhouettes, findTiles, rowLayout, tileCount } from './nearSilhouettes.webgl';

/** What all three antialias kernels need to know of a view of the mesh; it does not depend on the colours. */
export interface Blends {
  /** [B, F], two texels of a face. Its first two corners in pixels. */
  readonly corners: Scratch;
  /** Its third corner, and the bits of its silhouette edges in .b. */
  readonly silhouettes: Scratch;
  /** Where pixels can be blended; see nearSilhouettes.webgl.ts. */
  readonly tiles: Scratch;
  /** [B·H, W]: signed α of the pixel's pair with its right neighbour in .r, with its lower neighbour in .g. */
  readonly alphas: Scratch;
}

export type BlendInput = 'raster' | 'clipVertices' | 'faces' | 'opposites';
const KEYS: readonly BlendInput[] = ['raster', 'clipVertices', 'faces', 'opposites'];

interface Remembered { readonly ids: readonly tf.DataId[]; readonly shape: string; readonly blends: Blends }

/** The blends of the last view on each context: a backward pass finds those of its forward pass. Two textures stay in use for it. */
const lastView = new WeakMap<GLResources, Remembered>();

const SILHOUETTES = `
layout(location = 0) out vec4 firstCorners; layout(location = 1) out vec4 silhouette;
${TEXEL_INDEX}${SILHOUETTE_BITS}${TO_PIXELS}
void main() {
  ivec2 faceAndPose = divide(texelIndex(outWidth), faceCount);
  firstCorners = vec4(0); silhouette = vec4(0);
  if (faceAndPose.y >= batch) return;
  ivec3 index = ivec3(faces_row3(0, faceAndPose.x));
  vec4 p0 = clip_row4(faceAndPose.y, index.x); vec4 p1 = clip_row4(faceAndPose.y, index.y); vec4 p2 = clip_row4(faceAndPose.y, index.z);
  int bits = silhouetteBits(faceAndPose.y, ivec3(opposites_row3(0, faceAndPose.x)), p0, p1, p2);
  vec2 size = vec2(width, height);
  firstCorners = vec4(toPixels(p0, size), toPixels(p1, size));
  silhouette = vec4(toPixels(p2, size), bits, 0);
}`;

const ALPHAS = `
out vec4 alphas;
${TEXEL_INDEX}${CROSSING}
float alpha(vec4 seen0, vec4 seen1, int pose, vec2 centre, vec2 toSecond) {
  bool isFirst = firstOwns(seen0, seen1);
  int n = pose * faceCount + int(isFirst ? seen0.w : seen1.w) - 1;
  vec4 third = silhouettes_texel(max(n, 0));
  vec4 others = corners_texel(max(n, 0));
  float s = isFirst ? 1.0 : -1.0;
  Crossing c = findCrossing(others.xy, others.zw, third.xy, int(third.z), isFirst ? centre : centre + toSecond, toSecond.x > 0.0, s);
  return seen0.w != seen1.w && isUsed(c) ? blend(c, s) : 0.0;
}
void main() {
  alphas = vec4(0);
  ivec2 xAndM = divide(texelIndex(outWidth), width);
  int x = xAndM.x; int m = xAndM.y;
  if (m >= batch * height) return;
  ivec2 yAndPose = batch == 1 ? ivec2(m, 0) : divide(m, height);
  vec4 seen = raster_row4(m, x);
  vec2 centre = vec2(x, yAndPose.x) + 0.5;
  if (x + 1 < width) alphas.r = alpha(seen, raster_row4(m, x + 1), yAndPose.y, centre, vec2(1, 0));
  if (yAndPose.x + 1 < height) alphas.g = alpha(seen, raster_row4(m + 1, x), yAndPose.y, centre, vec2(0, 1));
}`;

/** The blends of this view: remembered, or computed now. */
export function blendsOf(call: KernelCall<BlendInput>): Blends {
  const { resources, dataIds, shapes, backend } = call;
  const ids = KEYS.map((key) => dataIds[key]);
  // A reshaped image has the same data id.
  const shape = shapes.raster.join();
  const remembered = lastView.get(resources);
  if (remembered?.shape === shape && remembered.ids.every((id, i) => id === ids[i])) return remembered.blends;
  if (remembered) {
    lastView.delete(resources);
    Object.values(remembered.blends).forEach((texture: Scratch) => texture.release());
  }
  const blends = computeBlends(call, backend);
  lastView.set(resources, { ids, shape, blends });
  return blends;
}

function computeBlends({ resources, shapes, open, openQuads, draw }: KernelCall<BlendInput>, backend: tf.MathBackendWebGL): Blends {
  const [batch, height, width] = shapes.raster;
  const faceCount = shapes.faces[0];
  const [raster, clip, faces, opposites] = [open('raster'), openQuads('clipVertices'), openQuads('faces'), openQuads('opposites')];
  const [corners, silhouettes] = [0, 1].map(() => scratch(backend, batch * faceCount));
  const count = tileCount(batch * height, width);
  const tiles = scratch(backend, count);
  const alphas = scratch(backend, batch * height * width, width, width);
  const uniforms = { batch, faceCount, height, width };
  draw((gl) => {
    const edges: Record<string, View> = { clip, faces, opposites };
    runPass(resources, {
      key: 'antialias silhouettes', inputs: edges, uniforms: { ...uniforms, outWidth: silhouettes.width }, fragment: () => SILHOUETTES,
    }, [corners, silhouettes]);
    findTiles(resources, { raster, silhouettes }, uniforms, tiles);
    const pass = { key: 'antialias alphas', inputs: { raster, corners, silhouettes }, uniforms: { ...uniforms, outWidth: alphas.width }, fragment: () => ALPHAS };
    const rows = rowLayout(alphas.width, width, 2);
    if (rows) {
      bindTargets(resources, [alphas]);
      gl.clearBufferfv(gl.COLOR, 0, [0, 0, 0, 0]);
      drawNearSilhouettes(resources, pass, tiles, count, alphas, rows);
    } else {
      runPass(resources, pass, [alphas]);
    }
  });
  return { corners, silhouettes, tiles, alphas };
}
