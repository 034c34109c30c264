export * as linearRgb from './linearRgb';
export * as srgb from './srgb';
