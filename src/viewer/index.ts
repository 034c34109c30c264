// The 3D view's public surface.
export { createPoseViewer } from './poseViewer';
export type { LayerVisibility, PoseDrag, PoseViewer, PoseViewerOptions, TrailHover, ViewMode } from './viewerTypes';
export type { GizmoMode, GizmoTarget } from './gizmo';
export type { HypothesesStyle, HypothesisView } from './hypothesesLayer';
export type { ViewerLight } from './lighting';
export type { ThemeName } from './theme';
export { ViewerError } from './viewerError';
// Colours that plots beside the view share with it.
export { viridis, type Rgb } from './colorMap';
