export * as convolution from './convolution';
export * as representation from './representation';
export * as transformation from './transformation';
