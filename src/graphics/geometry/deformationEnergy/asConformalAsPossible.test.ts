import { beforeAll, describe, expect, it } from 'vitest';
import { icosphereMesh } from '../../../scene/primitives';
import { checkGradient, probe } from '../../testing/gradients';
import * as tf from '../../tf';
import { extractUniqueEdgesFromTriangularMesh } from '../representation/mesh/edges';
import { quaternion } from '../transformation';
import { energy } from './asConformalAsPossible';

beforeAll(async () => { await tf.setBackend('cpu'); });

const sphere = icosphereMesh(1, 0);
const count = sphere.positions.length / 3;
const rest = tf.tensor2d(sphere.positions, [count, 3]);
const edges = extractUniqueEdgesFromTriangularMesh(tf.tensor2d(Int32Array.from(sphere.faces), [sphere.faces.length / 3, 3], 'int32'));

describe('asConformalAsPossible', () => {
  it('costs nothing to turn, scale and move a mesh, if its quaternions say so (seed 1)', () => {
    const turns = quaternion.normalizedRandomUniform([2, 1], { seed: 1 });
    const scaled = tf.mul(turns, Math.sqrt(3));
    const deformed = tf.add(tf.mul(quaternion.rotate(rest, turns), 3), tf.tensor1d([1, 2, 3]));
    const all = tf.tile(scaled, [1, count, 1]);
    expect(tf.max(energy(rest, deformed, all, edges)).dataSync()[0]).toBeLessThan(1e-9);
    expect(tf.min(energy(rest, deformed, all, edges, { conformalEnergy: false })).dataSync()[0]).toBeGreaterThan(0.1);
    expect(energy(rest, deformed, all, edges, { aggregateLoss: false }).shape).toEqual([2, 2 * edges.shape[0]]);
  });

  it('has the gradients of central differences in the vertices and quaternions, and weighs squared', () => {
    const [few, ends] = [tf.tensor2d([[1, 0, 0], [-1, 0, 0], [0, 1, 0]]), tf.tensor2d([[0, 1], [1, 2]], [2, 2], 'int32')];
    const q = tf.tensor2d([[0, 0, 0, 1], [0.1, 0, 0.2, 1], [0, 0.5, 0, 1]]);
    const options = { vertexWeight: tf.tensor1d([1, 2, 0.5]), edgeWeight: tf.tensor1d([0.5, 1]), aggregateLoss: false };
    expect(checkGradient((x) => probe(energy(few, x, q, ends, options)), [3, 3], [2, 0, 0, -2, 0.3, 0, 0, 1, 1]).relativeError).toBeLessThan(2e-3);
    expect(checkGradient((x) => probe(energy(few, few, x, ends, options)), [3, 4], Array.from(q.dataSync())).relativeError).toBeLessThan(2e-3);
    expect(checkGradient((x) => probe(energy(x, few, q, ends, options)), [3, 3], Array.from(few.dataSync())).relativeError).toBeLessThan(2e-3);
    const zero = tf.grad((x) => energy(few, few, x, ends, { conformalEnergy: false }))(tf.zeros([3, 4]));
    expect(zero.dataSync().every(Number.isFinite)).toBe(true);
  });

  it('leaves no tensors behind, and refuses wrong shapes by name', () => {
    const q = tf.ones([count, 4]);
    const before = tf.memory().numTensors;
    energy(rest, rest, q, edges).dispose();
    tf.grad((x) => energy(rest, x, q, edges))(rest).dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(() => energy(rest, rest, tf.ones([3, 4]), edges)).toThrow(new RegExp(`quaternions must have exactly ${count} dimensions in axis -2`));
    expect(() => energy(rest, tf.expandDims(rest), q, edges)).toThrow(/batch dimensions are identical/);
    expect(() => energy(rest, rest, q, edges, { edgeWeight: tf.ones([2]) })).toThrow(/edgeWeight must have exactly/);
  });
});
