import { PerspectiveCamera } from 'three';
import type { Camera } from '../scene/camera';
import type { Pose } from '../scene/pose';
import type { ViewPoint } from './fitView';
import type { Frustum } from './frustum';
import { arrangeScene, defaultView } from './sceneLayout';
import { imageWindow, setWindow } from './throughCamera';
import type { ViewControls } from './viewControls';
import type { ViewMode } from './viewerTypes';

/** The target's opacity over the camera view, where estimate and target are compared. */
const OVERLAY_OPACITY = 0.45;
const OVERLAY_MARGIN = 0.06;

/** Who looks at the scene: a free camera, placed so that everything is seen, or the recovery's own. */
export interface Framing {
  /** The camera to draw with. */
  readonly active: PerspectiveCamera;
  setCamera(camera: Camera): void;
  setMode(mode: ViewMode): void;
  /** Lays frustum and default view out anew, but leaves a view that a person chose alone. @param pose where the object is, as far as one knows. */
  arrange(diameter: number, pose: Pose | undefined): void;
  /** Frames everything again. */
  reset(): void;
  /** The free camera stands where a person left it before; undefined: where everything is seen. */
  choose(point: ViewPoint | undefined): void;
  /** The canvas has another size. */
  resize(): void;
}

/** @param onChange the active camera, or what it sees, is another one. */
export function createFraming(canvas: HTMLCanvasElement, view: ViewControls, frustum: Frustum, onChange: () => void): Framing {
  const through = new PerspectiveCamera();
  let camera: Camera | undefined;
  let mode: ViewMode = 'free';
  let layout = arrangeScene(undefined, 1, undefined);

  const aspect = () => Math.max(canvas.clientWidth, 1) / Math.max(canvas.clientHeight, 1);
  const apply = () => {
    if (camera) setWindow(through, imageWindow(camera, aspect(), OVERLAY_MARGIN), layout.imageDepth / 20, layout.farDepth * 20);
    frustum.setImageOpacity(mode === 'camera' ? OVERLAY_OPACITY : 1);
    view.setFree(mode === 'free');
    onChange();
  };
  const follow = () => {
    view.setAspect(aspect());
    view.arrange(defaultView(camera, layout, aspect()), layout.diameter);
    apply();
  };

  return {
    get active() {
      return mode === 'camera' ? through : view.camera;
    },
    setCamera: (next) => void (camera = next),
    setMode(next) {
      mode = next;
      apply();
    },
    arrange(diameter, pose) {
      layout = arrangeScene(camera, diameter, pose);
      if (camera) frustum.setCamera(camera, layout.imageDepth, layout.farDepth);
      follow();
    },
    reset() {
      view.release();
      follow();
    },
    choose(point) {
      if (view.choose(point)) follow();
    },
    resize: follow,
  };
}
