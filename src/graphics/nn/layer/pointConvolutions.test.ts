import { beforeAll, describe, expect, it } from 'vitest';
import { ballQuery } from '../../geometry/neighborhood';
import { input, loadLayersModel, model, type layers } from '../../layers';
import { probe } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { GlobalSetAbstraction, MultiScaleSetAbstraction, PointResNet, SetAbstraction } from './points';

beforeAll(async () => { await tf.setBackend('cpu'); });

// What holds for each convolution on points that is no KernelConvolution, which have their own file: order, place, gradients, coinciding points.

const [BATCH, COUNT] = [2, 8];
const random = randomTensors(21);
/** Of differences, and what they may be off by, relative to the gradient's share along the direction. */
const [STEP, TOLERANCE] = [1e-3, 5e-2];
const [points, features] = [random.uniform([BATCH, COUNT, 3], -0.6, 0.6), random.uniform([BATCH, COUNT, 2])];
const seen = (p: tf.Tensor, radius = 0.7): tf.Tensor => ballQuery(p, radius, { maxNeighbors: COUNT }).indices;

interface Case {
  readonly make: () => layers.Layer;
  /** From points, features and who sees whom. */
  readonly inputs: (p: tf.Tensor, f: tf.Tensor, table: tf.Tensor) => tf.Tensor[];
  /** One output for each cloud, instead of for each point. */
  readonly whole?: true;
  /** It bends in so many places that differences tell little of it: kernelConvolution.test.ts has the gradients of what it is made of. */
  readonly bends?: true;
}
const resNet = (args: ConstructorParameters<typeof PointResNet>[0], more: Partial<Case> = {}): Case =>
  ({ make: () => new PointResNet({ radius: 0.7, ...args }), inputs: (p, f, table) => [f, p, table], ...more });
const CASES: Readonly<Record<string, Case>> = {
  SetAbstraction: { make: () => new SetAbstraction({ channels: [4, 3] }), inputs: (p, f, table) => [p, p, f, table] },
  MultiScaleSetAbstraction: { make: () => new MultiScaleSetAbstraction({ scales: [[4, 3], [2]] }), inputs: (p, f, table) => [p, p, f, table, table] },
  GlobalSetAbstraction: { make: () => new GlobalSetAbstraction({ channels: [4, 3] }), inputs: (p, f) => [p, f], whole: true },
  'PointResNet of Monte-Carlo convolutions': resNet({ bottleneck: 3, projection: true }, { bends: true }),
  'PointResNet of PointConv': resNet({ convolution: 'pointConv', projection: true }, { bends: true }),
  'PointResNet of KPConv, two blocks with a bottleneck': resNet({ blocks: 2, convolution: 'kpConv', bottleneck: 3 }, { bends: true }),
};

const run = ({ inputs }: Case, layer: layers.Layer, p: tf.Tensor, f: tf.Tensor, { table = seen(p), training = false } = {}) =>
  layer.apply(inputs(p, f, table), { training }) as tf.Tensor;

describe.each(Object.entries(CASES))('%s (seed 21)', (_name, given) => {
  it('follows the order of the points, and does not mind where they lie', () => {
    const layer = given.make();
    const y = run(given, layer, points, features);
    expect(tf.max(tf.abs(y)).dataSync()[0]).toBeGreaterThan(0.01);
    const reversed = run(given, layer, tf.reverse(points, 1), tf.reverse(features, 1));
    expect(largestDifference(given.whole ? reversed : tf.reverse(reversed, 1), y)).toBeLessThan(1e-4);
    expect(largestDifference(run(given, layer, tf.add(points, tf.tensor1d([0.5, 2, -1])), features), y)).toBeLessThan(1e-4);
  });

  it('has finite values and gradients where all points coincide', () => {
    const layer = given.make();
    for (const training of [false, true]) {
      const same = tf.fill([BATCH, COUNT, 3], 0.3);
      const gradients = tf.grads((p: tf.Tensor, f: tf.Tensor) => probe(run(given, layer, p, f, { table: seen(same), training })))([same, tf.ones([BATCH, COUNT, 2])]);
      expect(allFinite(run(given, layer, same, features, { training }), ...gradients)).toBe(true);
    }
  });
});

describe.each(Object.entries(CASES).filter(([, { bends }]) => !bends))('%s (seed 21)', (_name, given) => {
  it.each([false, true])('has the gradients of finite differences in places, features and weights, along random directions; training: %s', (training) => {
    const layer = given.make();
    const table = seen(points);
    const loss = (p: tf.Tensor, f: tf.Tensor) => probe(run(given, layer, p, f, { table, training })) as tf.Scalar;
    loss(points, features);
    // Of all at once: a ReLU that bends within the step has a small share in what they do together.
    for (let trial = 0; trial < 3; trial++) {
      const along = (at: tf.Tensor, gradient: tf.Tensor, value: (x: tf.Tensor) => number): number => {
        const direction = random.uniform(at.shape, -1, 1);
        const [there, back] = [STEP, -STEP].map((step) => value(tf.add(at, tf.mul(direction, step))));
        const size = tf.norm(tf.mul(gradient, direction)).dataSync()[0];
        return Math.abs((there - back) / (2 * STEP) - tf.sum(tf.mul(gradient, direction)).dataSync()[0]) / Math.max(0.1, size);
      };
      const [byPoints, byFeatures] = tf.grads((p: tf.Tensor, f: tf.Tensor) => loss(p, f))([points, features]);
      expect(along(points, byPoints, (x) => loss(x, features).dataSync()[0]), 'places').toBeLessThan(TOLERANCE);
      expect(along(features, byFeatures, (x) => loss(points, x).dataSync()[0]), 'features').toBeLessThan(TOLERANCE);
      for (const weight of layer.trainableWeights) {
        const variable = weight.read() as tf.Variable;
        const start = tf.clone(variable);
        const { grads } = tf.variableGrads(() => loss(points, features), [variable]);
        const error = along(start, grads[variable.name], (x) => {
          variable.assign(x as tf.Variable);
          return loss(points, features).dataSync()[0];
        });
        variable.assign(start as tf.Variable);
        expect(error, weight.originalName).toBeLessThan(TOLERANCE);
      }
    }
  });
});

describe('PointResNet', () => {
  it('adds nothing where its last convolution gives nothing: an identity with pre-activation', () => {
    const layer = new PointResNet({ blocks: 2, convolution: 'kpConv' });
    layer.apply([features, points]);
    layer.setWeights(layer.getWeights().map((weight, i) => (/mix/.test(layer.weights[i].originalName) ? tf.zerosLike(weight) : weight)));
    expect(largestDifference(layer.apply([features, points]) as tf.Tensor, features)).toBe(0);
  });

  it('finds who is within its radius, as a table says', () => {
    const layer = new PointResNet({ radius: 0.7, convolution: 'pointConv' });
    const found = layer.apply([features, points]) as tf.Tensor;
    expect(largestDifference(layer.apply([features, points, seen(points)]) as tf.Tensor, found)).toBeLessThan(1e-5);
    expect(() => new PointResNet({ convolution: 'none' as 'kpConv' })).toThrow(/convolution must be one of monteCarlo, pointConv, kpConv, not 'none'/);
    expect(() => new PointResNet({ blocks: 0 })).toThrow(/blocks must be a whole number of at least 1, not 0/);
  });

  it('is saved and loaded with a model', async () => {
    const symbols = [input({ shape: [COUNT, 2] }), input({ shape: [COUNT, 3] }), input({ shape: [COUNT, COUNT], dtype: 'int32' })];
    const built = model({ inputs: symbols, outputs: new PointResNet({ name: 'residual', blocks: 2, bottleneck: 3, radius: 0.7 }).apply(symbols) as (typeof symbols)[0] });
    let artifacts: tf.io.ModelArtifacts | undefined;
    await built.save(tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }));
    const loaded = await loadLayersModel(tf.io.fromMemory({ ...artifacts!, modelTopology: JSON.parse(JSON.stringify(artifacts!.modelTopology)) as object }));
    const given = [features, points, seen(points)];
    expect(Array.from((loaded.predict(given) as tf.Tensor).dataSync())).toEqual(Array.from((built.predict(given) as tf.Tensor).dataSync()));
  });
});
