import { beforeAll, describe, expect, it } from 'vitest';
import { largestDifference } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { createGraphConvNet } from './graphconv';
import { createMeshEdgeConvNet } from './meshedgeconv';

beforeAll(async () => { await tf.setBackend('cpu'); });

// A square pyramid without its base, and the same with vertices and faces in another order.
const POSITIONS = [[0, 0, 1], [1, 0, 0], [0, 1, 0], [-1, 0, 0], [0, -1, 0]];
const FACES = [[0, 1, 2], [0, 2, 3], [0, 3, 4], [0, 4, 1]];
const ORDER = [3, 0, 4, 2, 1];

const meshOf = (order: readonly number[]) => ({
  batch: 1, count: order.length, positions: Float32Array.from(order.flatMap((i) => POSITIONS[i])),
  faces: [Uint32Array.from([...FACES].reverse().flat(), (i) => order.indexOf(i))],
});

describe.each([['createGraphConvNet', createGraphConvNet], ['createMeshEdgeConvNet', createMeshEdgeConvNet]])('%s', (_name, create) => {
  it('gives each vertex logits, whatever the order of vertices and faces, and frees what it holds', () => {
    const before = tf.memory().numTensors;
    const model = create({ task: 'segment', classCount: 3, width: 0.25, scales: 1 });
    const look = (order: readonly number[]) => {
      const prepared = model.prepare(meshOf(order));
      const logits = model.forward(prepared);
      prepared.dispose();
      return logits;
    };
    const [plain, shuffled] = [look([0, 1, 2, 3, 4]), look(ORDER)];
    expect(plain.shape).toEqual([1, 5, 3]);
    expect(tf.tidy(() => largestDifference(tf.gather(plain, ORDER, 1), shuffled))).toBeLessThan(1e-5);
    // The tip has another neighbourhood than the corners, which are alike but for where they lie.
    expect(tf.tidy(() => largestDifference(tf.slice(plain, [0, 0, 0], [1, 1, 3]), tf.slice(plain, [0, 1, 0], [1, 1, 3])))).toBeGreaterThan(1e-3);
    tf.dispose([plain, shuffled]);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses a number of levels that is none', () => {
    expect(() => create({ task: 'segment', classCount: 3, scales: -1 })).toThrow(/scales/);
  });
});
