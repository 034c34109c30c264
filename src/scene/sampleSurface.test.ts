import { describe, expect, it } from 'vitest';
import { buildShape, findFamily, type ShapeFamily } from './families';
import { boxMesh } from './primitives';
import { createRandom } from './random';
import { sampleSurface } from './sampleSurface';

const box = boxMesh([1, 2, 4]);
const BOX_AREA = 2 * (1 * 2 + 2 * 4 + 4 * 1);

describe('points of a surface', () => {
  it('lie on it, evenly by area, with its normals', () => {
    const { positions, normals = new Float32Array() } = sampleSurface(box, 6000, createRandom(1));
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const axis = [0, 1, 2].find((k) => Math.abs(normals[3 * i + k]) > 0.999) as number;
      const side = Math.sign(normals[3 * i + axis]);
      expect(positions[3 * i + axis]).toBeCloseTo((side * [1, 2, 4][axis]) / 2, 5);
      const key = `${axis}${side}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    // Five standard deviations of a binomial count.
    for (const [key, area] of [['0', 8], ['1', 4], ['2', 2]] as const) {
      const share = area / BOX_AREA;
      for (const side of ['1', '-1']) {
        expect(Math.abs((seen.get(key + side) ?? 0) - 6000 * share)).toBeLessThan(5 * Math.sqrt(6000 * share * (1 - share)));
      }
    }
  });

  it('know their parts, and are the same for the same seed', () => {
    const { mesh, partOfFace } = buildShape(findFamily('mug') as ShapeFamily, 3);
    const draw = (seed: number) => sampleSurface(mesh, 500, createRandom(seed), { partOfFace, noise: 0.01, holes: 2 });
    expect(draw(4)).toEqual(draw(4));
    expect(draw(4).positions).not.toEqual(draw(5).positions);
    expect(new Set(draw(4).labels)).toEqual(new Set([0, 1]));
  });

  it('leave holes open and noise behind', () => {
    const random = () => createRandom(9);
    const whole = sampleSurface(box, 2000, random());
    const holed = sampleSurface(box, 2000, random(), { holes: 1, holeRadius: 0.2 });
    // The first point drawn is the hole's centre.
    const center = sampleSurface(box, 1, random()).positions;
    const nearest = ({ positions }: { positions: Float32Array }) => {
      let least = Infinity;
      for (let i = 0; i < positions.length; i += 3) least = Math.min(least, Math.hypot(positions[i] - center[0], positions[i + 1] - center[1], positions[i + 2] - center[2]));
      return least;
    };
    expect(nearest(whole)).toBeLessThan(0.2);
    expect(nearest(holed)).toBeGreaterThanOrEqual(0.2 * 4 - 1e-6);
    const noisy = sampleSurface(box, 2000, random(), { noise: 0.05 });
    let sum = 0;
    for (let i = 0; i < 2000; i++) {
      const n = (noisy.normals as Float32Array).subarray(3 * i, 3 * i + 3);
      const p = noisy.positions.subarray(3 * i, 3 * i + 3);
      sum += (Math.abs(p[0] * n[0] + p[1] * n[1] + p[2] * n[2]) - Math.abs(n[0] * 0.5 + n[1] * 1 + n[2] * 2)) ** 2;
    }
    expect(Math.sqrt(sum / 2000)).toBeCloseTo(0.05, 2);
  });

  it('refuse a mesh without an area, by name', () => {
    expect(() => sampleSurface({ name: 'flat.obj', positions: new Float32Array(9), faces: new Uint32Array([0, 1, 2]) }, 5, createRandom(1)))
      .toThrow('There is no surface');
  });
});
