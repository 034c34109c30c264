import { SRGBColorSpace } from 'three';
import { describe, expect, it } from 'vitest';
import { toBufferGeometry, toTexture } from './meshGeometry';

const positions = Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]);
const faces = Uint32Array.from([0, 1, 2]);

describe('meshes for three.js', () => {
  it('shares the mesh\'s arrays', () => {
    const colors = new Float32Array(9).fill(0.5);
    const geometry = toBufferGeometry({ name: 'triangle', positions, faces, colors });
    expect(geometry.getAttribute('position').array).toBe(positions);
    expect(geometry.getAttribute('color').array).toBe(colors);
    expect(geometry.index?.array).toBe(faces);
    expect(geometry.getAttribute('uv')).toBeUndefined();
  });
  it('computes normals where there are none, and keeps given ones', () => {
    expect([...toBufferGeometry({ name: 'triangle', positions, faces }).getAttribute('normal').array]).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1]);
    const normals = Float32Array.from([1, 0, 0, 1, 0, 0, 1, 0, 0]);
    expect(toBufferGeometry({ name: 'triangle', positions, faces, normals }).getAttribute('normal').array).toBe(normals);
  });
  it('turns an image upside down for uvs whose origin is the lower left, and marks it sRGB', () => {
    const image = { width: 1, height: 3, data: Uint8ClampedArray.from([1, 1, 1, 255, 2, 2, 2, 255, 3, 3, 3, 255]) };
    const texture = toTexture(image, { mipmaps: false });
    expect([...(texture.image.data as Uint8Array)].filter((_, i) => i % 4 === 0)).toEqual([3, 2, 1]);
    expect(texture.colorSpace).toBe(SRGBColorSpace);
  });
});
