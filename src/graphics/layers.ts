// The door to TensorFlow.js's layers, apart from tf.ts so that what uses no layer does not load them.
// Through tf.ts first: gradients are registered and repaired there. By its ES module's path: the package's entry for Node brings a second
// copy of TensorFlow.js along, in whose registry of classes ours would be missing.
import './tf';
import './kernels/matMul/fastMatMul';

export { initializers, input, layers, loadLayersModel, model, sequential, LayersModel, SymbolicTensor, type LayerVariable, type Shape } from '@tensorflow/tfjs-layers/dist/index';
