import * as tf from '../../tf';
import type { AdamMomentAttrs, AdamStepAttrs } from './adamUpdate';
import { ADAM_MOMENT, ADAM_STEP } from './names';

// Both work on TensorFlow.js's packed texels, four elements at a time; what changes from step to step comes in as uniforms.

const program = (variableNames: string[], outputShape: number[], uniforms: readonly string[], body: string): tf.GPGPUProgram => ({
  variableNames,
  outputShape,
  packedInputs: true,
  packedOutput: true,
  customUniforms: uniforms.map((name) => ({ name, type: 'float' as const })),
  userCode: `void main() { ${body} }`,
});

tf.registerKernel({
  kernelName: ADAM_MOMENT,
  backendName: 'webgl',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { decay, power } = attrs as unknown as AdamMomentAttrs;
    const [moment, gradient] = [inputs['moment'], inputs['gradient']] as tf.TensorInfo[];
    const body = `
      // op:diorama/adam-moment/${power}
      vec4 g = getGAtOutCoords();
      setOutput(decay * getMAtOutCoords() + (1.0 - decay) * ${power === 1 ? 'g' : 'g * g'});`;
    const moments = program(['M', 'G'], moment.shape, ['decay'], body);
    return (backend as tf.MathBackendWebGL).compileAndRun(moments, [moment, gradient], 'float32', [[decay]]);
  },
});

tf.registerKernel({
  kernelName: ADAM_STEP,
  backendName: 'webgl',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { rate, epsilon } = attrs as unknown as AdamStepAttrs;
    const [value, first, second] = [inputs['value'], inputs['first'], inputs['second']] as tf.TensorInfo[];
    const body = `
      // op:diorama/adam-step
      setOutput(getPAtOutCoords() - rate * getMAtOutCoords() / (sqrt(getVAtOutCoords()) + epsilon));`;
    const step = program(['P', 'M', 'V'], value.shape, ['rate', 'epsilon'], body);
    return (backend as tf.MathBackendWebGL).compileAndRun(step, [value, first, second], 'float32', [[rate], [epsilon]]);
  },
});
