export * as vector from './vector';
