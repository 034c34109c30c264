import { EdgesGeometry, type BufferGeometry } from 'three';
import { createFatLines } from './fatLines';

/** Edges sharper than this are drawn, degrees between the normals of their faces. */
const CREASE_DEGREES = 35;
/** Finding creases takes a while on large meshes, and lines would cover them. */
const MOST_TRIANGLES = 12_000;

/** Thin lines along an object's sharp edges, which make a translucent object readable. */
export function createCreases() {
  const lines = createFatLines({ width: 1.5, opacity: 0.75 });
  lines.material.depthWrite = false;
  return {
    object: lines.object,
    setGeometry(geometry: BufferGeometry) {
      if ((geometry.index?.count ?? 0) / 3 > MOST_TRIANGLES) return lines.set(new Float32Array(0));
      const edges = new EdgesGeometry(geometry, CREASE_DEGREES);
      lines.set(edges.getAttribute('position').array as Float32Array);
      edges.dispose();
    },
    setColor: (color: number) => void lines.material.color.setHex(color),
    dispose: () => lines.dispose(),
  };
}
