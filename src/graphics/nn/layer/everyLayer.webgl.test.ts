import { beforeAll, expect, it } from 'vitest';
import * as tf from '../../tf';
import { keepOnGPU } from '../../kernels/testing/backends';
import { relativeError } from '../../testing/gradients';
import { everything, everyLayer, layerCases, makeLayer, neighborhoodOfTable, POINTS, TABLE } from './testing/everyLayer';

beforeAll(keepOnGPU);

const among: readonly (readonly [string, Int32Array, number | undefined])[] = [
  ['neighbours', TABLE, undefined], ['entries that fill up', TABLE, 50], ['nobody', TABLE.map(() => -1), undefined],
];

it.each([...everyLayer().keys()])('%s gives on webgl what it gives on the cpu, with its gradients', async (name) => {
  const found: Float32Array[][] = [];
  for (const backend of ['cpu', 'webgl']) {
    await tf.setBackend(backend);
    const given = layerCases()[name];
    const tensors = given.without
      ? among.flatMap(([, table, entryCount]) => everything(name, given, { [given.without!.key]: neighborhoodOfTable(table, { entryCount }), training: true }))
      : [false, true].map((training) => makeLayer(name, given.args).apply(given.inputs, { ...given.call, training, dropSeed: 1 }) as tf.Tensor);
    found.push(await Promise.all(tensors.map((tensor) => tensor.data<'float32'>())));
  }
  found[1].forEach((values, i) => {
    // Relative to what is large enough to be told from nothing.
    const scale = Math.max(1e-3, ...found[0][i].map(Math.abs));
    expect(relativeError(Float32Array.of(...values, scale), Float32Array.of(...found[0][i], scale)), `tensor ${i}`).toBeLessThan(1e-3);
  });
});

it.each([...everyLayer().keys()].filter((name) => layerCases()[name].without))('%s takes clouds without points on webgl', async (name) => {
  await tf.setBackend('webgl');
  const { args, without } = layerCases()[name];
  const layer = makeLayer(name, args);
  layer.apply(without!.inputs, { [without!.key]: neighborhoodOfTable(TABLE) });
  for (const [clouds, points] of [[0, POINTS], [2, 0]]) {
    const empty = (Array.isArray(without!.inputs) ? without!.inputs : [without!.inputs]).map(({ shape }) => tf.zeros([clouds, points, shape[2] as number]));
    const y = layer.apply([...empty, tf.zeros([clouds, points, 1], 'int32')], { training: true }) as tf.Tensor;
    expect((await y.data()).length).toBe(0);
  }
});
