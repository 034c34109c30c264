export { solve } from './solve';
export { svd3 } from './svd3';
