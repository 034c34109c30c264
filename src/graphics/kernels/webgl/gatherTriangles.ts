import { runMasked, runPass, type Pass } from './pass';
import { PACKED_PLACE, PIXEL_BOUNDS, PIXEL_CENTRE, TEXEL_INDEX } from './glsl';
import { workersPerTriangle } from './floatBlend';
import type { KernelCall } from './registerWebglKernel';
import { threeLayers } from './resources';
import { seenFaces } from './seenFaces';
import { scratch, textureSize, type Output, type View } from './tensorTextures';
import { ungroup } from './ungroup';
import { sharedUniforms, type CornerTable, type PixelContributions, type VertexSum } from './pixelContributions';

// The sum without blending: fragments (workers) sum the pixels of one triangle into its three corners, then each vertex gathers its corners.

/** Each worker sums the pixels of its rows of one triangle: within the bounds of those that see it, or (not `known`) of the triangle. */
const triangleFragment = (glsl: string, known: boolean) => `
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
  ivec4 bounds = ${known ? 'ivec4(seen_texel(pose.x * faceCount + face.x))' : 'pixelBounds(p0, p1, p2, width, height, COVER_MARGIN)'};
  if (bounds.x > bounds.y || !prepare(pose.x, face.x, pose.y, index, p0, p1, p2)) return;
  float id = float(face.x + 1);
  ivec2 at = ivec2(bounds.x, bounds.z + worker.x);
  // One loop, not one in another: where lanes run in step, each lasts as long as its longest.
  int count = (bounds.y - bounds.x + 1) * max((bounds.w - at.y + workers) / workers, 0);
  for (int n = 0; n < count; n++) {
    int m = pose.x * height + at.y;
    vec4 seen = raster_row4(m, at.x);
    if (seen.w == id) contribute(m, at.x, at.y, seen, s0, s1, s2);
    at = at.x < bounds.y ? ivec2(at.x + 1, at.y) : ivec2(bounds.x, at.y + workers);
  }
}`;

const ALWAYS = 'bool worthwhile(int pose, int face) { return true; }';

/** Leaves depth only where a worker has something to do. */
const worthwhileFragment = (glsl: string, known: boolean) => `
${TEXEL_INDEX}${PIXEL_CENTRE}
${glsl}
void main() {
  ivec2 face = divide(divide(texelIndex(outWidth), workers).y, faceCount);
  ivec2 pose = divide(face.y, batch);
  if (pose.y >= groups) discard;
  ${known ? 'vec4 bounds = seen_texel(pose.x * faceCount + face.x); if (bounds.y < bounds.x) discard;' : ''}
  if (!worthwhile(pose.x, face.x)) discard;
}`;

/** Above this many faces in all poses, what is known of each would take too much memory. */
const MAX_KNOWN_FACES = 2 ** 23;

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

export function gatherTriangles(
  call: KernelCall<string>, { key: ownKey, inputs: ownInputs, uniforms, glsl, sparse }: PixelContributions, sum: VertexSum, output: Output,
  { offsets, corners }: CornerTable,
): void {
  const { backend, resources, use, draw } = call;
  const { batch, faceCount } = sum.sizes;
  const workers = workersPerTriangle(sum.sizes);
  const groups = Math.ceil(sum.channels / 4);
  const [width, height] = textureSize(groups * batch * faceCount * workers);
  const dense = output.view.layout === 'dense';
  const known = workers === 1 && batch * faceCount <= MAX_KNOWN_FACES;
  const inputs = known ? { ...ownInputs, seen: seenFaces(call, ownInputs, sum.sizes) } : ownInputs;
  const key = `${ownKey} ${known ? 'known' : 'unknown'}`;
  const allUniforms = { ...sharedUniforms(sum, width), workers, groups, ...uniforms };
  draw(() => {
    const texture = threeLayers(resources, width, height);
    const targets = [0, 1, 2].map((layer) => ({ texture, width, height, layer }));
    const triangles: Pass = { key: `${key} by triangle`, inputs, uniforms: allUniforms, fragment: () => triangleFragment(glsl, known) };
    if (sparse || known) {
      const mask: Pass = { key: `${key} mask`, inputs, uniforms: allUniforms, fragment: () => worthwhileFragment(sparse ? glsl : ALWAYS, known) };
      runMasked(resources, mask, triangles, targets);
    } else {
      runPass(resources, triangles, targets);
    }
    const sums: View = { texture, layout: 'layers', width, offset: 0, rows: 1, columns: 4 };
    const isOneGroup = groups === 1;
    const oneTexel = isOneGroup && !dense ? use(scratch(backend, sum.outBatch * sum.vertexCount)) : undefined;
    const total = oneTexel ?? output.target;
    runPass(resources, {
      key: `sum corners ${isOneGroup}`, inputs: { sums, offsets, corners }, fragment: () => cornerFragment(isOneGroup),
      uniforms: { ...sharedUniforms(sum, total.width), workers },
    }, [total]);
    if (oneTexel) ungroup(resources, oneTexel, [sum.outBatch, sum.vertexCount, sum.channels], 0, output);
  });
}

