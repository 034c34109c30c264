import { PerspectiveCamera, Scene } from 'three';
import { expect, it } from 'vitest';
import type { Mesh } from '../scene/mesh';
import { expSo3 } from '../scene/rotation';
import { createRenderer } from './createRenderer';
import { createFrustum } from './frustum';
import { createHypothesesLayer } from './hypothesesLayer';
import { createObjectLayer } from './objectLayer';
import { THEMES } from './theme';
import { createTrail } from './trail';

const triangle: Mesh = { name: 'triangle', positions: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]), faces: Uint32Array.from([0, 1, 2]) };
const image = { width: 2, height: 2, data: new Uint8ClampedArray(16) };
const camera = { width: 64, height: 64, fx: 60, fy: 60, cx: 32, cy: 32, near: 0.1, far: 10 };
const poseAt = (step: number) => ({ rotation: expSo3([0.1 * step, 0, 0]), translation: [0, 0, -4] as const });

it('keeps the GPU\'s memory flat over 50 steps, and gives all of it back', () => {
  const renderer = createRenderer(document.createElement('canvas'));
  const object = createObjectLayer(THEMES.dark);
  const hypotheses = createHypothesesLayer(THEMES.dark);
  const frustum = createFrustum(THEMES.dark);
  const trail = createTrail(THEMES.dark);
  const scene = new Scene().add(object.group, hypotheses.group, frustum.group, trail.group);
  const view = new PerspectiveCamera();
  const counts = new Set<string>();
  for (let step = 2; step < 52; step++) {
    object.setMesh(triangle, 1.5);
    hypotheses.setSurface(object.surface);
    object.setTruth(poseAt(0));
    object.setEstimate(poseAt(step));
    hypotheses.set([{ pose: poseAt(step), loss: 1, source: 'spread' }]);
    frustum.setCamera(camera, 1, 5);
    frustum.setImage(image);
    trail.set(Array.from({ length: step }, (_, i) => poseAt(i)));
    trail.mark([1]);
    renderer.render(scene, view);
    const { geometries, textures } = renderer.info.memory;
    counts.add(`${geometries} geometries, ${textures} textures, ${renderer.info.programs?.length} programs`);
  }
  expect(counts.size).toBe(1);
  for (const part of [object, hypotheses, frustum, trail]) part.dispose();
  expect(renderer.info.memory).toMatchObject({ geometries: 0, textures: 0 });
  renderer.dispose();
});
