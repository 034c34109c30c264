import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel } from '../webgl/registerWebglKernel';
import { packedOutput, scratch } from '../webgl/tensorTextures';
import { SMALLEST_COLUMNS, type CountAttrs } from './names';

/** A fragment keeps all k in registers and writes four to each of its targets, of which WebGL2 may have no more than 8. */
export const MOST_SMALLEST = 32;

/** A row of products is read once, and what is smaller than the largest kept finds its place among them. */
const select = (k: number): string => `
${Array.from({ length: Math.ceil(k / 4) }, (_, t) => `layout(location = ${t}) out vec4 kept${t};`).join('\n')}
${TEXEL_INDEX}
float keys[${k}];
float columns[${k}];
void offer(float key, int column) {
  if (!(key < keys[${k - 1}])) return;
  int at = ${k - 1};
  for (; at > 0 && keys[at - 1] > key; at--) { keys[at] = keys[at - 1]; columns[at] = columns[at - 1]; }
  keys[at] = key;
  columns[at] = float(column);
}
void main() {
  ivec2 place = divide(texelIndex(outWidth), rows);
  for (int i = 0; i < ${k}; i++) { keys[i] = 3.4e38; columns[i] = -1.0; }
  if (place.y < batch) {
    int size = int(sizes_at(0, 0, place.y));
    for (int c = 0; c < size; c += 2) {
      vec2 both = products_pair(place.y, place.x, c >> 1);
      offer(squares_at(0, place.y, c) - 2.0 * both.x, c);
      if (c + 1 < size) offer(squares_at(0, place.y, c + 1) - 2.0 * both.y, c + 1);
    }
  }
${Array.from({ length: Math.ceil(k / 4) }, (_, t) => `  kept${t} = vec4(${[0, 1, 2, 3].map((i) => (4 * t + i < k ? `columns[${4 * t + i}]` : '0')).join(', ')});`).join('\n')}
}`;

const collect = (targets: number): string => `
out vec4 result;
${PACKED_PLACE}${TEXEL_INDEX}
vec2 row(int m, int r, int pair) {
  int t = pair >> 1;
  vec4 four = vec4(0);
${Array.from({ length: targets }, (_, t) => `  if (t == ${t}) four = kept${t}_row4(m, r);`).join('\n')}
  vec2 two = (pair & 1) == 0 ? four.xy : four.zw;
  return 2 * pair + 1 < width ? two : vec2(two.x, 0);
}
void main() {
  int m, r, pair;
  packedPlace(texelIndex(outWidth), rows, width, m, r, pair);
  result = m < batch ? vec4(row(m, r, pair), r + 1 < rows ? row(m, r + 1, pair) : vec2(0)) : vec4(0);
}`;

registerWebglKernel(SMALLEST_COLUMNS, ['products', 'squares', 'sizes'], (call, { k }: CountAttrs) => {
  const [batch, rows] = call.shapes.products;
  const inputs = { products: call.open('products'), squares: call.open('squares'), sizes: call.open('sizes') };
  const targets = Array.from({ length: Math.ceil(k / 4) }, () => call.use(scratch(call.backend, batch * rows, rows)));
  const output = packedOutput(call.backend, [batch, rows, k]);
  const [first, second] = [targets[0], output.target].map((target) => ({ batch, rows, outWidth: target.width }));
  call.draw(() => {
    runPass(call.resources, { key: `smallest columns ${k}`, inputs, uniforms: first, fragment: () => select(k) }, targets);
    const kept = Object.fromEntries(targets.map((target, t) => [`kept${t}`, target]));
    runPass(call.resources, { key: `collect columns ${targets.length}`, inputs: kept, uniforms: { ...second, width: k }, fragment: () => collect(targets.length) }, [output.target]);
  });
  return output;
});
