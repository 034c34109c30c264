export * as textureMap from './textureMap';
