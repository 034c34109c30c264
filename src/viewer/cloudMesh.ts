import { BufferAttribute, BufferGeometry, DoubleSide, Mesh, MeshLambertMaterial } from 'three';
import type { CloudSurface } from './cloudTypes';
import { toBufferGeometry } from './meshGeometry';

/** A surface in the colours of the points that its vertices belong to. */
export function createCloudMesh() {
  const material = new MeshLambertMaterial({ vertexColors: true, side: DoubleSide, toneMapped: false });
  const object = new Mesh(new BufferGeometry(), material);
  object.frustumCulled = false;
  object.visible = false;
  let owners = new Int32Array(0);
  return {
    object,
    set(surface: CloudSurface | undefined) {
      object.geometry.dispose();
      object.visible = surface?.owners !== undefined;
      owners = Int32Array.from(surface?.owners ?? []);
      object.geometry = surface?.owners ? toBufferGeometry({ name: '', positions: surface.positions, faces: surface.faces }) : new BufferGeometry();
      if (object.visible) object.geometry.setAttribute('color', new BufferAttribute(new Float32Array(3 * owners.length).fill(0.5), 3));
    },
    /** @param colors [N, 3] of the points. */
    setColors(colors: Float32Array) {
      const { color } = object.geometry.attributes;
      if (!color) return;
      owners.forEach((point, v) => color.array.set(colors.subarray(3 * point, 3 * point + 3), 3 * v));
      color.needsUpdate = true;
    },
    dispose() {
      object.geometry.dispose();
      material.dispose();
    },
  };
}
