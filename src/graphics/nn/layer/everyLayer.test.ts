import { beforeAll, describe, expect, it } from 'vitest';
import type { layers } from '../../layers';
import { allFinite, largestDifference } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { CLOUDS, everyLayer, everything, layerCases, makeLayer as make, neighborhoodOfTable, POINTS, TABLE, type LayerClass } from './testing/everyLayer';

beforeAll(async () => { await tf.setBackend('cpu'); });

const classes = everyLayer();
const jsonOf = (layer: layers.Layer): tf.serialization.ConfigDict => JSON.parse(JSON.stringify(layer.getConfig())) as tf.serialization.ConfigDict;
const names = [...classes.keys()];

it('every layer has a case', () => expect(names.filter((name) => !(name in layerCases()))).toEqual([]));

describe.each(names)('%s', (name) => {
  const { args, inputs, call = {} } = layerCases()[name];
  const apply = (layer: layers.Layer, training = false) => layer.apply(inputs, { ...call, training }) as tf.Tensor;

  it('is made again, by its registered name, from its configuration as JSON, and takes its weights', () => {
    const layer = make(name, { name: 'original', ...args });
    apply(layer, true);
    const before = apply(layer);
    const config = jsonOf(layer);
    expect(Object.keys(args).filter((key) => !(key in config))).toEqual([]);
    const [registered, fromConfig] = tf.serialization.SerializationMap.getMap().classNameMap[(classes.get(name) as LayerClass).className];
    expect(registered).toBe(classes.get(name));
    const again = fromConfig(registered, jsonOf(layer)) as layers.Layer;
    expect(jsonOf(again)).toEqual(config);
    apply(again);
    again.setWeights(layer.getWeights());
    expect(largestDifference(apply(again), before)).toBe(0);
  });

  it('starts alike from the same seed, 0 too, with weights of different names, and tells its output\'s shape', () => {
    const [one, other] = [make(name, { name: 'same', ...args }), make(name, { name: 'same', ...args })];
    const y = apply(one);
    expect(largestDifference(apply(other), y)).toBe(0);
    const order = one.weights.map((weight) => weight.originalName);
    one.trainable = false;
    expect([one.trainableWeights.length, ...one.weights.map((weight) => weight.originalName)]).toEqual([0, ...order]);
    expect(new Set(one.weights.map((weight) => weight.originalName)).size).toBe(one.weights.length);
    expect(one.computeOutputShape(Array.isArray(inputs) ? inputs.map(({ shape }) => shape) : inputs.shape)).toEqual(y.shape);
  });

  it('leaves no tensors behind, neither when it trains nor when it is disposed', () => {
    const before = tf.memory().numTensors;
    const layer = make(name, args);
    tf.tidy(() => void apply(layer));
    const built = tf.memory().numTensors;
    for (let step = 0; step < 2; step++) {
      tf.tidy(() => {
        const [first, ...others] = Array.isArray(inputs) ? inputs : [inputs];
        tf.grad((t) => tf.sum(layer.apply(others.length > 0 ? [t, ...others] : t, { ...call, training: true }) as tf.Tensor))(first);
      });
    }
    expect(tf.memory().numTensors).toBe(built);
    layer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

const worst = (actual: tf.Tensor[], expected: tf.Tensor[]): number => Math.max(...actual.map((tensor, i) => largestDifference(tensor, expected[i])));

/** PointNet++'s layers have a neighbourhood for each cloud. */
const SHARING = names.filter((name) => layerCases()[name].without && !/SetAbstraction|FeaturePropagation/.test(name));

describe.each(names.filter((name) => layerCases()[name].without))('%s among neighbours', (name) => {
  const given = layerCases()[name];
  const key = given.without!.key;
  const nobody = TABLE.map(() => -1);

  it.each([false, true])('is the same with entries that only fill up; training: %s', (training) => {
    const call = (entryCount?: number) => ({ [key]: neighborhoodOfTable(TABLE, { entryCount }), training });
    expect(worst(everything(name, given, call(50)), everything(name, given, call()))).toBeLessThan(1e-5);
  });

  it.each([false, true])('has finite gradients where nobody has neighbours, and where all points coincide; training: %s', (training) => {
    const alone = everything(name, given, { [key]: neighborhoodOfTable(nobody), training });
    expect(allFinite(...alone)).toBe(true);
    expect(worst(alone, everything(name, given, { [key]: neighborhoodOfTable(nobody, { entryCount: 8 }), training }))).toBe(0);
    const { inputs } = given.without!;
    const flat = Array.isArray(inputs) ? inputs.map(({ shape }) => tf.fill(shape, 0.3)) : tf.fill(inputs.shape, 0.3);
    expect(allFinite(...everything(name, given, { [key]: neighborhoodOfTable(TABLE), training }, flat))).toBe(true);
  });

  it('takes batches without clouds, and clouds without points', () => {
    const { inputs } = given.without!;
    const layer = make(name, given.args);
    layer.apply(inputs, { [key]: neighborhoodOfTable(TABLE) });
    for (const [clouds, points] of [[0, POINTS], [CLOUDS, 0]]) {
      const empty = (Array.isArray(inputs) ? inputs : [inputs]).map(({ shape }) => tf.zeros([clouds, points, shape[2] as number]));
      const table = tf.zeros([clouds, points, 1], 'int32');
      const y = layer.apply([...empty, table], { training: true }) as tf.Tensor;
      expect(y.shape.slice(0, 2)).toEqual([clouds, points]);
    }
  });
});

it.each(SHARING)('%s is the same on a neighbourhood that all clouds share', (name) => {
  const given = layerCases()[name];
  const call = (shared: boolean) => ({ [given.without!.key]: neighborhoodOfTable(TABLE.slice(0, shared ? TABLE.length / CLOUDS : TABLE.length), { shared }), training: true });
  expect(worst(everything(name, given, call(true)), everything(name, given, call(false)))).toBeLessThan(1e-5);
});

it.each(['points.SetAbstraction', 'points.FeaturePropagation'])('%s refuses neighbourhoods of other clouds and points by name', (name) => {
  const { args, without } = layerCases()[name];
  const layer = make(name, args);
  expect(() => layer.apply(without!.inputs, { neighbors: neighborhoodOfTable(TABLE.slice(0, TABLE.length / CLOUDS), { shared: true }) }))
    .toThrow(/neighbors must be of each of 2 clouds, but it has the batch shape \[\]/);
  const fewer = (without!.inputs as tf.Tensor[]).map((x) => tf.slice(x, [0, 0, 0], [-1, 4, -1]));
  expect(() => layer.apply(fewer, { neighbors: neighborhoodOfTable(TABLE) })).toThrow(/neighbors must have a row for each of 4/);
});
