import { describe, expect, it } from 'vitest';
import type { Solid } from './combine';
import type { Mesh } from './mesh';
import { BUILT_IN_OBJECTS } from './objects';
import { orientFaces } from './orientation';
import { createRandom } from './random';
import { box, icosphere } from './solids';

const bare = (solid: Solid): Mesh =>
  ({ name: 'bare', positions: Float32Array.from(solid.positions.flat()), faces: Uint32Array.from(solid.faces.flat()) });

/** The mesh with some faces turned round. */
const turn = (mesh: Mesh, some: (face: number) => boolean): Mesh =>
  ({ ...mesh, faces: mesh.faces.map((v, i) => (some(Math.floor(i / 3)) && i % 3 > 0 ? mesh.faces[i % 3 === 1 ? i + 1 : i - 1] : v)) });

const ball = bare(icosphere(2, 2));
/** Without its upper third: open, and of two sides. */
const bowl: Mesh = {
  ...ball,
  faces: Uint32Array.from([...Array(ball.faces.length / 3).keys()].filter((f) => [0, 1, 2].every((k) => ball.positions[3 * ball.faces[3 * f + k] + 1] < 0.6))
    .flatMap((f) => [...ball.faces.subarray(3 * f, 3 * f + 3)])),
};
const shifted = (mesh: Mesh, by: number): Mesh => ({ ...mesh, positions: mesh.positions.map((x) => x + by) });
const both = (a: Mesh, b: Mesh): Mesh => ({
  name: 'both', positions: Float32Array.from([...a.positions, ...b.positions]),
  faces: Uint32Array.from([...a.faces, ...b.faces.map((v) => v + a.positions.length / 3)]),
});

describe('faces', () => {
  it('that are wound rightly stay as they are, to the array', () => {
    for (const mesh of [ball, bowl, bare(box([1, 2, 3]))]) expect(orientFaces(mesh)).toEqual({ faces: mesh.faces, againstOthers: 0, insideOut: 0 });
    expect(orientFaces(ball).faces).toBe(ball.faces);
  });

  it.each(BUILT_IN_OBJECTS.flatMap(({ id, source }) => (source.kind === 'primitive' ? [[id, source.build()] as const] : [])))('of our own %s are wound rightly', (_, mesh) => {
    expect(orientFaces(mesh)).toMatchObject({ againstOthers: 0, insideOut: 0 });
  });

  it.each([1, 2, 3])('of mixed winding on a closed mesh look outwards, however many look inwards (seed %i)', (seed) => {
    const random = createRandom(seed);
    const wrong = Array.from({ length: ball.faces.length / 3 }, () => random.uniform() < 0.3 * seed);
    // The far place costs a sum about the origin its digits.
    const { faces, againstOthers, insideOut } = orientFaces(shifted(turn(ball, (f) => wrong[f]), 1000));
    expect(faces).toEqual(ball.faces);
    expect([againstOthers, insideOut]).toEqual([wrong.filter(Boolean).length, 0]);
  });

  it('of a closed mesh that is inside out are all turned', () => {
    expect(orientFaces(turn(ball, () => true))).toEqual({ faces: ball.faces, againstOthers: 0, insideOut: ball.faces.length / 3 });
  });

  it('of an open mesh follow the majority, whichever way that is', () => {
    const few = (f: number) => f % 5 === 2;
    const count = [...Array(bowl.faces.length / 3).keys()].filter(few).length;
    expect(orientFaces(turn(bowl, few))).toEqual({ faces: bowl.faces, againstOthers: count, insideOut: 0 });
    const inwards = turn(bowl, () => true);
    expect(orientFaces(inwards)).toEqual({ faces: inwards.faces, againstOthers: 0, insideOut: 0 });
    expect(orientFaces(turn(inwards, few))).toEqual({ faces: inwards.faces, againstOthers: count, insideOut: 0 });
  });

  it('of each component are judged by themselves, and vertices at one place are one', () => {
    const soup = (mesh: Mesh): Mesh => ({
      name: 'soup', faces: mesh.faces.map((_, i) => i), positions: Float32Array.from([...mesh.faces].flatMap((v) => [...mesh.positions.subarray(3 * v, 3 * v + 3)])),
    });
    const right = soup(both(ball, shifted(bowl, 9)));
    const closed = ball.faces.length / 3;
    const { faces, againstOthers, insideOut } = orientFaces(turn(right, (f) => f < closed || f === closed + 3));
    expect(faces).toEqual(right.faces);
    expect([againstOthers, insideOut]).toEqual([1, closed]);
  });

  it('of a Möbius strip, of which no winding is right, stay as they are, and so do degenerate ones', () => {
    const count = 12;
    const positions = Array.from({ length: count }, (_, i) => {
      const angle = (2 * Math.PI * i) / count;
      return [-1, 1].flatMap((side) => {
        const r = 2 + 0.5 * side * Math.cos(angle / 2);
        return [r * Math.cos(angle), 0.5 * side * Math.sin(angle / 2), r * Math.sin(angle)];
      });
    }).flat();
    const strip = Array.from({ length: count }, (_, i) => {
      const [a, b] = [2 * i, 2 * i + 1];
      const [c, d] = i + 1 < count ? [a + 2, b + 2] : [1, 0];
      return [a, b, d, a, d, c];
    }).flat();
    const mesh: Mesh = { name: 'strip', positions: Float32Array.from(positions), faces: Uint32Array.from([...strip, 0, 0, 1]) };
    expect(orientFaces(mesh)).toEqual({ faces: mesh.faces, againstOthers: 0, insideOut: 0 });
  });
});
