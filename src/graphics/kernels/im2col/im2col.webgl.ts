import * as tf from '../../tf';
import { rowShape, windowCount, type WindowAttrs } from './im2col';
import { COL2IM, IM2COL } from './names';

// Both programs read and write TensorFlow.js's packed layout (2 × 2 elements of the last two axes in a texel), which its matrix product
// wants: no repacking in between.

/** Four elements of the rows: two windows, two places in them. */
function im2colProgram(attrs: WindowAttrs): tf.GPGPUProgram {
  const { height, width, channels, size, stride, padding } = attrs;
  const [down, across] = [windowCount(height, attrs), windowCount(width, attrs)];
  const [rows, columns] = rowShape(attrs);
  return {
    variableNames: ['X'],
    outputShape: [rows, columns],
    packedInputs: true,
    packedOutput: true,
    userCode: `
      // op:diorama/im2col
      float at(int row, int column) {
        if (row >= ${rows} || column >= ${columns}) return 0.0;
        int image = row / ${down * across};
        int place = row - image * ${down * across};
        int tap = column / ${channels};
        int c = column - tap * ${channels};
        int y = (place / ${across}) * ${stride} - ${padding} + tap / ${size};
        int x = (place % ${across}) * ${stride} - ${padding} + tap % ${size};
        if (y < 0 || y >= ${height} || x < 0 || x >= ${width}) return 0.0;
        return getChannel(getX(image, y, x, c), vec2(x, c));
      }
      void main() {
        ivec2 rc = getOutputCoords();
        setOutput(vec4(at(rc.x, rc.y), at(rc.x, rc.y + 1), at(rc.x + 1, rc.y), at(rc.x + 1, rc.y + 1)));
      }`,
  };
}

/** Four elements of the image: two columns, two channels; each sums over the windows it lies in. */
function col2imProgram(attrs: WindowAttrs): tf.GPGPUProgram {
  const { batch, height, width, channels, size, stride, padding } = attrs;
  const [down, across] = [windowCount(height, attrs), windowCount(width, attrs)];
  return {
    variableNames: ['Dy'],
    outputShape: [batch, height, width, channels],
    packedInputs: true,
    packedOutput: true,
    userCode: `
      // op:diorama/col2im
      float at(int image, int y, int x, int c) {
        if (x >= ${width} || c >= ${channels}) return 0.0;
        float sum = 0.0;
        // The taps whose window starts on the stride's grid.
        for (int ky = (y + ${padding}) % ${stride}; ky < ${size}; ky += ${stride}) {
          int j = (y + ${padding} - ky) / ${stride};
          if (y + ${padding} < ky || j >= ${down}) continue;
          for (int kx = (x + ${padding}) % ${stride}; kx < ${size}; kx += ${stride}) {
            int i = (x + ${padding} - kx) / ${stride};
            if (x + ${padding} < kx || i >= ${across}) continue;
            int row = (image * ${down} + j) * ${across} + i;
            int column = (ky * ${size} + kx) * ${channels} + c;
            sum += getChannel(getDy(row, column), vec2(row, column));
          }
        }
        return sum;
      }
      void main() {
        ivec4 rc = getOutputCoords();
        setOutput(vec4(
          at(rc.x, rc.y, rc.z, rc.w), at(rc.x, rc.y, rc.z, rc.w + 1),
          at(rc.x, rc.y, rc.z + 1, rc.w), at(rc.x, rc.y, rc.z + 1, rc.w + 1)));
      }`,
  };
}

function register(kernelName: string, inputName: string, program: (attrs: WindowAttrs) => tf.GPGPUProgram): void {
  tf.registerKernel({
    kernelName,
    backendName: 'webgl',
    kernelFunc: ({ inputs, attrs, backend }) =>
      (backend as tf.MathBackendWebGL).compileAndRun(program(attrs as unknown as WindowAttrs), [inputs[inputName] as tf.TensorInfo], 'float32'),
  });
}

register(IM2COL, 'x', im2colProgram);
register(COL2IM, 'dy', col2imProgram);
