import { beforeAll, describe, expect, it } from 'vitest';
import { stackShapes } from '../../../experiments/learn/batches';
import { createLearnExperiment } from '../../../experiments/learn/experiment';
import { featureCountOf } from '../../../experiments/learn/features';
import { inspectLayers } from '../../../experiments/learn/inspect';
import type { LearnInspection } from '../../../experiments/learn/protocol';
import type { LearnSettings } from '../../../experiments/learn/settings';
import { drawShape, shapeOf } from '../../../experiments/learn/shapes';
import { TINY_LEARN, TINY_SEGMENT } from '../../../experiments/learn/testing/tiny';
import { createPointModel, POINT_MODEL_IDS } from '../../../graphics/nn/model/createPointModel';
import type { PointModel, PreparedBatch } from '../../../graphics/nn/model/pointModel';
import * as tf from '../../../graphics/tf';
import { createRandom } from '../../../scene/random';
import { sharesWon, workChannel, workOf } from './arithmetic';
import { countOf, receptiveField } from './layers';

beforeAll(async () => { await tf.setBackend('cpu'); });

const tiny = (task: LearnSettings['task'], model: LearnSettings['model']): LearnSettings =>
  ({ ...(task === 'classify' ? TINY_LEARN : TINY_SEGMENT), model, points: 64, trainPerClass: 4, testPerClass: 1, normals: true, estimateNormals: true });

/** A network with normalisations and T-Nets as after some training, one shape, and what every layer made of it. */
async function lookInto(task: LearnSettings['task'], id: LearnSettings['model']) {
  const settings = tiny(task, id);
  const experiment = await createLearnExperiment({ settings });
  const example = await experiment.example('test', 0);
  experiment.dispose();
  const model = createPointModel(id, { task, classCount: 3, width: 0.1, featureCount: featureCountOf(settings), seed: 5 });
  const random = createRandom(7);
  for (const weight of model.weights) {
    // Of variances and counts what is positive stays so.
    tf.tidy(() => void weight.write(tf.add(weight.read(), tf.tensor(Float32Array.from({ length: weight.read().size }, () => 0.2 * random.uniform()), weight.shape as number[]))));
  }
  const shape = drawShape(shapeOf(example, settings), settings, createRandom(3), false);
  const { points } = stackShapes([shape], settings, 1);
  const prepared = model.prepare(points);
  const layers = await inspectLayers(model, prepared);
  const inspection: LearnInspection = { prediction: { task, probabilities: new Float32Array(3), cloud: shape.cloud }, layers };
  return { model, prepared, inspection };
}

/** Points of the cloud whose features move some channel of an output; by gradients at the network's input. */
function movedBy(model: PointModel, prepared: PreparedBatch, layer: string, output: number, channels: number): Set<number> {
  const { x } = prepared as unknown as { readonly x: tf.Tensor3D };
  const moved = new Set<number>();
  for (let round = 0; round < 2; round++) {
    const mix = tf.randomNormal([channels], 0, 1, 'float32', 11 + round);
    let value: tf.Tensor | undefined;
    const gradient = tf.tidy(() => tf.grad((input: tf.Tensor) => {
      model.forward({ ...prepared, x: input } as PreparedBatch, {
        record: ({ name, activation }) => {
          if (name === layer) value = tf.keep(tf.sum(tf.mul(tf.slice(tf.reshape(activation, [-1, channels]), [output, 0], [1, channels]), mix)));
        },
      });
      return tf.add(value as tf.Tensor, tf.mul(tf.sum(input), 0)) as tf.Scalar;
    })(x));
    const values = gradient.dataSync();
    tf.dispose([gradient, mix, ...(value ? [value] : [])]);
    const width = x.shape[2];
    values.forEach((value, i) => { if (value !== 0) moved.add(Math.floor(i / width)); });
  }
  return moved;
}

describe.each(POINT_MODEL_IDS)('a %s', (id) => {
  describe.each(['classify', 'segment'] as const)('to %s', (task) => {
    it('does what its layers\' arithmetic says, to the number, and depends on what its receptive fields say', async () => {
      const { model, prepared, inspection } = await lookInto(task, id);
      for (const [layer, view] of inspection.layers.entries()) {
        const { name, activation, channels, arithmetic, winners } = view;
        if (!arithmetic) {
          expect(winners, `${name} says neither how nor who`).toBeDefined();
          continue;
        }
        const rows = countOf(view);
        for (const output of new Set([0, Math.floor(rows / 2), rows - 1])) {
          const work = workOf(inspection, layer, output);
          if (!work) throw new Error('no work');
          for (let c = 0; c < channels; c++) {
            const { y, sum, terms, winner, scale, shift, shortcut = 0, z, slope } = workChannel(work, c);
            const shown = activation[output * channels + c];
            const close = 1e-4 * (1 + Math.abs(shown));
            expect(Math.abs(y - shown), `${name}, output ${output}, channel ${c}: ${y} and ${shown}`).toBeLessThan(close);
            const added = winner === undefined ? terms.reduce((all, { value }) => all + value, 0) : terms.find(({ column }) => column === winner)?.value;
            expect(added).toBeCloseTo(sum, 5);
            expect(scale * sum + shift + shortcut).toBeCloseTo(z, 5);
            expect(z > 0 ? z : slope * z).toBeCloseTo(y, 5);
          }
          const shares = sharesWon(work, channels);
          if (shares) expect(shares.reduce((all, share) => all + share, 0)).toBeCloseTo(1, 6);
        }
        const { points } = receptiveField(inspection, layer, 0);
        const moved = movedBy(model, prepared, name, 0, channels);
        expect([...moved].filter((point) => !points.has(point)), `points that move ${name}, unseen by its receptive field`).toEqual([]);
        // Of a maximum only winners move it, and of weights that a kernel gives some are 0: but most of what is seen has some effect where sums are taken.
        if (arithmetic.form === 'own' && points.size < 64) expect(moved.size, name).toBeGreaterThan(0);
      }
      prepared.dispose();
      model.dispose();
    });
  });
});
