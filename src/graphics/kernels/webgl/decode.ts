import * as tf from '../../tf';
import { withForeignGL } from './foreignGL';
import { TEXEL_INDEX } from './glsl';
import { runPass, type Pass } from './pass';
import { glResources } from './resources';
import { viewOf } from './tensorTextures';

// TensorFlow.js reads a tensor back through a pass that puts four values into each texel and looks up each of them by itself. For images of four
// channels and for our own results, where they already lie together, one or two lookups do: a quarter of the time of drawing a small image.

type Decode = (this: tf.MathBackendWebGL, dataId: tf.DataId, customTexShape?: [number, number]) => tf.TensorInfo;

const FRAGMENT = `
out vec4 values;
${TEXEL_INDEX}
void main() {
  ivec2 groupAndRow = divide(texelIndex(outWidth), groups);
  ivec2 rowAndM = divide(groupAndRow.y, rows);
  values = rowAndM.y < leading ? source_quad(rowAndM.y, rowAndM.x, groupAndRow.x) : vec4(0);
}`;

/** The tensor as [M, rows, columns] with columns in fours, or undefined where its layout is another. */
function foursOf(backend: tf.MathBackendWebGL, dataId: tf.DataId): [number, number, number] | undefined {
  const { dtype, isPacked, shape, slice, texture } = backend.texData.get(dataId);
  if (dtype !== 'float32' || !isPacked || slice || !texture) return undefined;
  const size = tf.util.sizeFromShape(shape);
  const [rows, columns] = [1, 1, ...shape].slice(-2);
  if (size === 0) return undefined;
  if (rows === 2 && columns === 2) return [1, size / 4, 4];
  return columns % 4 === 0 ? [size / (rows * columns), rows, columns] : undefined;
}

const prototype = tf.MathBackendWebGL.prototype as unknown as { decode: Decode };
const usual = prototype.decode;

prototype.decode = function decode(dataId, customTexShape) {
  const fours = foursOf(this, dataId);
  if (!fours) return usual.call(this, dataId, customTexShape);
  const [leading, rows, columns] = fours;
  const size = leading * rows * columns;
  const [height, width] = customTexShape ?? tf.util.sizeToSquarishShape(size / 4);
  const decoded = this.makeTensorInfo([1, 1, size], 'float32');
  const data = this.texData.get(decoded.dataId);
  data.isPacked = true;
  data.texShape = [2 * height, 2 * width];
  this.uploadToGPU(decoded.dataId);
  const { texture } = data.texture!;
  const resources = glResources(this);
  const temporaries: tf.TensorInfo[] = [];
  const source = viewOf(this, { dataId, shape: fours, dtype: 'float32' }, rows, columns, temporaries);
  const uniforms = { leading, rows, groups: columns / 4, outWidth: width };
  const pass: Pass = { key: 'decode', inputs: { source }, uniforms, fragment: () => FRAGMENT };
  withForeignGL(this.gpgpu, () => runPass(resources, pass, [{ texture, width, height }]), resources);
  // Under the tensor's own shape, which dataToGPU hands on.
  return { ...decoded, shape: this.texData.get(dataId).shape };
};
