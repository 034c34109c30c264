import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { input, loadLayersModel, model } from '../../layers';
import { relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { ClassificationHead, PointNetConv2Layer, PointNetDenseLayer, PointNetVanillaClassifier, VanillaEncoder } from './pointnet';

beforeAll(async () => { await tf.setBackend('cpu'); });

const random = createRandom(17);
const normals = (...shape: number[]): tf.Tensor => tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()), shape);

describe('the layers of PointNet', () => {
  it('are a dense layer, batch normalisation and ReLU', () => {
    const layer = new PointNetConv2Layer({ channels: 4, momentum: 0.5 });
    const x = normals(2, 5, 1, 3);
    const trained = layer.apply(x, { training: true }) as tf.Tensor;
    expect(trained.shape).toEqual([2, 5, 1, 4]);
    expect(layer.trainableWeights.map(({ shape }) => shape)).toEqual([[3, 4], [4], [4], [4]]);
    expect(layer.nonTrainableWeights.map(({ shape }) => shape)).toEqual([[4], [4]]);
    // The layer before the ReLU has mean 0 and variance 1 over the batch.
    const dense = tf.matMul(tf.reshape(x, [10, 3]), layer.trainableWeights[0].read() as tf.Tensor2D);
    const { mean, variance } = tf.moments(dense, 0);
    const expected = tf.relu(tf.div(tf.sub(dense, mean), tf.sqrt(tf.add(variance, 1e-3))));
    expect(relativeError(trained.dataSync(), expected.dataSync())).toBeLessThan(1e-4);
    // One step with momentum ½ takes the moving mean half of the way from 0.
    expect(relativeError(layer.nonTrainableWeights[0].read().dataSync(), tf.mul(mean, 0.5).dataSync())).toBeLessThan(1e-4);
    layer.trainable = false;
    expect(layer.trainableWeights).toEqual([]);
  });

  it('dense and head have their shapes', () => {
    expect((new PointNetDenseLayer({ channels: 7, momentum: 0.5 }).apply(normals(2, 3)) as tf.Tensor).shape).toEqual([2, 7]);
    expect((new ClassificationHead({ numClasses: 6 }).apply(normals(2, 32)) as tf.Tensor).shape).toEqual([2, 6]);
    expect(new ClassificationHead().computeOutputShape([null, 1024])).toEqual([null, 40]);
  });
});

describe('VanillaEncoder and PointNetVanillaClassifier', () => {
  it('do not mind the order of the points', () => {
    const encoder = new VanillaEncoder();
    const cloud = normals(2, 9, 3);
    const features = encoder.apply(cloud) as tf.Tensor;
    expect(features.shape).toEqual([2, 1024]);
    expect(relativeError((encoder.apply(tf.reverse(cloud, 1)) as tf.Tensor).dataSync(), features.dataSync())).toBeLessThan(1e-6);
    expect(encoder.countParams()).toBe([[3, 64], [64, 64], [64, 64], [64, 128], [128, 1024]].reduce((sum, [from, to]) => sum + from * to + 5 * to, 0));
  });

  it('drop features in training alone, others at every step, alike for the same seed', () => {
    const [head, same] = [new ClassificationHead({ seed: 2 }), new ClassificationHead({ seed: 2 })];
    const x = normals(3, 16);
    const run = (layer: ClassificationHead, training: boolean) => Array.from((layer.apply(x, { training }) as tf.Tensor).dataSync());
    expect(run(head, false)).toEqual(run(head, false));
    const first = run(head, true);
    expect(run(head, true)).not.toEqual(first);
    expect(run(same, true)).toEqual(first);
  });

  it('learn to tell two clouds apart', () => {
    const classifier = new PointNetVanillaClassifier({ numClasses: 2, dropoutRate: 0 });
    const points = tf.concat([normals(2, 4, 3), tf.mul(normals(2, 4, 3), tf.tensor1d([1, 1, 0.1]))]);
    const labels = tf.tensor1d([0, 0, 1, 1], 'int32');
    const optimizer = tf.train.sgd(0.1);
    const loss = () => PointNetVanillaClassifier.loss(labels, classifier.apply(points, { training: true }) as tf.Tensor);
    const before = loss().dataSync()[0];
    const tensors: number[] = [];
    for (let step = 0; step < 4; step++) {
      optimizer.minimize(loss);
      tensors.push(tf.memory().numTensors);
    }
    expect(loss().dataSync()[0]).toBeLessThan(0.8 * before);
    expect(tensors.at(-1)).toBe(tensors[1]);
  });

  it('the loss is the mean cross-entropy', () => {
    const logits = tf.tensor2d([[2, 0], [0, 1]]);
    const expected = (Math.log(1 + Math.exp(-2)) + Math.log(1 + Math.exp(1))) / 2;
    expect(PointNetVanillaClassifier.loss(tf.tensor1d([0, 0], 'int32'), logits).dataSync()[0]).toBeCloseTo(expected, 5);
  });

  it('are saved and loaded with a model', async () => {
    const cloud = input({ shape: [6, 3] });
    const built = model({ inputs: cloud, outputs: new PointNetVanillaClassifier({ numClasses: 3, seed: 5 }).apply(cloud) as typeof cloud });
    let artifacts: tf.io.ModelArtifacts | undefined;
    await built.save(tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }));
    const topology = JSON.parse(JSON.stringify(artifacts!.modelTopology)) as object;
    const loaded = await loadLayersModel(tf.io.fromMemory({ ...artifacts!, modelTopology: topology }));
    const points = normals(2, 6, 3);
    expect(Array.from((loaded.predict(points) as tf.Tensor).dataSync())).toEqual(Array.from((built.predict(points) as tf.Tensor).dataSync()));
  });
});
