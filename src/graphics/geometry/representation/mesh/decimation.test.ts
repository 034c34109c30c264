import { beforeAll, describe, expect, it } from 'vitest';
import { icosphereMesh } from '../../../../scene/primitives';
import { createRandom } from '../../../../scene/random';
import { relativeError } from '../../../testing/gradients';
import * as tf from '../../../tf';
import { createNeighborhood, disposeNeighborhood, graphPooling } from '../../convolution';
import { decimationHierarchy } from '.';

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('pooling along a hierarchy of decimated meshes', () => {
  it('pooling undoes unpooling at every level, for batches', () => {
    const random = createRandom(5);
    for (const weights of ['uniform', 'area'] as const) {
      for (const { mesh, pooling } of decimationHierarchy(icosphereMesh(1, 2), [80, 30, 10], { weights })) {
        const vertices = mesh.positions.length / 3;
        const coarse = tf.tensor3d(Float32Array.from({ length: 2 * vertices * 3 }, () => random.normal()), [2, vertices, 3]);
        const map = createNeighborhood(pooling);
        for (const algorithm of ['max', 'weighted'] as const) {
          const back = graphPooling.pool(graphPooling.unpool(coarse, map, null, { algorithm }), map, null, { algorithm });
          expect(relativeError(back.dataSync(), coarse.dataSync())).toBeLessThan(1e-6);
        }
        disposeNeighborhood(map);
      }
    }
  });
});
