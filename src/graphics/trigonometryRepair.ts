import * as tf from './tf';

// GLSL's sine and cosine may be off by 2⁻¹¹, and on some devices are. These are good to float32's precision: the angle is brought into
// [−π/2, π/2], where the Taylor polynomial of degree 11 is off by less than 6e-8.

const SINE = `
vec4 reduced(vec4 x) {
  vec4 turns = floor(x * 0.15915494309189535 + 0.5);
  // 2π in two parts, of which the first has few digits, so that its multiples are exact.
  return (x - turns * 6.28125) - turns * 0.0019353071795864769;
}
vec4 polynomial(vec4 r) {
  vec4 s = r * r;
  return r * (1.0 + s * (-0.16666666666666667 + s * (0.0083333333333333333 + s * (-1.9841269841269841e-4
    + s * (2.7557319223985891e-6 - s * 2.5052108385441719e-8)))));
}`;

/** sin r = sin(π − r); cos r = sin(π/2 − |r|). */
const FOLDED = {
  Sin: 'mix(r, sign(r) * 3.14159265358979324 - r, greaterThan(abs(r), vec4(1.57079632679489662)))',
  Cos: '1.57079632679489662 - abs(r)',
} as const;

class TrigonometricProgram implements tf.GPGPUProgram {
  readonly variableNames = ['X'];
  readonly packedInputs = true;
  readonly packedOutput = true;
  readonly userCode: string;

  constructor(readonly outputShape: number[], name: keyof typeof FOLDED) {
    this.userCode = `${SINE}
      void main() {
        vec4 r = reduced(getXAtOutCoords());
        setOutput(polynomial(${FOLDED[name]}));
      }`;
  }
}

/** Makes the webgl backend's sine and cosine precise. */
export function repairTrigonometry(): void {
  for (const kernelName of ['Sin', 'Cos'] as const) {
    tf.unregisterKernel(kernelName, 'webgl');
    tf.registerKernel({
      kernelName,
      backendName: 'webgl',
      kernelFunc: ({ inputs, backend }) => {
        const x = inputs.x as tf.TensorInfo;
        return (backend as tf.MathBackendWebGL).compileAndRun(new TrigonometricProgram([...x.shape], kernelName), [x], 'float32');
      },
    });
  }
}
