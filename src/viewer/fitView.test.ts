import { PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../scene/random';
import { fitView } from './fitView';
import type { Vector3 as Triple } from '../scene/pose';

const seed = 11;
const FOV = 0.8;

const look = (spheres: { center: Triple; radius: number }[], forward: Triple, aspect: number) => {
  const { eye, target } = fitView(spheres, forward, FOV, aspect);
  const camera = new PerspectiveCamera((FOV * 180) / Math.PI, aspect, 0.01, 1000);
  camera.position.set(...eye);
  camera.lookAt(...target);
  camera.updateMatrixWorld();
  return { camera, eye, target };
};

describe(`fitting a view (seed ${seed})`, () => {
  it.each([0.5, 1, 2.2])('sees every point, and touches two opposite sides, at aspect %s', (aspect) => {
    const random = createRandom(seed);
    const points = Array.from({ length: 30 }, (): Triple => [random.normal(), 2 * random.normal(), random.normal() - 5]);
    const { camera } = look(points.map((center) => ({ center, radius: 0 })), [-0.6, -0.3, -0.7], aspect);
    const seen = points.map((p) => new Vector3(...p).project(camera));
    const reach = (of: (v: Vector3) => number) => Math.max(...seen.map(of));
    expect(Math.max(reach((v) => Math.abs(v.x)), reach((v) => Math.abs(v.y)))).toBeCloseTo(1, 6);
    const tight = [[reach((v) => v.x), reach((v) => -v.x)], [reach((v) => v.y), reach((v) => -v.y)]];
    expect(tight.some(([a, b]) => Math.abs(a - 1) < 1e-6 && Math.abs(b - 1) < 1e-6)).toBe(true);
  });
  it('keeps a sphere whole', () => {
    const { eye } = look([{ center: [1, 2, -3], radius: 2 }], [0, 0, -1], 1);
    // The sphere touches the side planes: distance = radius / sin(fov / 2).
    expect(Math.hypot(eye[0] - 1, eye[1] - 2, eye[2] + 3)).toBeCloseTo(2 / Math.sin(FOV / 2));
  });
  it('looks along the given direction', () => {
    const { eye, target } = look([{ center: [0, 0, -4], radius: 1 }], [-1, -1, -1], 1.5);
    const along = target.map((c, k) => c - eye[k]);
    const length = Math.hypot(...along);
    along.forEach((c) => expect(c / length).toBeCloseTo(-1 / Math.sqrt(3)));
  });
});
