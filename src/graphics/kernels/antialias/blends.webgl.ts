import type * as tf from '../../tf';
import { runPass } from '../webgl/pass';
import { PIXEL_BOUNDS, TEXEL_INDEX } from '../webgl/glsl';
import type { KernelCall } from '../webgl/registerWebglKernel';
import { bindTargets, type GLResources } from '../webgl/resources';
import { scratch, type Scratch, type View } from '../webgl/tensorTextures';
import { CROSSING, SILHOUETTE_BITS } from './crossing.glsl';
import { drawNearSilhouettes, isWorthwhile, rowLayout } from './nearSilhouettes.webgl';

/** What all three antialias kernels need to know of a view of the mesh; it does not depend on the colours. */
export interface Blends {
  /** [B, F]: bits of the silhouette edges in .r; left column, top row and columns + 4096·rows (less 1) of the pixels that they can blend. */
  readonly silhouettes: Scratch;
  /** [B·H, W]: signed α of the pixel's pair with its right neighbour in .r, with its lower neighbour in .g. */
  readonly alphas: Scratch;
}

export type BlendInput = 'raster' | 'clipVertices' | 'faces' | 'opposites';
const KEYS: readonly BlendInput[] = ['raster', 'clipVertices', 'faces', 'opposites'];

interface Remembered { readonly ids: readonly tf.DataId[]; readonly blends: Blends }

/** The blends of the last view on each context: a backward pass finds those of its forward pass. Two textures stay in use for it. */
const lastView = new WeakMap<GLResources, Remembered>();

const SILHOUETTES = `
out vec4 record;
${TEXEL_INDEX}${SILHOUETTE_BITS}${PIXEL_BOUNDS}
void main() {
  ivec2 faceAndPose = divide(texelIndex(outWidth), faceCount);
  record = vec4(0);
  if (faceAndPose.y >= batch) return;
  ivec3 index = ivec3(faces_row3(0, faceAndPose.x));
  vec4 p0 = clip_row4(faceAndPose.y, index.x); vec4 p1 = clip_row4(faceAndPose.y, index.y); vec4 p2 = clip_row4(faceAndPose.y, index.z);
  int bits = silhouetteBits(faceAndPose.y, ivec3(opposites_row3(0, faceAndPose.x)), p0, p1, p2);
  // What a single silhouette edge blends lies within a pixel of it; its apex does not matter.
  ivec4 bounds = pixelBounds(bits == 1 ? p1 : p0, bits == 2 ? p2 : p1, bits == 4 ? p1 : p2, width, height, 1.0625);
  if (bits == 0 || bounds.x > bounds.y || bounds.z > bounds.w) return;
  record = vec4(bits, bounds.x, bounds.z, min(bounds.y - bounds.x, 4095) + 4096 * min(bounds.w - bounds.z, 4095));
}`;

const ALPHAS = `
out vec4 alphas;
${TEXEL_INDEX}${CROSSING}
float alpha(vec4 seen0, vec4 seen1, int m, ivec2 first, bool horizontal) {
  if (seen0.w == seen1.w) return 0.0;
  bool isFirst = firstOwns(seen0, seen1);
  int face = int(isFirst ? seen0.w : seen1.w) - 1;
  int pose = divide(m, height).y;
  int bits = int(silhouettes_texel(pose * faceCount + face).r);
  if (bits == 0) return 0.0;
  ivec3 index = ivec3(faces_row3(0, face));
  float s = isFirst ? 1.0 : -1.0;
  vec2 centre = vec2(first) + 0.5 + (isFirst ? vec2(0) : horizontal ? vec2(1, 0) : vec2(0, 1));
  Crossing c = findCrossing(
    clip_row4(pose, index.x), clip_row4(pose, index.y), clip_row4(pose, index.z), bits, centre, vec2(width, height), horizontal, s);
  return isUsed(c) ? blend(c, s) : 0.0;
}
void main() {
  alphas = vec4(0);
  ivec2 xAndM = divide(texelIndex(outWidth), width);
  int x = xAndM.x; int m = xAndM.y;
  if (m >= batch * height) return;
  int y = divide(m, height).x;
  vec4 seen = raster_row4(m, x);
  if (x + 1 < width) alphas.r = alpha(seen, raster_row4(m, x + 1), m, ivec2(x, y), true);
  if (y + 1 < height) alphas.g = alpha(seen, raster_row4(m + 1, x), m, ivec2(x, y), false);
}`;

/** The blends of this view: remembered, or computed now. */
export function blendsOf(call: KernelCall<BlendInput>): Blends {
  const { resources, dataIds, backend } = call;
  const ids = KEYS.map((key) => dataIds[key]);
  const remembered = lastView.get(resources);
  if (remembered && remembered.ids.every((id, i) => id === ids[i])) return remembered.blends;
  if (remembered) {
    lastView.delete(resources);
    remembered.blends.silhouettes.release();
    remembered.blends.alphas.release();
  }
  const blends = computeBlends(call, backend);
  lastView.set(resources, { ids, blends });
  return blends;
}

function computeBlends({ resources, shapes, open, openQuads, draw }: KernelCall<BlendInput>, backend: tf.MathBackendWebGL): Blends {
  const [batch, height, width] = shapes.raster;
  const faceCount = shapes.faces[0];
  const [raster, clip, faces, opposites] = [open('raster'), openQuads('clipVertices'), openQuads('faces'), openQuads('opposites')];
  const silhouettes = scratch(backend, batch * faceCount);
  const alphas = scratch(backend, batch * height * width, width, width);
  const uniforms = { batch, faceCount, height, width };
  draw((gl) => {
    const edges: Record<string, View> = { clip, faces, opposites };
    runPass(resources, {
      key: 'antialias silhouettes', inputs: edges, uniforms: { ...uniforms, outWidth: silhouettes.width }, fragment: () => SILHOUETTES,
    }, [silhouettes]);
    const pass = { key: 'antialias alphas', inputs: { raster, clip, faces, silhouettes }, uniforms: { ...uniforms, outWidth: alphas.width }, fragment: () => ALPHAS };
    const rows = isWorthwhile(faceCount, height, width) ? rowLayout(alphas.width, width, 2) : undefined;
    if (rows) {
      bindTargets(resources, [alphas]);
      gl.clearBufferfv(gl.COLOR, 0, [0, 0, 0, 0]);
      drawNearSilhouettes(resources, pass, alphas, rows, batch * faceCount);
    } else {
      runPass(resources, pass, [alphas]);
    }
  });
  return { silhouettes, alphas };
}
