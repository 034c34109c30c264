import { beforeAll, describe, expect, it } from 'vitest';
import { rightHanded as lookAt } from '../../geometry/transformation/lookAt';
import { checkGradient, probe } from '../../testing/gradients';
import { allFinite, largestDifference, randomTensors } from '../../testing/randomTensors';
import * as tf from '../../tf';
import { rightHanded } from '../camera/perspective';
import {
  clipToNdc, eyeToClip, interpolateAttributes, modelToEye, modelToScreen, ndcToScreen, perspectiveCorrectBarycentrics, perspectiveCorrectInterpolation,
} from './math';

beforeAll(async () => { await tf.setBackend('cpu'); });

const scalar = (x: number) => tf.tensor1d([x]);
const PARAMETERS = () => [scalar(0.8), scalar(4 / 3), scalar(0.1), scalar(20)] as const;
const EYE = () => [tf.tensor1d([0.5, 1, 6]), tf.tensor1d([0, 0.1, 0]), tf.tensor1d([0, 1, 0])] as const;
const VIEW = () => [lookAt(...EYE()), rightHanded(...PARAMETERS()), tf.tensor1d([64, 48])] as const;
const TRIANGLE = [-1, -1, 0.5, 1.2, -0.8, -0.5, 0.1, 1.1, 0];

describe("OpenGL's way of a point", () => {
  it('refuses shapes by name', () => {
    expect(() => modelToEye(tf.zeros([2, 4]), ...EYE())).toThrow(/pointModelSpace must have exactly 3/);
    expect(() => modelToEye(tf.zeros([2, 3]), tf.zeros([3, 3]), tf.zeros([3]), tf.zeros([3]))).toThrow(/broadcast-compatible: \[pointModelSpace: \[2\], cameraPosition: \[3\]/);
    expect(() => eyeToClip(tf.zeros([3]), tf.zeros([2]), ...PARAMETERS().slice(1) as [tf.Tensor, tf.Tensor, tf.Tensor])).toThrow(/verticalFieldOfView must have exactly 1/);
    expect(() => clipToNdc(tf.zeros([3]))).toThrow(/pointClipSpace must have exactly 4/);
    expect(() => modelToScreen(tf.zeros([3]), tf.eye(3), tf.eye(4), tf.zeros([2]))).toThrow(/modelToEyeMatrix must have exactly 4 dimensions in axis -2/);
    expect(() => modelToScreen(tf.zeros([3]), ...VIEW(), { lowerLeftCorner: tf.zeros([3]) })).toThrow(/lowerLeftCorner must have exactly 2/);
    expect(() => interpolateAttributes(tf.zeros([2, 4]), tf.zeros([3]))).toThrow(/attribute must have exactly 3 dimensions in axis -2/);
  });

  it('ends with the point looked at in the middle of the screen', () => {
    const { pointScreenSpace, w } = modelToScreen(tf.tensor1d([0, 0.1, 0]), ...VIEW(), { lowerLeftCorner: [10, 20] });
    const [x, y, z] = pointScreenSpace.dataSync();
    expect([x, y]).toEqual([expect.closeTo(42, 3), expect.closeTo(44, 3)]);
    expect(w.dataSync()[0]).toBeCloseTo(Math.hypot(0.5, 0.9, 6), 4);
    expect(z > 0.1 && z < 20).toBe(true);
  });

  it('goes through the same steps one by one, in any batch (seed 5)', () => {
    const random = randomTensors(5);
    for (let trial = 0; trial < 5; trial++) {
      const points = random.uniform([...random.batch(), 3]);
      const ndc = clipToNdc(eyeToClip(modelToEye(points, ...EYE()), ...PARAMETERS()));
      const screen = ndcToScreen(ndc, tf.zeros([2]), tf.tensor1d([64, 48]), scalar(0.1), scalar(20));
      expect(largestDifference(screen, modelToScreen(points, ...VIEW()).pointScreenSpace)).toBeLessThan(2e-3);
    }
  });

  it('finds the barycentrics that made a point, after the projection (seed 6)', () => {
    const random = randomTensors(6);
    const weights = tf.softmax(random.uniform([7, 3], -2, 2));
    const vertices = tf.tensor2d(TRIANGLE, [3, 3]);
    const pixels = tf.split(modelToScreen(tf.matMul(weights as tf.Tensor2D, vertices), ...VIEW()).pointScreenSpace, [2, 1], -1)[0];
    expect(largestDifference(perspectiveCorrectBarycentrics(vertices, pixels, ...VIEW()), weights)).toBeLessThan(2e-5);
    const attribute = random.uniform([3, 5]);
    const expected = interpolateAttributes(attribute, weights);
    expect(largestDifference(perspectiveCorrectInterpolation(vertices, attribute, pixels, ...VIEW()), expected)).toBeLessThan(5e-5);
  });

  it('has the gradients of central differences', () => {
    const place = tf.tensor1d([30, 22]);
    expect(checkGradient((x) => probe(modelToEye(x, ...EYE())), [3], [0.2, 0.3, 0.4]).relativeError).toBeLessThan(1e-3);
    expect(checkGradient((x) => probe(clipToNdc(x)), [4], [0.2, 0.3, 0.4, 1.5]).relativeError).toBeLessThan(1e-3);
    expect(checkGradient((x) => tf.mul(probe(modelToScreen(x, ...VIEW()).pointScreenSpace), 0.01), [3], [0.2, 0.3, 0.4]).relativeError).toBeLessThan(5e-3);
    expect(checkGradient((x) => probe(perspectiveCorrectBarycentrics(tf.reshape(x, [3, 3]), place, ...VIEW())), [9], TRIANGLE).relativeError).toBeLessThan(5e-3);
    expect(checkGradient((x) => probe(interpolateAttributes(tf.reshape(x, [3, 2]), tf.tensor1d([0.2, 0.3, 0.5]))), [6], [1, 2, 3, 4, 5, 6]).relativeError).toBeLessThan(1e-3);
  });

  it('is finite with its gradients at w = 0 and for triangles without area', () => {
    const atEye = tf.tensor1d([0.3, 0.1, 0.2, 0]);
    expect(allFinite(clipToNdc(atEye), tf.grad(clipToNdc)(atEye))).toBe(true);
    const degenerate = tf.tensor2d([[0, 0, 0], [1, 1, 0], [2, 2, 0]]);
    const weigh = (x: tf.Tensor) => perspectiveCorrectBarycentrics(x, tf.tensor1d([30, 22]), tf.eye(4), tf.eye(4), tf.tensor1d([64, 48]));
    expect(allFinite(weigh(degenerate), tf.grad(weigh)(degenerate))).toBe(true);
  });
});
