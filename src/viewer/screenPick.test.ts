import { Matrix4, PerspectiveCamera } from 'three';
import { describe, expect, it } from 'vitest';
import { pickPoint } from './screenPick';

const camera = new PerspectiveCamera(90, 1, 0.1, 100);
const matrix = new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse).elements;
const size = { width: 200, height: 200 };
// On a 90° view a point at depth d falls on 100 + 100 x / d.
const points = Float32Array.from([0, 0, -2, 1, 0, -2, 0, 0, -1, 1, 1, 2]);

describe('picking points on the screen', () => {
  it('finds the point under the pointer', () => {
    expect(pickPoint(points, matrix, size, { x: 152, y: 101 }, 8)).toBe(1);
  });
  it('prefers the nearer of two on the same spot', () => {
    expect(pickPoint(points, matrix, size, { x: 100, y: 100 }, 8)).toBe(2);
  });
  it('finds nothing beyond its reach, and nothing behind the eye', () => {
    expect(pickPoint(points, matrix, size, { x: 125, y: 100 }, 8)).toBe(-1);
    expect(pickPoint(points.subarray(9), matrix, size, { x: 50, y: 150 }, Infinity)).toBe(-1);
  });
  it('always finds one with unlimited reach', () => {
    expect(pickPoint(points, matrix, size, { x: 190, y: 10 }, Infinity)).toBe(1);
  });
});
