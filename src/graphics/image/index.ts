export * as colorSpace from './colorSpace';
export * as matting from './matting';
export * as pyramid from './pyramid';
export * as transformer from './transformer';
