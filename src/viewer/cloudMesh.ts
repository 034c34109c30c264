import { BufferAttribute, BufferGeometry, DoubleSide, Mesh, MeshLambertMaterial } from 'three';

/** A surface over the cloud's points, in their colours. */
export function createCloudMesh() {
  const material = new MeshLambertMaterial({ vertexColors: true, side: DoubleSide, toneMapped: false });
  const object = new Mesh(new BufferGeometry(), material);
  object.frustumCulled = false;
  object.visible = false;
  return {
    object,
    setShape(positions: Float32Array, faces: Uint32Array | undefined) {
      object.geometry.dispose();
      object.geometry = new BufferGeometry();
      object.visible = faces !== undefined && faces.length > 0;
      if (!faces) return;
      object.geometry.setAttribute('position', new BufferAttribute(positions, 3));
      object.geometry.setAttribute('color', new BufferAttribute(new Float32Array(positions.length).fill(0.5), 3));
      object.geometry.setIndex(new BufferAttribute(faces, 1));
      object.geometry.computeVertexNormals();
    },
    setColors(colors: Float32Array) {
      const { color } = object.geometry.attributes;
      if (!color || color.array.length !== colors.length) return;
      color.array.set(colors);
      color.needsUpdate = true;
    },
    dispose() {
      object.geometry.dispose();
      material.dispose();
    },
  };
}
