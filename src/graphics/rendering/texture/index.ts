export * as mipmap from './mipmap';
export * as textureMap from './textureMap';
