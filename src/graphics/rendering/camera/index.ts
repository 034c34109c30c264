export type { Camera } from '../../../scene/camera';
export {
  cameraFromProjection, intrinsicsFromProjection, projectionFromIntrinsics, projectionMatrix, type CameraTensors, type View,
} from './pinhole';
export * as orthographic from './orthographic';
export * as perspective from './perspective';
export * as quadraticRadialDistortion from './quadraticRadialDistortion';
