export * as blinnPhong from './blinnPhong';
export * as lambertian from './lambertian';
export * as phong from './phong';
