export * as mesh from './mesh';
