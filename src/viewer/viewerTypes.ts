import type { Camera } from '../scene/camera';
import type { ImageRecord, Mesh } from '../scene/mesh';
import type { Pose } from '../scene/pose';
import type { ViewPoint } from './fitView';
import type { GizmoMode, GizmoTarget } from './gizmo';
import type { HypothesesStyle, HypothesisView } from './hypothesesLayer';
import type { ViewerLight } from './lighting';
import type { ThemeName } from './theme';

export interface PoseViewerOptions {
  readonly theme?: ThemeName;
  /** Poses jump instead of gliding, and the view stops at once. */
  readonly reducedMotion?: boolean;
  /** What a screen reader calls the view. */
  readonly label?: string;
}

/** The free view orbits; the camera view looks out of the recovery camera, with the target image over it. */
export type ViewMode = 'free' | 'camera';

export interface LayerVisibility {
  readonly truth: boolean;
  readonly axes: boolean;
  readonly trail: boolean;
  readonly frustum: boolean;
  readonly hypotheses: HypothesesStyle;
}

export interface TrailHover {
  readonly step: number;
  /** As given to setTrail. */
  readonly loss: number | undefined;
  /** CSS pixels from the canvas's upper left corner. */
  readonly x: number;
  readonly y: number;
}

export interface PoseDrag {
  readonly target: 'truth' | 'estimate';
  readonly pose: Pose;
  /** The person has let go. */
  readonly finished: boolean;
}

/** A view of a pose recovery in 3D. Its world is the recovery camera's OpenGL frame: the camera at the origin looks down −z. */
export interface PoseViewer {
  readonly canvas: HTMLCanvasElement;
  /** @param diameter the largest distance between two of its vertices, in its units. */
  setObject(mesh: Mesh, diameter: number): void;
  setTruth(pose: Pose | undefined): void;
  /** Glides there, unless motion is reduced. */
  setEstimate(pose: Pose | undefined): void;
  setHypotheses(hypotheses: readonly HypothesisView[]): void;
  setCamera(camera: Camera): void;
  setTargetImage(image: ImageRecord | undefined): void;
  /** The estimates of steps 0, 1, 2 …, with their losses for the tooltip. */
  setTrail(poses: readonly Pose[], losses?: readonly number[]): void;
  /** Rings a step of the trail. */
  highlight(step: number | undefined): void;
  /** Undefined: unlit for an object with colours, softly lit for one without. */
  setLight(light: ViewerLight | undefined): void;
  setLayers(layers: Partial<LayerVisibility>): void;
  setGizmo(gizmo: { readonly target: GizmoTarget; readonly mode?: GizmoMode }): void;
  setView(mode: ViewMode): void;
  /** Where the free view stands and what it looks to, whatever object comes, until somebody moves it; undefined frames all of it. */
  setOrbit(point: ViewPoint | undefined): void;
  /** Frames camera, image and object again. */
  resetView(): void;
  setTheme(theme: ThemeName): void;
  setReducedMotion(reduced: boolean): void;
  /** Each listener is removed by the function that comes back. */
  onPickTrail(listener: (step: number) => void): () => void;
  onHover(listener: (hover: TrailHover | undefined) => void): () => void;
  onPoseDrag(listener: (drag: PoseDrag) => void): () => void;
  /** Somebody has moved the free view, and it has come to rest; undefined when it was framed again. */
  onOrbit(listener: (point: ViewPoint | undefined) => void): () => void;
  /** The graphics context went away, and came back by itself. */
  onContext(listener: (state: 'lost' | 'restored') => void): () => void;
  /** Draws a frame soon. */
  invalidate(): void;
  /** A PNG of what is on screen. */
  toImage(): Promise<Blob>;
  dispose(): void;
}
