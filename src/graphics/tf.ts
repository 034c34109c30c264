// The one door to TensorFlow.js: everything in src/graphics and src/experiments imports it from here.
//
// What importing it changes for the whole page, TensorFlow.js's other users included (tf.test.ts proves that it is no more):
// - kernels of the cpu backend are replaced by faster ones that give the same: Add, Sub, Multiply, RealDiv, SquaredDifference, Maximum, Minimum, Pow,
//   Equal, NotEqual, Greater, GreaterEqual, Less, LessEqual (cpuBroadcast.ts), Softmax (cpuSoftmax.ts);
// - kernels of the webgl backend are replaced by right or more precise ones: BatchMatMul, _FusedMatMul (matMulRepair.ts), Sin, Cos (trigonometryRepair.ts);
// - gradients are added that were missing: Greater, Less, LessEqual, Equal, NotEqual, LogicalAnd, LogicalOr (gradientRepairs.ts), GatherNd,
//   TopK (missingGradients.ts); and replaced where they were wrong, or held for some ranks alone: GreaterEqual, Exp, Tanh, Sigmoid, Softmax, Unpack, Tile, Slice;
// - flags are set: USE_SETTIMEOUTCUSTOM and SOFTWARE_WEBGL_ENABLED to true; and one is new, DIORAMA_FAST_CPU.
// What imports the kernels (index.ts) registers those named Diorama…, with their gradients, and the flag DIORAMA_FLOAT_BLEND; replaces the cpu backend's
// BatchMatMul and _FusedMatMul by faster ones (cpuMatMul.ts); and reads webgl tensors back by a shorter way (decode, in kernels/webgl/decode.ts).
//
// The core comes first: it registers the flags that registering gradients reads.
import { env } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-cpu';
import { speedUpBroadcasting } from './cpuBroadcast';
import { speedUpSoftmax } from './cpuSoftmax';
import { repairGradients } from './gradientRepairs';
import { repairMatMul } from './matMulRepair';
import { addMissingGradients } from './missingGradients';
import { repairTrigonometry } from './trigonometryRepair';

export * from '@tensorflow/tfjs-core';
export { MathBackendWebGL, GPGPUContext } from '@tensorflow/tfjs-backend-webgl';
export type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl';

export { probeCapabilities, type Capabilities } from './capability';
export { ContextLostError, superviseContext, type ContextSupervisor, type SupervisorOptions } from './contextSupervisor';
export { stopGradient } from './stopGradient';
// In place of TensorFlow.js's.
export { einsum } from './einsum';

// Off, the cpu backend's operations are TensorFlow.js's own, to compare with.
env().registerFlag('DIORAMA_FAST_CPU', () => true);
repairGradients();
addMissingGradients();
repairMatMul();
speedUpBroadcasting();
speedUpSoftmax();
repairTrigonometry();

// Reads are polled by messages instead of timers, which browsers slow down: 1 ms instead of 4 (windows only).
env().set('USE_SETTIMEOUTCUSTOM', true);
// Software WebGL is refused by default; it is still several times faster than plain loops.
env().set('SOFTWARE_WEBGL_ENABLED', true);
