import { BufferAttribute, BufferGeometry, DataTexture, LinearFilter, LinearMipmapLinearFilter, RepeatWrapping, RGBAFormat, SRGBColorSpace } from 'three';
import type { ImageRecord, Mesh } from '../scene/mesh';
import { computeVertexNormals } from '../scene/normals';

/** A mesh as three.js draws it, its arrays shared; smooth normals are computed where the mesh has none. */
export function toBufferGeometry(mesh: Mesh): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(mesh.positions, 3));
  geometry.setAttribute('normal', new BufferAttribute(mesh.normals ?? computeVertexNormals(mesh), 3));
  if (mesh.colors) geometry.setAttribute('color', new BufferAttribute(mesh.colors, 3));
  if (mesh.uvs) geometry.setAttribute('uv', new BufferAttribute(mesh.uvs, 2));
  geometry.setIndex(new BufferAttribute(mesh.faces, 1));
  return geometry;
}

/** An image as an sRGB texture whose (0, 0) is the lower left corner, as uvs expect. */
export function toTexture(image: ImageRecord, { mipmaps }: { readonly mipmaps: boolean }): DataTexture {
  const rowBytes = 4 * image.width;
  const flipped = new Uint8Array(image.data.length);
  for (let row = 0; row < image.height; row++) {
    flipped.set(image.data.subarray(row * rowBytes, (row + 1) * rowBytes), (image.height - 1 - row) * rowBytes);
  }
  const texture = new DataTexture(flipped, image.width, image.height, RGBAFormat);
  texture.colorSpace = SRGBColorSpace;
  texture.wrapS = texture.wrapT = RepeatWrapping;
  texture.magFilter = LinearFilter;
  texture.generateMipmaps = mipmaps;
  texture.minFilter = mipmaps ? LinearMipmapLinearFilter : LinearFilter;
  texture.needsUpdate = true;
  return texture;
}
