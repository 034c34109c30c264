import { runPass } from './pass';
import { PACKED_PLACE, TEXEL_INDEX } from './glsl';
import { sharedUniforms, type VertexSum } from './pixelContributions';
import type { GLResources } from './resources';
import type { Output, View } from './tensorTextures';

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

/** Writes channels 4·group … of a packed tensor [outBatch, V, channels] from `sums`, which holds them as one texel a vertex. */
export function ungroup(resources: GLResources, sums: View, sum: VertexSum, group: number, { target }: Output): void {
  const uniforms = { ...sharedUniforms(sum, target.width), group };
  runPass(resources, { key: 'ungroup channels', inputs: { sums }, fragment: () => UNGROUP, uniforms }, [target]);
}
