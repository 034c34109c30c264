export * as representation from './representation';
export * as transformation from './transformation';
