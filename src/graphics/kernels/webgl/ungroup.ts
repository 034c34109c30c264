import { runPass } from './pass';
import { PACKED_PLACE, TEXEL_INDEX } from './glsl';
import type { GLResources } from './resources';
import type { Output, View } from './tensorTextures';

/** From one dense group of four channels to the packed tensor's channels 4·group … */
const UNGROUP = `
out vec4 values;
${TEXEL_INDEX}${PACKED_PLACE}
void main() {
  int m, row, k;
  packedPlace(texelIndex(outWidth), rows, channels, m, row, k);
  if (k >> 1 != group || m >= leading) discard;
  int n = m * rows + row;
  vec4 first = sums_texel(n);
  vec4 second = row + 1 < rows ? sums_texel(n + 1) : vec4(0);
  values = (k & 1) == 0 ? vec4(first.xy, second.xy) : vec4(first.zw, second.zw);
}`;

/** Writes channels 4·group … of a packed tensor [leading, rows, channels] from `sums`, which holds them as one texel a row. */
export function ungroup(resources: GLResources, sums: View, [leading, rows, channels]: readonly number[], group: number, { target }: Output): void {
  const uniforms = { leading, rows, channels, group, outWidth: target.width };
  runPass(resources, { key: 'ungroup channels', inputs: { sums }, fragment: () => UNGROUP, uniforms }, [target]);
}
