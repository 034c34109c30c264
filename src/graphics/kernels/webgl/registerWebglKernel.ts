import './decode';
import * as tf from '../../tf';
import { withForeignGL } from './foreignGL';
import { asQuads } from './quads';
import { glResources, type GLResources } from './resources';
import { viewOf, type Output, type Scratch, type View } from './tensorTextures';

/** What a kernel works with: inputs opened by name, and things that end with the call. */
export interface KernelCall<Name extends string> {
  readonly backend: tf.MathBackendWebGL;
  readonly resources: GLResources;
  readonly shapes: Readonly<Record<Name, number[]>>;
  readonly dataIds: Readonly<Record<Name, tf.DataId>>;
  /** The input as [M, rows, columns]; by its own last two axes if not told. */
  readonly open: (name: Name, rows?: number, columns?: number) => View;
  /** As `open`, but with one row of up to four columns a texel; for what is fetched by row again and again. */
  readonly openQuads: (name: Name) => View;
  /** Has a scratch texture released after the call. */
  readonly use: <S extends Scratch>(scratch: S) => S;
  /** Runs raw WebGL after everything is opened and allocated. */
  readonly draw: (run: (gl: WebGL2RenderingContext) => void) => void;
}

/** TensorFlow.js reads no numbers from a texture without any: they are given to it. */
function readable(backend: tf.MathBackendWebGL, info: tf.TensorInfo): tf.TensorInfo {
  if (tf.util.sizeFromShape(info.shape) > 0) return info;
  backend.disposeIntermediateTensorInfo(info);
  return backend.makeTensorInfo(info.shape, info.dtype, new Float32Array(0));
}

/** Registers a kernel of the webgl backend that draws with raw WebGL2. `run` returns its one output. */
export function registerWebglKernel<Name extends string, Attrs extends object>(
  kernelName: string,
  inputNames: readonly Name[],
  run: (call: KernelCall<Name>, attrs: Attrs) => Output,
): void {
  tf.registerKernel({
    kernelName,
    backendName: 'webgl',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const webgl = backend as tf.MathBackendWebGL;
      const temporaries: tf.TensorInfo[] = [];
      const scratches: Scratch[] = [];
      const info = (name: Name) => inputs[name] as tf.TensorInfo;
      const resources = glResources(webgl);
      const open = (name: Name, rows?: number, columns?: number): View => {
        const [ownRows, ownColumns] = [1, 1, ...info(name).shape].slice(-2);
        return viewOf(webgl, info(name), rows ?? ownRows, columns ?? ownColumns, temporaries);
      };
      const draw = (drawing: (gl: WebGL2RenderingContext) => void) => withForeignGL(webgl.gpgpu, drawing, resources);
      try {
        return readable(webgl, run({
          backend: webgl,
          resources,
          shapes: Object.fromEntries(inputNames.map((name) => [name, info(name).shape])) as Record<Name, number[]>,
          dataIds: Object.fromEntries(inputNames.map((name) => [name, info(name).dataId])) as Record<Name, tf.DataId>,
          open,
          openQuads: (name) => {
            const leading = tf.util.sizeFromShape(info(name).shape.slice(0, -2));
            return asQuads(webgl, resources, info(name).dataId, open(name), leading, draw);
          },
          use: (scratch) => {
            scratches.push(scratch);
            return scratch;
          },
          draw,
        }, attrs as unknown as Attrs).info);
      } finally {
        temporaries.forEach((temporary) => webgl.disposeIntermediateTensorInfo(temporary));
        scratches.forEach((scratch) => scratch.release());
      }
    },
  });
}
