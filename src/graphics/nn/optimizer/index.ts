export { createAdam, type Adam, type AdamOptions } from './adam';
