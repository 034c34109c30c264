import { beforeAll, expect, it } from 'vitest';
import '../index';
import { randomValues } from '../testing/views';
import * as tf from '../../tf';
import { lambert, type LambertInputs } from './lambert';

beforeAll(async () => { await tf.setBackend('cpu'); });

const SHAPES: Record<keyof LambertInputs, readonly number[]> = { albedo: [1, 5, 3], normals: [1, 5, 3], towards: [2, 3, 3], colors: [1, 3, 3], ambient: [2, 3] };
const NAMES = Object.keys(SHAPES) as (keyof LambertInputs)[];
const values = (name: keyof LambertInputs) => Array.from(randomValues(SHAPES[name].reduce((a, b) => a * b), 10 + NAMES.indexOf(name)));
const inputs = (): LambertInputs => Object.fromEntries(NAMES.map((name) => [name, tf.tensor(values(name), [...SHAPES[name]])])) as unknown as LambertInputs;

it('adds up the lights that a vertex faces, and a one', () => {
  const { albedo, normals, towards, colors, ambient } = inputs();
  const cosines = tf.relu(tf.matMul(tf.tile(normals, [2, 1, 1]), towards, false, true));
  const irradiance = tf.add(tf.matMul(cosines, tf.tile(colors, [2, 1, 1])), tf.expandDims(ambient, 1));
  const expected = tf.concat([tf.mul(albedo, irradiance), tf.ones([2, 5, 1])], 2);
  expect(tf.max(tf.abs(tf.sub(lambert({ albedo, normals, towards, colors, ambient }), expected))).dataSync()[0]).toBeLessThan(1e-5);
});

it('takes one albedo for all vertices, and no other number of them', () => {
  const { albedo, ...rest } = inputs();
  const one = tf.slice(albedo, [0, 2, 0], [1, 1, 3]);
  expect(tf.max(tf.abs(tf.sub(lambert({ albedo: one, ...rest }), lambert({ albedo: tf.tile(one, [1, 5, 1]), ...rest })))).dataSync()[0]).toBe(0);
  expect(() => lambert({ ...inputs(), albedo: tf.zeros([1, 4, 3]) })).toThrow(/albedo/);
});
