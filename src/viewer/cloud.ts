// The point view's public surface; apart from the pose view's, so that each page loads its own.
export { createCloudViewer } from './cloudViewer';
export type { CloudLink, CloudMarks, CloudShape, CloudSurface, CloudViewer, CloudViewerOptions } from './cloudTypes';
export type { ViewPoint } from './fitView';
export { ViewerError } from './viewerError';
