import type { PointModel } from '../../graphics/nn/model/pointModel';
import type { Adam } from '../../graphics/nn/optimizer/adam';
import * as tf from '../../graphics/tf';

/** The model's variables under names that are the same in every session: number and last word of the layers' own, which count on. */
export function namedVariables(model: PointModel): Readonly<Record<string, tf.Variable>> {
  return Object.fromEntries(model.weights.map((weight, i) =>
    [`${String(i).padStart(3, '0')}/${weight.originalName.split('/').slice(-2).join('/')}`, weight.read() as tf.Variable]));
}

/** Everything that decides how a training goes on. */
export interface TrainingState {
  readonly step: number;
  readonly weights: ReadonlyMap<string, Float32Array>;
  readonly optimizer: ReadonlyMap<string, Float32Array>;
}

async function readAll(tensors: Readonly<Record<string, tf.Tensor>>): Promise<ReadonlyMap<string, Float32Array>> {
  const entries = Object.entries(tensors);
  const values = await Promise.all(entries.map(async ([, tensor]) => (await tensor.data()).slice() as Float32Array));
  return new Map(entries.map(([name], i) => [name, values[i]]));
}

export async function readState(variables: Readonly<Record<string, tf.Variable>>, adam: Adam): Promise<TrainingState> {
  const step = adam.steps;
  const [weights, optimizer] = await Promise.all([readAll(variables), readAll(adam.moments())]);
  return { step, weights, optimizer };
}

/** @throws Error that names the weight which is missing or of another size; then nothing is changed. */
export function writeState(variables: Readonly<Record<string, tf.Variable>>, adam: Adam, { step, weights, optimizer }: TrainingState): void {
  tf.tidy(() => {
    const tensors = tensorsOf(variables, weights);
    const moments = tensorsOf(adam.moments() as Record<string, tf.Tensor>, optimizer);
    adam.restore(moments, step);
    for (const [name, variable] of Object.entries(variables)) variable.assign(tensors[name]);
  });
}

function tensorsOf(like: Readonly<Record<string, tf.Tensor>>, values: ReadonlyMap<string, Float32Array>): Record<string, tf.Tensor> {
  return Object.fromEntries(Object.entries(like).map(([name, { shape }]) => {
    const data = values.get(name);
    if (data?.length !== tf.util.sizeFromShape(shape)) throw new Error(`The weight ${name} is missing or is not of shape [${shape}].`);
    return [name, tf.tensor(data, shape, 'float32')];
  }));
}
