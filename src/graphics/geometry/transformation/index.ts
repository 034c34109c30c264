export * as axisAngle from './axisAngle';
export * as lookAt from './lookAt';
export * as quaternion from './quaternion';
export * as rotation6d from './rotation6d';
export * as rotationMatrix3d from './rotationMatrix3d';
export * as so3 from './so3';
