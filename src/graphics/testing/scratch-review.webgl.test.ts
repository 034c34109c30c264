import { beforeAll, expect, it } from 'vitest';
import * as tf from '../tf';
import { buildTopology } from '../../scene/topology';
import '../kernels';
import { compareBackends, keepOnGPU, runOn } from '../kernels/testing/backends';
import { kernelInputs, pick } from '../kernels/testing/kernelInputs';
import { RASTERIZE } from '../kernels/rasterize/rasterize';
import { ANTIALIAS } from '../kernels/antialias/antialias';
import { INTERPOLATE } from '../kernels/interpolate/interpolate';
beforeAll(keepOnGPU);
for (const [name, height, width] of [['a', 64, 64], ['b', 16, 16], ['c', 40, 24], ['d', 5, 5], ['e', 37, 51]] as const) {
it('edge ' + name, async () => {
  const size = { height, width };
  const px = (x: number) => (x / size.width) * 2 - 1;
  const py = (y: number) => 1 - (y / size.height) * 2;
  const out: string[] = [];
  for (const [x0, x1, y0, y1] of [[width - 4, width - 1.3, -5, height + 5], [-5, width + 5, height - 4, height - 1.3], [1.3, 4, -5, height + 5], [-5, width + 5, 1.3, 4], [width - 1.6, width + 4, 0.3, height - 0.4], [0.3, width - 0.4, height - 1.6, height + 5]]) {
    const clip = Float32Array.from([[x0, y0], [x1, y0], [x1, y1], [x0, y1]].flatMap(([x, y]) => [px(x), py(y), 0, 1]));
    const view = { batch: 1, vertexCount: 4, faceCount: 2, clip, topology: buildTopology({ positions: Float32Array.from([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]), faces: Uint32Array.of(0, 1, 2, 0, 2, 3) }) };
    const raster = await runOn('cpu', RASTERIZE, pick(kernelInputs(view, new Float32Array(0), size, 1), 'clipVertices faces'), size);
    const inputs = pick(kernelInputs(view, raster, size, 3), 'color raster clipVertices faces opposites');
    const { error, cpu, webgl } = await compareBackends(ANTIALIAS, inputs);
    let n = 0; cpu.forEach((v, i) => { if (Math.abs(v - webgl[i]) > 1e-4) n++; });
    let changed = 0; cpu.forEach((v, i) => { if (v !== (inputs.color.values as Float32Array)[i]) changed++; });
    out.push(`${error.toExponential(1)} ${n}/${changed}`);
  }
  console.log(name, out.join(' | '));
});
}
it('reshape', async () => {
  await tf.setBackend('webgl');
  const flat = tf.tensor(Float32Array.from({ length: 24 }, (_, i) => i), [24]);
  const faces = tf.tensor2d([0, 1, 2], [1, 3], 'int32');
  const raster = tf.tensor4d([0.25, 0.25, 0, 1, 0.25, 0.25, 0, 1], [1, 1, 2, 4]);
  const run = (a: tf.Tensor) => Array.from((tf.engine().runKernel(INTERPOLATE, { attributes: a, faces, raster }, {}) as tf.Tensor).dataSync());
  console.log('reshape', run(tf.reshape(flat, [1, 12, 2])), run(tf.reshape(flat, [1, 8, 3])), 'want', run(tf.tensor(flat.dataSync(), [1, 8, 3])));
});
