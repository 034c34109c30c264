export { render, type RenderOptions, type RenderOutput, type RenderScene, type Rendering } from './render';
export type { PoseTensors } from './poseMatrix';
export type { Material, Shading } from './shading';
export * as camera from './camera';
export * as light from './light';
export * as opengl from './opengl';
export * as reflectance from './reflectance';
export * as texture from './texture';
export * as volumetric from './volumetric';
