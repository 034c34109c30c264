import { DoubleSide, LessEqualDepth, MeshBasicMaterial, MeshLambertMaterial, type Texture } from 'three';
import type { Mesh } from '../scene/mesh';

/** Ghosts give way to the solid object where both are at the same depth. */
const BEHIND = { polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 2 } as const;
/** Share of a ghost's opacity that is left where its surface faces the viewer. */
const FACING_SHARE = 0.42;

export interface SurfaceOptions {
  readonly mesh: Mesh;
  readonly texture: Texture | undefined;
  /** sRGB hex for a mesh without colours of its own. */
  readonly plain: number;
}

/** The object as the recovery shades it: linear colours, Lambert, no tone mapping. */
export function solidMaterial({ mesh, texture, plain }: SurfaceOptions): MeshLambertMaterial {
  const coloured = !texture && mesh.colors !== undefined;
  return new MeshLambertMaterial({
    map: texture ?? null, vertexColors: coloured, color: texture || coloured ? 0xffffff : plain, side: DoubleSide, toneMapped: false,
  });
}

/** The same surface translucent, thin in the middle and denser towards its outline. */
export function ghostMaterial(options: SurfaceOptions, opacity: number): MeshLambertMaterial {
  const material = solidMaterial(options);
  Object.assign(material, { transparent: true, opacity, depthWrite: false, depthFunc: LessEqualDepth, ...BEHIND });
  material.onBeforeCompile = (shader) => {
    shader.fragmentShader = shader.fragmentShader.replace('#include <opaque_fragment>', `
      float outline = 1.0 - abs(dot(normalize(vViewPosition), normal));
      diffuseColor.a *= mix(${FACING_SHARE}, 1.0, outline * outline);
      #include <opaque_fragment>`);
  };
  return material;
}

/** Writes a ghost's depth alone, so that its hidden surfaces do not show through. Counted as transparent to be drawn after the solid things. */
export const depthOnlyMaterial = (): MeshBasicMaterial =>
  new MeshBasicMaterial({ colorWrite: false, transparent: true, side: DoubleSide, ...BEHIND });
