// EdgeConv, and the networks made of it.
export { EdgeConv } from './edgeConv';
export { DgcnnClassifier, DgcnnSegmenter } from './dgcnnNetworks';
