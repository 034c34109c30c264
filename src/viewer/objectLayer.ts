import { Group, Mesh as ThreeMesh, type BufferGeometry, type MeshLambertMaterial, type Texture } from 'three';
import type { Mesh } from '../scene/mesh';
import type { Pose } from '../scene/pose';
import { createAxes } from './axes';
import { createCreases } from './creases';
import { depthOnlyMaterial, ghostMaterial, solidMaterial } from './materials';
import { toBufferGeometry, toTexture } from './meshGeometry';
import { applyPose } from './poseObject3D';
import type { ViewerTheme } from './theme';
import { TIP_DIAMETERS } from './trailGeometry';

/** What is drawn of the object's surface, shared by all that shows it. */
export interface ObjectSurface {
  readonly mesh: Mesh;
  readonly diameter: number;
  readonly geometry: BufferGeometry;
  readonly texture: Texture | undefined;
}

/** The solid estimate and the translucent truth, each with its axes. */
export interface ObjectLayer {
  readonly group: Group;
  readonly truth: Group;
  readonly estimate: Group;
  readonly surface: ObjectSurface | undefined;
  setMesh(mesh: Mesh, diameter: number): void;
  setTruth(pose: Pose | undefined): void;
  setEstimate(pose: Pose | undefined): void;
  setVisible(parts: { readonly truth: boolean; readonly axes: boolean }): void;
  setTheme(theme: ViewerTheme): void;
  dispose(): void;
}

const GHOST_OPACITY = 0.7;

export function createObjectLayer(initial: ViewerTheme): ObjectLayer {
  let theme = initial;
  let surface: ObjectSurface | undefined;
  let solid: MeshLambertMaterial | undefined;
  let ghost: MeshLambertMaterial | undefined;
  let has = { truth: false, estimate: false };
  let visible = { truth: true, axes: true };
  const [group, truth, estimate] = [new Group(), new Group(), new Group()];
  const depthOnly = depthOnlyMaterial();
  const creases = createCreases();
  const solidAxes = createAxes({ width: 3, dashed: false });
  const ghostAxes = createAxes({ width: 1.75, dashed: true });
  group.add(truth, estimate);

  const show = () => {
    truth.visible = has.truth && visible.truth && surface !== undefined;
    estimate.visible = has.estimate && surface !== undefined;
    solidAxes.object.visible = ghostAxes.object.visible = visible.axes;
  };
  const clear = () => {
    truth.clear();
    estimate.clear();
    surface?.geometry.dispose();
    surface?.texture?.dispose();
    solid?.dispose();
    ghost?.dispose();
  };
  const paint = () => {
    creases.setColor(theme.crease);
    solidAxes.setColors(theme.axes);
    ghostAxes.setColors(theme.axes);
  };
  paint();

  return {
    group, truth, estimate,
    get surface() {
      return surface;
    },
    setMesh(mesh, diameter) {
      clear();
      const texture = mesh.texture && mesh.uvs ? toTexture(mesh.texture, { mipmaps: true }) : undefined;
      surface = { mesh, diameter, geometry: toBufferGeometry(mesh), texture };
      solid = solidMaterial({ mesh, texture, plain: theme.object });
      ghost = ghostMaterial({ mesh, texture, plain: theme.ghost }, GHOST_OPACITY);
      creases.setGeometry(surface.geometry);
      solidAxes.setLength(TIP_DIAMETERS * diameter);
      ghostAxes.setLength(TIP_DIAMETERS * diameter);
      const shell = new ThreeMesh(surface.geometry, ghost);
      const depth = new ThreeMesh(surface.geometry, depthOnly);
      // Depth first, then colour, then outlines; everything else that is translucent goes before.
      [depth, shell, creases.object, ghostAxes.object].forEach((part, i) => (part.renderOrder = 1 + i));
      truth.add(depth, shell, creases.object, ghostAxes.object);
      estimate.add(new ThreeMesh(surface.geometry, solid), solidAxes.object);
      show();
    },
    setTruth(pose) {
      if (pose) applyPose(truth, pose);
      has = { ...has, truth: pose !== undefined };
      show();
    },
    setEstimate(pose) {
      if (pose) applyPose(estimate, pose);
      has = { ...has, estimate: pose !== undefined };
      show();
    },
    setVisible(parts) {
      visible = { ...parts };
      show();
    },
    setTheme(next) {
      theme = next;
      paint();
      const plain = surface && !surface.texture && !surface.mesh.colors;
      if (!plain) return;
      solid?.color.setHex(theme.object);
      ghost?.color.setHex(theme.ghost);
    },
    dispose() {
      clear();
      depthOnly.dispose();
      creases.dispose();
      solidAxes.dispose();
      ghostAxes.dispose();
    },
  };
}
