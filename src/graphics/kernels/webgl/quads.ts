import type * as tf from '../../tf';
import { TEXEL_INDEX } from './glsl';
import { runPass } from './pass';
import type { GLResources } from './resources';
import { scratch, type Scratch, type View } from './tensorTextures';

/** Quads remembered per context: a view's faces, opposites and vertices, for a few meshes and views at once. */
const MAX_REMEMBERED = 12;

const perContext = new WeakMap<GLResources, Map<tf.DataId, Scratch>>();

const FRAGMENT = `
out vec4 quad;
${TEXEL_INDEX}
void main() {
  ivec2 place = divide(texelIndex(outWidth), rows);
  quad = place.y < leading ? source_quad(place.y, place.x, 0) : vec4(0);
}`;

/**
 * A tensor [M, rows, ≤ 4 columns] with one row a texel, so that a row costs one fetch instead of two (packed) to four (flat). Kernels that fetch rows
 * for every triangle or pixel want that. Remembered by data id, which never changes its values: faces are converted once, vertices once a step.
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
  let quads = remembered.get(dataId);
  if (quads) {
    // Most recently used last.
    remembered.delete(dataId);
  } else {
    makeRoom(backend, remembered);
    const target = scratch(backend, leading * source.rows, source.rows);
    const uniforms = { leading, rows: source.rows, outWidth: target.width };
    draw(() => runPass(resources, { key: 'quads', inputs: { source }, uniforms, fragment: () => FRAGMENT }, [target]));
    quads = target;
  }
  remembered.set(dataId, quads);
  return quads;
}

/** Lets go of what belongs to tensors that are gone, and of the least recently used if that is not enough. */
function makeRoom(backend: tf.MathBackendWebGL, remembered: Map<tf.DataId, Scratch>): void {
  const forget = (dataId: tf.DataId) => {
    remembered.get(dataId)!.release();
    remembered.delete(dataId);
  };
  for (const dataId of [...remembered.keys()]) if (!backend.texData.has(dataId)) forget(dataId);
  const [oldest] = remembered.keys();
  if (remembered.size >= MAX_REMEMBERED) forget(oldest);
}
