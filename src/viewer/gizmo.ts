import type { Object3D, PerspectiveCamera, Scene } from 'three';
import { TransformControls } from 'three/addons/controls/TransformControls.js';
import type { Pose } from '../scene/pose';
import { readPose } from './poseObject3D';
import type { ViewerTheme } from './theme';

export type GizmoTarget = 'truth' | 'estimate' | 'none';
export type GizmoMode = 'rotate' | 'translate';

export interface GizmoEvents {
  /** Something about its looks changed: draw again. */
  onChange(): void;
  /** A drag begins or ends: the view must hold still meanwhile. */
  onDragging(dragging: boolean): void;
  onPose(pose: Pose, finished: boolean): void;
}

/** Handles that turn or move one of the poses by hand. */
export function createGizmo(camera: PerspectiveCamera, canvas: HTMLCanvasElement, scene: Scene, events: GizmoEvents) {
  const controls = new TransformControls(camera, canvas);
  const helper = controls.getHelper();
  controls.enabled = false;
  controls.size = 1.2;
  scene.add(helper);
  let moved = false;
  let dragging = false;
  controls.addEventListener('change', events.onChange);
  controls.addEventListener('dragging-changed', ({ value }) => {
    dragging = value === true;
    events.onDragging(dragging);
  });
  controls.addEventListener('objectChange', () => {
    moved = true;
    if (controls.object) events.onPose(readPose(controls.object), false);
  });
  controls.addEventListener('mouseUp', () => {
    // Over before it is told, so that the answer may move the object.
    dragging = false;
    if (moved && controls.object) events.onPose(readPose(controls.object), true);
    moved = false;
  });

  return {
    /** Under the pointer or held: other pointer actions stand back. */
    get busy() {
      return controls.enabled && (controls.dragging || controls.axis !== null);
    },
    get dragging() {
      return dragging;
    },
    /** Takes hold of an object, or of nothing. */
    attach(object: Object3D | undefined, mode: GizmoMode) {
      controls.setMode(mode);
      // Turns about the object's own axes, whose hues the handles share; shifts along the camera's.
      controls.setSpace(mode === 'rotate' ? 'local' : 'world');
      controls.enabled = object !== undefined;
      if (!object) controls.detach();
      else if (controls.object !== object) controls.attach(object);
    },
    /** Looks for a handle at a place: touches arrive without having hovered. @param x,y normalised device coordinates. */
    probe(x: number, y: number) {
      // three.js reads only these fields of its "pointer event".
      if (controls.enabled) controls.pointerHover({ x, y, button: 0 } as PointerEvent);
    },
    setCamera: (next: PerspectiveCamera) => void (controls.camera = next),
    setTheme: (theme: ViewerTheme) => controls.setColors(...theme.axes, theme.marker),
    dispose() {
      scene.remove(helper);
      controls.dispose();
    },
  };
}

export type Gizmo = ReturnType<typeof createGizmo>;
