import { BufferAttribute, BufferGeometry, Color, DoubleSide, Group, Mesh as ThreeMesh, MeshBasicMaterial, type DataTexture } from 'three';
import type { Camera } from '../scene/camera';
import type { ImageRecord } from '../scene/mesh';
import { createFatLines, flattenSegments } from './fatLines';
import { beyondLines, imageCorners, pyramidLines } from './frustumGeometry';
import { toTexture } from './meshGeometry';
import type { ViewerTheme } from './theme';

/** Two triangles over upper left, upper right, lower right, lower left; uvs are as OpenGL has them. */
const QUAD_INDEX = [3, 2, 1, 3, 1, 0];
const QUAD_UVS = [0, 1, 1, 1, 1, 0, 0, 0];

/** The recovery camera: its pyramid of view with the target image on the image plane, and faintly what lies beyond. */
export function createFrustum(initial: ViewerTheme) {
  let theme = initial;
  let texture: DataTexture | undefined;
  let beyondSegments: Float32Array = new Float32Array(0);
  const pyramid = createFatLines({ width: 2 });
  const beyond = createFatLines({ width: 1.5 });
  // A little behind its border, which shares its plane.
  const material = new MeshBasicMaterial({ side: DoubleSide, toneMapped: false, polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1 });
  const plane = new ThreeMesh(new BufferGeometry(), material);
  plane.frustumCulled = false;
  plane.visible = false;
  const group = new Group().add(plane, pyramid.object, beyond.object);
  const paint = () => {
    pyramid.material.color.setHex(theme.frustum);
    // Fades into the background.
    const fade = [...new Color(theme.frustum).toArray(), ...new Color(theme.background).toArray()];
    beyond.set(beyondSegments, Float32Array.from({ length: beyondSegments.length }, (_, i) => fade[i % 6]));
    material.color.setHex(texture ? 0xffffff : theme.emptyImage);
  };
  paint();

  return {
    group,
    /** Depths of the image plane and of the frustum's far end, in the object's units. */
    setCamera(camera: Camera, depth: number, farDepth: number) {
      pyramid.set(flattenSegments(pyramidLines(camera, depth)));
      beyondSegments = flattenSegments(beyondLines(camera, depth, farDepth));
      plane.geometry.dispose();
      plane.geometry = new BufferGeometry();
      plane.geometry.setAttribute('position', new BufferAttribute(Float32Array.from(imageCorners(camera, depth).flat()), 3));
      plane.geometry.setAttribute('uv', new BufferAttribute(Float32Array.from(QUAD_UVS), 2));
      plane.geometry.setIndex(QUAD_INDEX);
      plane.visible = true;
      paint();
    },
    setImage(image: ImageRecord | undefined) {
      texture?.dispose();
      texture = image && toTexture(image, { mipmaps: false });
      if (Boolean(material.map) !== Boolean(texture)) material.needsUpdate = true;
      material.map = texture ?? null;
      paint();
    },
    /** 1 is a picture in space; less lets what lies behind show through. */
    setImageOpacity(opacity: number) {
      material.transparent = opacity < 1;
      material.opacity = opacity;
      material.depthWrite = opacity >= 1;
      // Seen through the camera it lies over the solid object, and under lines and ghosts.
      plane.renderOrder = -1;
      material.needsUpdate = true;
    },
    setTheme(next: ViewerTheme) {
      theme = next;
      paint();
    },
    dispose() {
      texture?.dispose();
      plane.geometry.dispose();
      material.dispose();
      pyramid.dispose();
      beyond.dispose();
    },
  };
}

export type Frustum = ReturnType<typeof createFrustum>;
