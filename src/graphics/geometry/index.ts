export * as representation from './representation';
