import type { ColorRepresentation } from 'three';
import { LineMaterial } from 'three/addons/lines/LineMaterial.js';
import { LineSegments2 } from 'three/addons/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/addons/lines/LineSegmentsGeometry.js';
import type { Segment } from './frustumGeometry';

/** Line segments some CSS pixels wide (WebGL's own lines are one device pixel). */
export interface FatLines {
  readonly object: LineSegments2;
  readonly material: LineMaterial;
  /** @param segments [N, 6] start and end points. @param colors [N, 6] linear RGB of both ends; the material's colour without. */
  set(segments: Float32Array, colors?: Float32Array): void;
  dispose(): void;
}

export interface FatLineStyle {
  readonly width: number;
  readonly color?: ColorRepresentation;
  readonly opacity?: number;
  readonly dashed?: boolean;
}

export function createFatLines({ width, color = 0xffffff, opacity = 1, dashed = false }: FatLineStyle): FatLines {
  // Counted as transparent, so that the target's overlay in the camera view goes under it.
  const material = new LineMaterial({ color, linewidth: width, opacity, transparent: true, dashed });
  const object = new LineSegments2(new LineSegmentsGeometry(), material);
  // Geometry changes under it, and it is cheap to draw.
  object.frustumCulled = false;
  object.visible = false;
  return {
    object,
    material,
    set(segments, colors) {
      // A fresh geometry, because three.js keeps the GPU buffers of replaced attributes until the geometry goes.
      object.geometry.dispose();
      object.geometry = new LineSegmentsGeometry();
      object.visible = segments.length > 0;
      if (!object.visible) return;
      object.geometry.setPositions(segments);
      if (colors) object.geometry.setColors(colors);
      if (material.vertexColors !== Boolean(colors)) {
        material.vertexColors = Boolean(colors);
        material.needsUpdate = true;
      }
      if (dashed) object.computeLineDistances();
    },
    dispose() {
      object.geometry.dispose();
      material.dispose();
    },
  };
}

export const flattenSegments = (segments: readonly Segment[]): Float32Array => Float32Array.from(segments.flat(2));
