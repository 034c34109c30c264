import { beforeAll, describe, expect, it } from 'vitest';
import { createPointRows, disposePointRows } from '../../geometry/pointHierarchy';
import { input, loadLayersModel, model } from '../../layers';
import { checkGradient, probe, relativeError } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { GlobalPointPooling, PointNet2Classifier, PointNet2Segmenter, PointNetClassifier, PointNetSegmenter, PointNormalization, SharedLayer, TransformNet } from './points';

beforeAll(async () => { await tf.setBackend('cpu'); });

const numbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());

describe('PointNormalization', () => {
  const stock = (x: tf.Tensor) => {
    const { mean, variance } = tf.moments(x, [0, 1]);
    return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3)));
  };

  it.each([1, 2, 3])('is that of stock ops, with their gradient (seed %i)', (seed) => {
    const x = randomTensors(seed).uniform([3, 7, 4], -2, 3);
    const layer = new PointNormalization();
    const ours = (y: tf.Tensor) => layer.apply(y, { training: true }) as tf.Tensor;
    expect(largestDifference(ours(x), stock(x))).toBeLessThan(1e-5);
    expect(largestDifference(tf.grad((y) => probe(ours(y)))(x), tf.grad((y) => probe(stock(y)))(x))).toBeLessThan(1e-5);
  });

  it('has the gradients of central differences in its input and its weights, with and without padding', () => {
    const random = randomTensors(4);
    const values = numbers(random.uniform([24]));
    const rows = createPointRows(2, 4, Int32Array.of(4, 2));
    for (const kwargs of [{ training: true }, { training: true, rows }]) {
      const layer = new PointNormalization();
      layer.apply(tf.zeros([1, 3]));
      layer.setWeights([random.uniform([3]), random.uniform([3]), tf.zeros([3]), tf.ones([3]), tf.zeros([1])]);
      // Padding is nobody's loss.
      const valid = tf.tensor3d([1, 1, 1, 1, 1, 1, 'rows' in kwargs ? 0 : 1, 'rows' in kwargs ? 0 : 1], [2, 4, 1]);
      const loss = (x: tf.Tensor) => probe(tf.mul(layer.apply(x, kwargs) as tf.Tensor, valid));
      expect(checkGradient(loss, [2, 4, 3], values, 1e-3).relativeError).toBeLessThan(1e-2);
      const x = tf.tensor3d(values, [2, 4, 3]);
      layer.trainableWeights.forEach((weight) => {
        const variable = weight.read() as tf.Variable;
        const start = tf.clone(variable);
        const gradient = tf.variableGrads(() => loss(x) as tf.Scalar, [variable]).grads[variable.name];
        start.dataSync().forEach((_, k) => {
          const at = (step: number) => {
            variable.assign(tf.add(start, tf.mul(tf.oneHot(tf.scalar(k, 'int32'), 3), step)) as tf.Variable);
            return loss(x).dataSync()[0];
          };
          expect(gradient.dataSync()[k]).toBeCloseTo((at(1e-2) - at(-1e-2)) / 2e-2, 2);
          variable.assign(start as tf.Variable);
        });
      });
    }
    disposePointRows(rows);
  });

  it('leaves padding out of the moments, and gives it no gradient', () => {
    const random = randomTensors(5);
    const [valid, padding] = [random.uniform([2, 3, 2]), random.uniform([2, 2, 2], 50, 60)];
    const rows = createPointRows(2, 5, Int32Array.of(3, 3));
    const layer = new PointNormalization();
    const normalize = (x: tf.Tensor) => layer.apply(x, { training: true, rows }) as tf.Tensor;
    const x = tf.concat([valid, padding], 1);
    expect(largestDifference(tf.slice(normalize(x), [0, 0, 0], [2, 3, 2]), new PointNormalization().apply(valid, { training: true }) as tf.Tensor)).toBeLessThan(1e-5);
    expect(numbers(tf.slice(tf.grad((y) => probe(normalize(y)))(x), [0, 3, 0])).every((slope) => slope === 0)).toBe(true);
    disposePointRows(rows);
  });

  it('averages the moments of the first batches, then lets them fade', () => {
    const layer = new PointNormalization({ momentum: 0.5 });
    for (const value of [3, 5, 8]) layer.apply(tf.tensor2d([[value - 1], [value + 1]]), { training: true });
    // (3 + 5) / 2 halfway to 8.
    expect(layer.nonTrainableWeights.map((weight) => numbers(weight.read()))).toEqual([[6], [1], [3]]);
  });

  it('keeps its averages where nothing counts', () => {
    const layer = new PointNormalization();
    layer.apply(tf.tensor2d([[1], [5]]), { training: true });
    const before = layer.getWeights().map(numbers);
    const rows = createPointRows(1, 2, Int32Array.of(0));
    layer.apply(tf.tensor2d([[7], [9]]), { training: true, rows });
    expect(layer.getWeights().map(numbers)).toEqual(before);
    disposePointRows(rows);
  });

  it('stays finite where nothing varies, and says that it has no second gradient', () => {
    const layer = new PointNormalization({ momentum: 0.5 });
    const x = tf.fill([4, 2], 3);
    expect(allFinite(layer.apply(x, { training: true }) as tf.Tensor, tf.grad((y) => probe(layer.apply(y, { training: true }) as tf.Tensor))(x))).toBe(true);
    const first = tf.grad((y) => probe(layer.apply(y, { training: true }) as tf.Tensor));
    expect(() => tf.grad((y) => tf.sum(tf.square(first(y))))(x)).toThrow(/gradient/);
  });
});

describe('GlobalPointPooling', () => {
  it('is the maximum, or the mean, over the points that count', () => {
    const x = randomTensors(1).uniform([2, 5, 3]);
    const sizes = tf.tensor1d([5, 2], 'int32');
    const [max, average] = (['max', 'average'] as const).map((algorithm) => new GlobalPointPooling({ algorithm }).apply(x, { sizes }) as tf.Tensor);
    const [first, second] = [tf.slice(x, 0, 1), tf.slice(x, [1, 0, 0], [1, 2, 3])];
    expect(numbers(max)).toEqual([first, second].flatMap((cloud) => numbers(tf.max(cloud, 1))));
    expect(relativeError(numbers(average), [first, second].flatMap((cloud) => numbers(tf.mean(cloud, 1))))).toBeLessThan(1e-6);
    expect(() => new GlobalPointPooling().apply(tf.zeros([2, 3]))).toThrow(/x must have a rank of 3/);
    expect(numbers(new GlobalPointPooling().apply(x, { sizes: tf.tensor1d([0, 1], 'int32') }) as tf.Tensor).slice(0, 3)).toEqual([0, 0, 0]);
  });

  it('has the gradient of central differences', () => {
    const values = numbers(randomTensors(2).uniform([12]));
    for (const algorithm of ['max', 'average'] as const) {
      const layer = new GlobalPointPooling({ algorithm });
      expect(checkGradient((x) => probe(layer.apply(x) as tf.Tensor), [2, 3, 2], values, 1e-3).relativeError).toBeLessThan(1e-2);
    }
  });
});

describe('TransformNet', () => {
  it('begins with the identity, whatever comes in, and stays alike under permutation', () => {
    const layer = new TransformNet({ size: 3, width: 0.1 });
    const x = randomTensors(3).uniform([2, 6, 5]);
    expect(largestDifference(layer.apply(x) as tf.Tensor, tf.broadcastTo(tf.eye(3), [2, 3, 3]))).toBe(0);
    layer.setWeights(layer.getWeights().map((weight, i) => randomTensors(i).uniform(weight.shape, 0.1, 0.5)));
    expect(largestDifference(layer.apply(x) as tf.Tensor, layer.apply(tf.reverse(x, 1)) as tf.Tensor)).toBeLessThan(1e-6);
  });

  it('learns a turn', () => {
    const layer = new TransformNet({ width: 0.1 });
    const x = randomTensors(4).uniform([1, 20, 3]) as tf.Tensor3D;
    const turned = tf.matMul(x, tf.tensor3d([[[0, 1, 0], [-1, 0, 0], [0, 0, 1]]]));
    const loss = () => tf.mean(tf.squaredDifference(tf.matMul(x, layer.apply(x, { training: false }) as tf.Tensor3D), turned)) as tf.Scalar;
    layer.apply(x);
    const before = loss().dataSync()[0];
    const optimizer = tf.train.adam(0.02);
    for (let step = 0; step < 30; step++) optimizer.minimize(loss, false, layer.trainableWeights.map((weight) => weight.read() as tf.Variable));
    expect(loss().dataSync()[0]).toBeLessThan(0.2 * before);
  });
});

/** The same model after being saved and loaded. */
async function reload(saved: ReturnType<typeof model>): Promise<ReturnType<typeof model>> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await saved.save(tf.io.withSaveHandler(async (given) => {
    artifacts = given;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  }));
  const topology = JSON.parse(JSON.stringify(artifacts!.modelTopology)) as object;
  return loadLayersModel(tf.io.fromMemory({ ...artifacts!, modelTopology: topology }));
}

it.each([
  ['PointNetClassifier', () => new PointNetClassifier({ classCount: 3, width: 0.1, seed: 2 })], ['PointNetSegmenter', () => new PointNetSegmenter({ classCount: 3, width: 0.1, transforms: false })],
  ['TransformNet', () => new TransformNet({ size: 3, width: 0.1 })], ['SharedLayer', () => new SharedLayer({ channels: 4, activation: 'leakyRelu' })],
  ['PointNormalization', () => new PointNormalization({ momentum: 0.7 })], ['GlobalPointPooling', () => new GlobalPointPooling({ algorithm: 'average' })],
] as const)('%s is saved and loaded with a model', async (_name, make) => {
  const cloud = input({ shape: [6, 4] });
  const built = model({ inputs: cloud, outputs: make().apply(cloud) as typeof cloud });
  const loaded = await reload(built);
  const points = randomTensors(5).uniform([2, 6, 4]);
  expect(numbers(loaded.predict(points) as tf.Tensor)).toEqual(numbers(built.predict(points) as tf.Tensor));
  expect(loaded.layers.at(-1)!.getConfig()).toEqual(built.layers.at(-1)!.getConfig());
});

it.each([
  ['PointNetClassifier', 4, () => new PointNetClassifier({ classCount: 2, width: 0.05 })],
  // Of few points the winners of the maxima are the centres themselves, whose offsets are 0 wherever they lie.
  ['PointNet2Classifier', 12, () => new PointNet2Classifier({ classCount: 2, width: 0.02 })],
  ['PointNet2Segmenter', 4, () => new PointNet2Segmenter({ classCount: 2, width: 0.02 })],
] as const)('%s has the gradient of central differences in the points', (_name, count, make) => {
  const random = randomTensors(6);
  const network = make();
  network.apply(tf.zeros([1, 1, 3]));
  // All weights away from 0, those of the T-Nets' matrices among them, and variances above it.
  network.setWeights(network.getWeights().map((weight) => random.uniform(weight.shape, 0.1, 0.4)));
  const f = (x: tf.Tensor) => probe(network.apply(x) as tf.Tensor);
  expect(checkGradient(f, [2, count, 3], numbers(random.uniform([6 * count])), 1e-3).relativeError).toBeLessThan(2e-2);
});
