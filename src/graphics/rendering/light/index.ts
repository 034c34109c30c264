export type { AmbientLight, DirectionalLight, Light, PointLight, Vector3Like } from './lights';
export * as pointLight from './pointLight';
