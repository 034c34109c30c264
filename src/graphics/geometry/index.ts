export * as convolution from './convolution';
export * as deformationEnergy from './deformationEnergy';
export * as representation from './representation';
export * as transformation from './transformation';
