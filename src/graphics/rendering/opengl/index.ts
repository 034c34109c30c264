export * as math from './math';
