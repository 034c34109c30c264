export * as pyramid from './pyramid';
