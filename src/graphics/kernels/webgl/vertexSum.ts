import type { Pass } from './pass';
import { runMasked, runPass, usePass } from './pass';
import { PACKED_PLACE, PIXEL_BOUNDS, PIXEL_CENTRE, TEXEL_INDEX } from './glsl';
import { sumsByBlending, workersPerTriangle, type SumSizes } from './floatBlend';
import type { KernelCall } from './registerWebglKernel';
import { bindTargets, threeLayers } from './resources';
import { denseOutput, packedOutput, scratch, textureSize, type Output, type View } from './tensorTextures';

/** What pixels give to the three vertices of the triangle that they see. Values are [.., C]; four channels (a group) are handled at a time. */
export interface PixelContributions {
  /** Names the GLSL below, with its compile-time choices. */
  readonly key: string;
  /** Must hold `raster`, `faces` and `clip`. */
  readonly inputs: Readonly<Record<string, View>> & { readonly raster: View; readonly faces: View; readonly clip: View };
  readonly uniforms: Readonly<Record<string, number>>;
  /**
   * GLSL globals and two functions:
   * `bool prepare(int pose, int face, int group, ivec3 index, vec4 p0, vec4 p1, vec4 p2)`, once per triangle (false: gives nothing), and
   * `void contribute(int m, int i, int j, vec4 seen, inout vec4 s0, inout vec4 s1, inout vec4 s2)`, once per pixel that sees it
   * (m: row of the batch, pose·height + j).
   */
  readonly glsl: string;
  /** The GLSL also has `bool worthwhile(int pose, int face)`, false for most triangles: those are not run at all. */
  readonly sparse?: boolean;
}

export interface VertexSum {
  readonly sizes: SumSizes;
  readonly vertexCount: number;
  /** The result is [outBatch, V, channels]; outBatch 1 sums over the poses too. */
  readonly outBatch: number;
  readonly channels: number;
}

/** Sums per-pixel contributions into vertices. */
export function sumIntoVertices(
  call: KernelCall<string>, contributions: PixelContributions, sum: VertexSum, table: { readonly offsets: View; readonly corners: View },
): Output {
  const { backend, resources } = call;
  const { outBatch, vertexCount, channels } = sum;
  const output = channels === 4 ? denseOutput(backend, [outBatch, vertexCount, 4]) : packedOutput(backend, [outBatch, vertexCount, channels]);
  if (sumsByBlending(resources, sum.sizes)) blendPixels(call, contributions, sum, output);
  else gatherTriangles(call, contributions, sum, output, table);
  return output;
}

const sharedUniforms = ({ sizes: { batch, faceCount, height, width }, vertexCount, outBatch, channels }: VertexSum, outWidth: number) =>
  ({ batch, faceCount, height, width, vertexCount, outBatch, channels, outWidth });

/** Each worker sums the pixels of its rows of one triangle. */
const triangleFragment = (glsl: string) => `
layout(location = 0) out vec4 s0; layout(location = 1) out vec4 s1; layout(location = 2) out vec4 s2;
${TEXEL_INDEX}${PIXEL_BOUNDS}${PIXEL_CENTRE}
${glsl}
void main() {
  s0 = vec4(0); s1 = vec4(0); s2 = vec4(0);
  ivec2 worker = divide(texelIndex(outWidth), workers);
  ivec2 face = divide(worker.y, faceCount);
  ivec2 pose = divide(face.y, batch);
  if (pose.y >= groups) return;
  ivec3 index = ivec3(faces_row3(0, face.x));
  vec4 p0 = clip_row4(pose.x, index.x); vec4 p1 = clip_row4(pose.x, index.y); vec4 p2 = clip_row4(pose.x, index.z);
  ivec4 bounds = pixelBounds(p0, p1, p2, width, height);
  if (bounds.x > bounds.y || !prepare(pose.x, face.x, pose.y, index, p0, p1, p2)) return;
  float id = float(face.x + 1);
  for (int j = bounds.z + worker.x; j <= bounds.w; j += workers) {
    int m = pose.x * height + j;
    for (int i = bounds.x; i <= bounds.y; i++) {
      vec4 seen = raster_row4(m, i);
      if (seen.w == id) contribute(m, i, j, seen, s0, s1, s2);
    }
  }
}`;

/** Leaves depth only where a worker has something to do. */
const worthwhileFragment = (glsl: string) => `
${TEXEL_INDEX}${PIXEL_CENTRE}
${glsl}
void main() {
  ivec2 face = divide(divide(texelIndex(outWidth), workers).y, faceCount);
  ivec2 pose = divide(face.y, batch);
  if (pose.y >= groups || !worthwhile(pose.x, face.x)) discard;
}`;

/** Sums a vertex's corners over the vertex → corner table. */
const cornerFragment = (dense: boolean) => `
out vec4 values;
${TEXEL_INDEX}${PACKED_PLACE}
vec4 cornerSum(int b, int v, int group) {
  vec4 total = vec4(0);
  int end = int(offsets_at(0, 0, v + 1));
  int firstPose = outBatch == 1 ? 0 : b;
  int lastPose = outBatch == 1 ? batch - 1 : b;
  for (int pose = firstPose; pose <= lastPose; pose++) {
    for (int i = int(offsets_at(0, 0, v)); i < end; i++) {
      ivec2 corner = divide(int(corners_at(0, 0, i)), 3);
      int n = ((group * batch + pose) * faceCount + corner.y) * workers;
      for (int k = 0; k < workers; k++) {
        total += sums_texel(n + k, corner.x);
      }
    }
  }
  return total;
}
void main() {
  values = vec4(0);
  int n = texelIndex(outWidth);
${dense ? `
  ivec2 place = divide(n, vertexCount);
  if (place.y < outBatch) values = cornerSum(place.y, place.x, 0);` : `
  int b, v, k;
  packedPlace(n, vertexCount, channels, b, v, k);
  if (b >= outBatch) return;
  vec4 first = cornerSum(b, v, k >> 1);
  vec4 second = v + 1 < vertexCount ? cornerSum(b, v + 1, k >> 1) : vec4(0);
  values = (k & 1) == 0 ? vec4(first.xy, second.xy) : vec4(first.zw, second.zw);`}
}`;

function gatherTriangles(
  { resources, draw }: KernelCall<string>, { key, inputs, uniforms, glsl, sparse }: PixelContributions, sum: VertexSum, output: Output,
  { offsets, corners }: { readonly offsets: View; readonly corners: View },
): void {
  const { batch, faceCount } = sum.sizes;
  const workers = workersPerTriangle(sum.sizes);
  const groups = Math.ceil(sum.channels / 4);
  const [width, height] = textureSize(groups * batch * faceCount * workers);
  const dense = output.view.layout === 'dense';
  const allUniforms = { ...sharedUniforms(sum, width), workers, groups, ...uniforms };
  draw(() => {
    const texture = threeLayers(resources, width, height);
    const targets = [0, 1, 2].map((layer) => ({ texture, width, height, layer }));
    const triangles: Pass = { key: `${key} by triangle`, inputs, uniforms: allUniforms, fragment: () => triangleFragment(glsl) };
    if (sparse) {
      const mask: Pass = { key: `${key} mask`, inputs, uniforms: allUniforms, fragment: () => worthwhileFragment(glsl) };
      runMasked(resources, mask, triangles, targets);
    } else {
      runPass(resources, triangles, targets);
    }
    const sums: View = { texture, layout: 'layers', width, offset: 0, rows: 1, columns: 4 };
    runPass(resources, {
      key: `sum corners ${dense}`, inputs: { sums, offsets, corners }, fragment: () => cornerFragment(dense),
      uniforms: { ...sharedUniforms(sum, output.target.width), workers },
    }, [output.target]);
  });
}

/** Three points a pixel, each placed on its vertex's texel and added there. */
const pointVertex = (glsl: string) => `
flat out vec4 value;
${PIXEL_CENTRE}
${glsl}
void main() {
  gl_PointSize = 1.0;
  gl_Position = vec4(2, 2, 2, 1);
  value = vec4(0);
  ivec2 cornerAndPixel = divide(gl_VertexID, 3);
  ivec2 columnAndRow = divide(cornerAndPixel.y, width);
  int i = columnAndRow.x; int m = columnAndRow.y;
  vec4 seen = raster_row4(m, i);
  if (seen.w != 0.0) {
    ivec2 rowAndPose = divide(m, height);
    ivec3 index = ivec3(faces_row3(0, int(seen.w) - 1));
    vec4 p0 = clip_row4(rowAndPose.y, index.x); vec4 p1 = clip_row4(rowAndPose.y, index.y); vec4 p2 = clip_row4(rowAndPose.y, index.z);
    if (prepare(rowAndPose.y, int(seen.w) - 1, group, index, p0, p1, p2)) {
      vec4 s0 = vec4(0); vec4 s1 = vec4(0); vec4 s2 = vec4(0);
      contribute(m, i, rowAndPose.x, seen, s0, s1, s2);
      int corner = cornerAndPixel.x;
      value = corner == 0 ? s0 : corner == 1 ? s1 : s2;
      int n = (outBatch == 1 ? 0 : rowAndPose.y) * vertexCount + index[corner];
      vec2 texel = vec2(divide(n, outWidth)) + 0.5;
      gl_Position = vec4(texel / vec2(outWidth, outHeight) * 2.0 - 1.0, 0, 1);
    }
  }
}`;

const POINT_FRAGMENT = 'flat in vec4 value; out vec4 added; void main() { added = value; }';

/** From one dense group of four channels to the packed tensor's channels 4·group … */
const UNGROUP = `
out vec4 values;
${TEXEL_INDEX}${PACKED_PLACE}
void main() {
  int b, v, k;
  packedPlace(texelIndex(outWidth), vertexCount, channels, b, v, k);
  if (k >> 1 != group) discard;
  int n = b * vertexCount + v;
  vec4 first = sums_texel(n);
  vec4 second = v + 1 < vertexCount ? sums_texel(n + 1) : vec4(0);
  values = (k & 1) == 0 ? vec4(first.xy, second.xy) : vec4(first.zw, second.zw);
}`;

function blendPixels(
  { backend, resources, use, draw }: KernelCall<string>, { key, inputs, uniforms, glsl }: PixelContributions, sum: VertexSum, output: Output,
): void {
  const { batch, height, width } = sum.sizes;
  const dense = output.view.layout === 'dense';
  const sums = dense ? { ...output.view, ...output.target } : use(scratch(backend, sum.outBatch * sum.vertexCount));
  const points = (group: number): Pass => ({
    key: `${key} by point`, inputs, vertex: () => pointVertex(glsl), fragment: () => POINT_FRAGMENT,
    uniforms: { ...sharedUniforms(sum, sums.width), outHeight: sums.height, group, ...uniforms },
  });
  draw((gl) => {
    for (let group = 0; group < Math.ceil(sum.channels / 4); group++) {
      bindTargets(resources, [sums]);
      gl.clearBufferfv(gl.COLOR, 0, [0, 0, 0, 0]);
      usePass(resources, points(group));
      gl.bindVertexArray(resources.vertexArray);
      gl.enable(gl.BLEND);
      gl.blendEquation(gl.FUNC_ADD);
      gl.blendFunc(gl.ONE, gl.ONE);
      gl.drawArrays(gl.POINTS, 0, 3 * batch * height * width);
      gl.disable(gl.BLEND);
      if (dense) continue;
      const ungroup: Pass = {
        key: 'ungroup channels', inputs: { sums }, fragment: () => UNGROUP, uniforms: { ...sharedUniforms(sum, output.target.width), group },
      };
      runPass(resources, ungroup, [output.target]);
    }
  });
}
