import * as tf from './tf';

/**
 * Sine and cosine to float32 precision. GLSL promises no more than 2⁻¹¹ of its own, and software GL is off by 2e-4, which as a rotation is
 * more than an arc minute. The angle is brought to within an eighth of a turn in three steps (Cody and Waite), exactly enough for angles of
 * some thousand turns, and polynomials do the rest (the coefficients are those of Cephes' sinf and cosf).
 */
const SINE = `
float preciseSine(float x, float quarterTurnsAhead) {
  float quarters = floor(x * 0.6366197723675814 + 0.5);
  // Far beyond the angles that can be reduced, the value is anyone's, but stays within its bounds.
  float r = clamp(((x - quarters * 1.5703125) - quarters * 4.837512969970703125e-4) - quarters * 7.54978995489188216e-8, -0.7854, 0.7854);
  float q = r * r;
  int quadrant = int(mod(quarters + quarterTurnsAhead, 4.0));
  float value = (quadrant & 1) == 0
    ? r + r * q * (-1.6666654611e-1 + q * (8.3321608736e-3 - q * 1.9515295891e-4))
    : 1.0 - 0.5 * q + q * q * (4.166664568298827e-2 + q * (-1.388731625493765e-3 + q * 2.443315711809948e-5));
  return quadrant < 2 ? value : -value;
}`;

/** Replaces one of TensorFlow.js's two kernels; their gradients are made of each other. */
function replaceKernel(kernelName: string, quarterTurnsAhead: number): void {
  tf.unregisterKernel(kernelName, 'webgl');
  tf.registerKernel({
    kernelName,
    backendName: 'webgl',
    kernelFunc: ({ inputs, backend }) => {
      const x = inputs.x as tf.TensorInfo;
      const program: tf.GPGPUProgram = {
        variableNames: ['A'],
        outputShape: x.shape,
        userCode: `${SINE}
void main() {
  float x = getAAtOutCoords();
  setOutput(isnan(x) ? x : preciseSine(x, ${quarterTurnsAhead}.0));
}`,
      };
      return (backend as tf.MathBackendWebGL).compileAndRun(program, [x], 'float32');
    },
  });
}

/** Makes the webgl backend's sine and cosine precise. */
export function repairTrigonometry(): void {
  replaceKernel(tf.Sin, 0);
  replaceKernel(tf.Cos, 1);
}
