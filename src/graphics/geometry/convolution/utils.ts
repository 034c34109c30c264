// TensorFlow Graphics' geometry.convolution.utils, name for name.
export { convertToBlockDiag2d, flattenBatchTo2d, unflatten2dToBatch } from './batches';
export { checkValidGraphConvolutionInput, checkValidGraphPoolingInput, checkValidGraphUnpoolingInput } from './inputChecks';
