// The one door to TensorFlow.js: everything in src/graphics and src/experiments imports it from here.
// The core comes first: it registers the flags that registering gradients reads.
import '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-cpu';

export * from '@tensorflow/tfjs-core';
export { MathBackendWebGL, GPGPUContext } from '@tensorflow/tfjs-backend-webgl';
export type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl';
