import { keepOnGPU, relativeError } from '../kernels/testing/backends';
import { probe } from './gradients';
import * as tf from '../tf';

/** Makes a function's inputs; called once for each backend, so that seeded ones are the same. */
type MakeInputs = () => tf.Tensor[];

async function valuesAndGradients(backend: 'cpu' | 'webgl', make: MakeInputs, f: (...inputs: tf.Tensor[]) => tf.Tensor, differentiable: boolean): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  if (backend === 'webgl') keepOnGPU();
  tf.engine().startScope();
  try {
    const inputs = make();
    const gradients = differentiable ? tf.grads((...xs: tf.Tensor[]) => probe(f(...xs)))(inputs) : [];
    return await Promise.all([f(...inputs), ...gradients].map((tensor) => tensor.data<'float32'>()));
  } finally {
    tf.engine().endScope();
  }
}

/** The largest relative difference between the backends of a function's values and its gradients to all inputs. */
export async function differenceOfBackends(make: MakeInputs, f: (...inputs: tf.Tensor[]) => tf.Tensor, { differentiable = true } = {}): Promise<number> {
  const cpu = await valuesAndGradients('cpu', make, f, differentiable);
  const webgl = await valuesAndGradients('webgl', make, f, differentiable);
  return Math.max(...cpu.map((expected, i) => relativeError(webgl[i], expected)));
}
