import { TEXEL_INDEX } from '../webgl/glsl';
import { runPass, usePass, type Pass } from '../webgl/pass';
import { bindTargets, withDepth, type GLResources, type Target } from '../webgl/resources';
import type { View } from '../webgl/tensorTextures';

// Blends happen beside pixels that see a face with a silhouette edge, which are few. Tiles of the image hold the bounds of theirs; then a square is drawn
// around each of those instead of visiting every pixel. Most faces with a silhouette edge are seen by no pixel (they are edge-on), so that squares
// around the edges themselves would cover several times as much. Overlaps are run once (depth test).

/** How an image's rows lie in a texture: `lines` image rows side by side, each `line` texels, of which two pixels take `perPair`. */
export interface RowLayout { readonly line: number; readonly lines: number; readonly perPair: number }

/** More image rows than this in one texture row, and visiting every texel is simpler. */
const MAX_LINES = 8;

export function rowLayout(textureWidth: number, line: number, perPair: number): RowLayout | undefined {
  const lines = textureWidth / line;
  return Number.isInteger(lines) && lines <= MAX_LINES ? { line, lines, perPair } : undefined;
}

/** Side of a tile in pixels: smaller ones fit closer, larger ones are fewer vertices (each as dear as some fragments). */
const TILE = 8;

export const tileCount = (rows: number, width: number): number => Math.ceil(rows / TILE) * Math.ceil(width / TILE);

const TILES = `
out vec4 box;
${TEXEL_INDEX}
void main() {
  ivec2 tile = divide(texelIndex(outWidth), (width + ${TILE - 1}) / ${TILE});
  ivec2 low = ivec2(width, rows); ivec2 high = ivec2(-1);
  for (int j = 0; j < ${TILE}; j++) {
    int m = ${TILE} * tile.y + j;
    int face = divide(m, height).y * faceCount - 1;
    for (int i = 0; i < ${TILE}; i++) {
      ivec2 at = ivec2(${TILE} * tile.x + i, m);
      float id = at.x < width && m < rows ? raster_row4(m, at.x).w : 0.0;
      if (id != 0.0 && silhouettes_texel(face + int(id)).b != 0.0) { low = min(low, at); high = max(high, at); }
    }
  }
  // One pixel more on each side: the other one of the pair.
  box = high.x < 0 ? vec4(0) : vec4(low - 1, high - low + 3);
}`;

export interface TiledImage { readonly batch: number; readonly height: number; readonly width: number; readonly faceCount: number }

/** Writes the tiles: left column, top row (of the B·H), columns and rows of the pixels that silhouettes can blend; 0 columns if none. */
export function findTiles(resources: GLResources, inputs: { readonly raster: View; readonly silhouettes: View }, { batch, height, width, faceCount }: TiledImage, target: Target): void {
  const uniforms = { rows: batch * height, height, width, faceCount, outWidth: target.width };
  runPass(resources, { key: 'antialias tiles', inputs, uniforms, fragment: () => TILES }, [target]);
}

/** A square over the box, or a triangle that reaches beyond it; texels are computed the same wherever they are asked for. */
const vertex = (points: boolean) => `
/** A point whose centre lies outside the target may be dropped whole: it is moved in as far as it still reaches all that it should. */
vec2 inside(vec2 centre, float reach) { return max(min(centre, vec2(outWidth, outHeight) - reach), vec2(0.5)); }
void main() {
  ivec2 cornerAndTile = ${points ? 'ivec2(0, gl_VertexID)' : 'divide(gl_VertexID, 3)'};
  gl_Position = vec4(2, 2, 2, 1);
  gl_PointSize = 1.0;
  vec4 box = tiles_texel(cornerAndTile.y);
  if (box.z != 0.0) {
    vec2 first = box.xy - vec2(0, gl_InstanceID);
    vec2 low = floor(first / vec2(2, lines)) * vec2(perPair, 1);
    vec2 high = ceil((first + box.zw) / vec2(2, lines)) * vec2(perPair, 1);
    vec2 size = high - low;
    gl_PointSize = max(size.x, size.y);
    vec2 start = low + vec2(gl_InstanceID * line, 0);
    vec2 at = ${points ? 'inside(start + 0.5 * gl_PointSize, 0.5 * gl_PointSize)' : 'start + 2.0 * size * vec2(cornerAndTile.x == 1, cornerAndTile.x == 2)'};
    gl_Position = vec4(at / vec2(outWidth, outHeight) * 2.0 - 1.0, 0, 1);
  }
}`;

/** Runs the fragment shader for the texels near silhouettes and leaves the others. */
export function drawNearSilhouettes(resources: GLResources, pass: Omit<Pass, 'vertex'>, tiles: View, count: number, target: Target, { lines, line, perPair }: RowLayout): void {
  const { gl } = resources;
  bindTargets(resources, [target]);
  withDepth(resources, target, () => {
    gl.depthMask(true);
    gl.clearBufferfv(gl.DEPTH, 0, [1]);
    gl.enable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LESS);
    // A box may start at the odd pixel of its first pair and end at the even one of its last.
    const points = Math.max((TILE / 2 + 2) * perPair, TILE + 3) <= resources.maxPointSize;
    usePass(resources, {
      key: `${pass.key} near silhouettes ${points}`, inputs: { ...pass.inputs, tiles }, vertex: () => vertex(points), fragment: pass.fragment,
      uniforms: { ...pass.uniforms, lines, line, perPair, outWidth: target.width, outHeight: target.height },
    });
    gl.bindVertexArray(resources.vertexArray);
    if (points) gl.drawArraysInstanced(gl.POINTS, 0, count, lines);
    else gl.drawArraysInstanced(gl.TRIANGLES, 0, 3 * count, lines);
    gl.disable(gl.DEPTH_TEST);
  });
}
