import { describe, expect, it } from 'vitest';
import { geodesicAngle, multiplyQuaternions, quaternionFromAxisAngle } from '../../../scene/rotation';
import type { Quaternion } from '../../../scene/pose';
import { poseCamera } from '../camera';
import { decodeGuesses } from './guesses';
import { columnsOf } from './network';
import { encoderTangent, resizeForEncoder } from './poseEncoder';
import { BACKGROUND } from '../target';

const frame = { camera: poseCamera(1, 64), standardDepth: 3.4, tangent: encoderTangent() };
const decode = (rotations: readonly Quaternion[], logits: number[]) =>
  decodeGuesses({ logits, columns: rotations.flatMap(columnsOf), placement: [0, 0, 0] }, frame);

describe('guesses', () => {
  const a = quaternionFromAxisAngle([1, 2, 3], 1);
  const b = quaternionFromAxisAngle([0, 1, 0], 3);
  const nearB = multiplyQuaternions(quaternionFromAxisAngle([0, 0, 1], 0.2), b);

  it('come likeliest first with chances that sum to one', () => {
    const guesses = decode([a, b], [0, Math.log(3)]);
    expect(guesses.map((guess) => guess.score)).toEqual([expect.closeTo(0.75, 6), expect.closeTo(0.25, 6)]);
    expect(geodesicAngle(guesses[0].pose.rotation, b)).toBeLessThan(1e-6);
    expect(guesses[0].pose.translation[2]).toBeCloseTo(-3.4, 6);
  });

  it('that agree speak with one voice', () => {
    const guesses = decode([a, b, nearB], [Math.log(4), Math.log(3), Math.log(3)]);
    expect(guesses.map((guess) => guess.score)).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.4, 6)]);
    expect(geodesicAngle(guesses[0].pose.rotation, b)).toBeLessThan(0.25);
  });

  it('survive logits too large for exp', () => {
    expect(decode([a, b], [1000, 0])[0].score).toBeCloseTo(1, 6);
  });
});

describe('the encoder\'s view of an image', () => {
  const plain = (height: number, width: number, value: number) => ({ height, width, data: new Float32Array(height * width * 3).fill(value) });

  it.each([[128, 48], [48, 48], [30, 48], [100, 16]])('keeps a plain one plain: %i to %i', (from, to) => {
    const seen = resizeForEncoder(plain(from, from, 0.5), to);
    expect(seen.length).toBe(to * to * 3);
    seen.forEach((value, i) => expect(value).toBeCloseTo(0.5 - BACKGROUND[i % 3], 5));
  });

  it('keeps the mean of any', () => {
    const image = { height: 10, width: 10, data: Float32Array.from({ length: 300 }, (_, i) => (i * 37) % 11) };
    const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
    const background = (BACKGROUND[0] + BACKGROUND[1] + BACKGROUND[2]) / 3;
    expect(mean(resizeForEncoder(image, 4))).toBeCloseTo(mean(image.data) - background, 4);
  });
});
