export type { Camera } from '../../../scene/camera';
export {
  cameraFromProjection, intrinsicsFromProjection, projectionFromIntrinsics, projectionMatrix, type CameraTensors, type View,
} from './pinhole';
export * as perspective from './perspective';
