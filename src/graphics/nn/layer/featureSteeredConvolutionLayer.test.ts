import { beforeAll, describe, expect, it } from 'vitest';
import { disposeNeighborhood, fromDense } from '../../geometry/convolution';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { featureSteeredConvolutionLayer, FeatureSteeredConvolutionKerasLayer, type LayerScope } from './graphConvolution';

beforeAll(async () => { await tf.setBackend('cpu'); });

const ring = () => fromDense(tf.tidy(() => tf.mul(tf.sub(1, tf.eye(4)), 1 / 3)));
const data = () => randomTensors(1).uniform([2, 4, 3]);

describe('featureSteeredConvolutionLayer', () => {
  it('is the Keras layer of the same settings, and keeps its weights in its scope', () => {
    const [x, neighbors, scope]: [tf.Tensor, ReturnType<typeof ring>, LayerScope] = [data(), ring(), new Map()];
    const options = { scope, name: 'first', numOutputChannels: 5, translationInvariant: false, seed: 3 };
    const [y, again] = [0, 1].map(() => featureSteeredConvolutionLayer(x, neighbors, null, options));
    expect(y.shape).toEqual([2, 4, 5]);
    expect(largestDifference(y, again)).toBe(0);
    const layer = new FeatureSteeredConvolutionKerasLayer({ numOutputChannels: 5, translationInvariant: false, seed: 3 });
    expect(largestDifference(layer.apply(x, { neighbors }) as tf.Tensor, y)).toBe(0);
    featureSteeredConvolutionLayer(x, neighbors, null, { ...options, name: 'second' });
    expect([...scope.keys()]).toEqual(['first', 'second']);
    expect(() => featureSteeredConvolutionLayer(x, neighbors, null, { ...options, numOutputChannels: 6 })).toThrow(/first of this scope has numOutputChannels 5, not 6/);
  });

  it('has gradients in data and weights', () => {
    const [x, neighbors, scope]: [tf.Tensor, ReturnType<typeof ring>, LayerScope] = [data(), ring(), new Map()];
    const loss = (t: tf.Tensor) => tf.sum(tf.square(featureSteeredConvolutionLayer(t, neighbors, null, { scope }))) as tf.Scalar;
    const toData = tf.grad(loss)(x);
    const { grads } = tf.variableGrads(() => loss(x));
    expect(Object.keys(grads)).toHaveLength(4);
    expect(allFinite(toData, ...Object.values(grads))).toBe(true);
  });

  it('leaves nothing behind without a scope', () => {
    const [x, neighbors] = [data(), ring()];
    const before = tf.memory().numTensors;
    featureSteeredConvolutionLayer(x, neighbors).dispose();
    expect(tf.memory().numTensors).toBe(before);
    disposeNeighborhood(neighbors);
  });
});
