import type * as tf from '../../tf';
import { TEXEL_INDEX } from './glsl';
import { runPass } from './pass';
import type { GLResources } from './resources';
import { scratch, type Scratch, type View } from './tensorTextures';

/** Quads remembered per context: a view's faces, opposites and vertices, for a few meshes and views at once. */
const MAX_REMEMBERED = 12;

/** Quads, and the shape [M, rows, columns] that they were made for: a reshaped tensor has the same data id and other rows. */
interface Remembered { readonly quads: Scratch; readonly shape: string }

const perContext = new WeakMap<GLResources, Map<tf.DataId, Remembered>>();

const FRAGMENT = `
out vec4 quad;
${TEXEL_INDEX}
void main() {
  ivec2 place = divide(texelIndex(outWidth), rows);
  quad = place.y < leading ? source_quad(place.y, place.x, 0) : vec4(0);
}`;

/**
 * A tensor [M, rows, ≤ 4 columns] with one row a texel, so that a row costs one fetch instead of two (packed) to four (flat). Kernels that fetch rows
 * for every triangle or pixel want that. Remembered by data id, which never changes its values, and shape: faces are converted once, vertices once a step.
 */
export function asQuads(
  backend: tf.MathBackendWebGL, resources: GLResources, dataId: tf.DataId, source: View, leading: number, draw: (run: () => void) => void,
): View {
  if (source.layout === 'dense' && source.columns === 4) return source;
  let remembered = perContext.get(resources);
  if (!remembered) {
    remembered = new Map();
    perContext.set(resources, remembered);
  }
  const shape = [leading, source.rows, source.columns].join();
  const known = remembered.get(dataId);
  if (known?.shape === shape) {
    // Most recently used last.
    remembered.delete(dataId);
    remembered.set(dataId, known);
    return known.quads;
  }
  if (known) forget(remembered, dataId);
  makeRoom(backend, remembered);
  const quads = scratch(backend, leading * source.rows, source.rows);
  const uniforms = { leading, rows: source.rows, outWidth: quads.width };
  draw(() => runPass(resources, { key: 'quads', inputs: { source }, uniforms, fragment: () => FRAGMENT }, [quads]));
  remembered.set(dataId, { quads, shape });
  return quads;
}

function forget(remembered: Map<tf.DataId, Remembered>, dataId: tf.DataId): void {
  remembered.get(dataId)!.quads.release();
  remembered.delete(dataId);
}

/** Lets go of what belongs to tensors that are gone, and of the least recently used if that is not enough. */
function makeRoom(backend: tf.MathBackendWebGL, remembered: Map<tf.DataId, Remembered>): void {
  for (const dataId of [...remembered.keys()]) if (!backend.texData.has(dataId)) forget(remembered, dataId);
  const [oldest] = remembered.keys();
  if (remembered.size >= MAX_REMEMBERED) forget(remembered, oldest);
}
