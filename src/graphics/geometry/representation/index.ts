export * as grid from './grid';
export * as mesh from './mesh';
export * as point from './point';
export * as ray from './ray';
export * as triangle from './triangle';
