// The one door to TensorFlow.js: everything in src/graphics and src/experiments imports it from here.
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
