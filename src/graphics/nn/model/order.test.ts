import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../scene/random';
import { relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { createPointModel, MESH_MODEL_IDS, POINT_MODEL_IDS } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

const COUNT = 64;
/** Points of which many are equally far from each other, and points of which each is there four times. */
const LATTICE = Float32Array.from({ length: 3 * COUNT }, (_, i) => (Math.floor(Math.floor(i / 3) / 4 ** (i % 3)) % 4) / 3 - 0.5);
const random = createRandom(9);
const drawn = Float32Array.from({ length: 3 * COUNT / 4 }, () => random.uniform() - 0.5);
const COPIES = Float32Array.from({ length: 3 * COUNT }, (_, i) => drawn[3 * Math.floor(Math.floor(i / 3) / 4) + (i % 3)]);
const order = Int32Array.from({ length: COUNT }, (_, i) => (37 * i + 5) % COUNT);
const shuffled = (rows: Float32Array, width: number) => Float32Array.from({ length: rows.length }, (_, i) => rows[width * order[Math.floor(i / width)] + (i % width)]);

// Of the networks on points; meshes have their own test.
describe.each(POINT_MODEL_IDS.filter((id) => !MESH_MODEL_IDS.includes(id)))('%s', (id) => {
  it.each([['a lattice', LATTICE], ['copies of points', COPIES]] as const)('does not mind the order of %s', (_name, cloud) => {
    for (const task of ['classify', 'segment'] as const) {
      const model = createPointModel(id, { task, classCount: 3, width: 0.1 });
      const logitsOf = (positions: Float32Array): Float32Array => {
        const clouds = model.prepare({ batch: 1, count: COUNT, positions });
        const logits = model.forward(clouds).dataSync<'float32'>();
        clouds.dispose();
        return logits;
      };
      const logits = logitsOf(cloud);
      expect(relativeError(logitsOf(shuffled(cloud, 3)), task === 'segment' ? shuffled(logits, 3) : logits)).toBeLessThan(1e-5);
      model.dispose();
    }
  });
});
