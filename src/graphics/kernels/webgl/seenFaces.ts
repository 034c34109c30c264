import type * as tf from '../../tf';
import { PIXEL_BOUNDS, TEXEL_INDEX } from './glsl';
import { runPass } from './pass';
import type { PixelContributions } from './pixelContributions';
import type { KernelCall } from './registerWebglKernel';
import type { GLResources } from './resources';
import type { SumSizes } from './floatBlend';
import { scratch, type Scratch } from './tensorTextures';

interface Remembered { readonly ids: readonly tf.DataId[]; readonly shape: string; readonly seen: Scratch }

/** Those of the last view on each context: several gradients ask for them. One texture stays in use for it. */
const lastView = new WeakMap<GLResources, Remembered>();

const KEYS = ['raster', 'clipVertices', 'faces'];

const SEEN = `
out vec4 seen;
${TEXEL_INDEX}${PIXEL_BOUNDS}
void main() {
  seen = vec4(0, -1, 0, -1);
  ivec2 faceAndPose = divide(texelIndex(outWidth), faceCount);
  if (faceAndPose.y >= batch) return;
  ivec3 index = ivec3(faces_row3(0, faceAndPose.x));
  ivec4 bounds = pixelBounds(
    clip_row4(faceAndPose.y, index.x), clip_row4(faceAndPose.y, index.y), clip_row4(faceAndPose.y, index.z), width, height, COVER_MARGIN);
  float id = float(faceAndPose.x + 1);
  ivec2 low = ivec2(width, height); ivec2 high = ivec2(-1);
  ivec2 at = bounds.xz;
  int m = faceAndPose.y * height;
  int count = max(bounds.y - bounds.x + 1, 0) * max(bounds.w - bounds.z + 1, 0);
  for (int n = 0; n < count; n++) {
    if (raster_row4(m + at.y, at.x).w == id) { low = min(low, at); high = max(high, at); }
    at = at.x < bounds.y ? ivec2(at.x + 1, at.y) : ivec2(bounds.x, at.y + 1);
  }
  if (high.x >= 0) seen = vec4(low.x, high.x, low.y, high.y);
}`;

/**
 * [B, F], one texel a face: left, right, top and bottom pixel (inclusive) of those that see it; right below left where none does. Most faces are hidden
 * or face away, and are then left out of sums over pixels.
 */
export function seenFaces({ backend, resources, dataIds, draw }: KernelCall<string>, { raster, faces, clip }: PixelContributions['inputs'], sizes: SumSizes): Scratch {
  const ids = KEYS.map((key) => dataIds[key]);
  const remembered = lastView.get(resources);
  // A reshaped image has the same data id.
  const shape = [sizes.batch, sizes.height, sizes.width, sizes.faceCount].join();
  if (remembered?.shape === shape && remembered.ids.every((id, i) => id === ids[i])) return remembered.seen;
  if (remembered) {
    lastView.delete(resources);
    remembered.seen.release();
  }
  const seen = scratch(backend, sizes.batch * sizes.faceCount);
  const uniforms = { ...sizes, outWidth: seen.width };
  draw(() => runPass(resources, { key: 'seen faces', inputs: { raster, faces, clip }, uniforms, fragment: () => SEEN }, [seen]));
  lastView.set(resources, { ids, shape, seen });
  return seen;
}
