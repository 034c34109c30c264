import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../graphics/tf';
import type { Pose } from '../../scene/pose';
import { normalizeQuaternion } from '../../scene/rotation';
import { linearFromByte } from '../../scene/srgb';
import { objectRadius, poseCamera } from './camera';
import { renderBatch } from './decoder';
import { createDecoderMesh, disposeDecoderMesh } from './decoderMesh';
import { createLevels, disposeLevels } from './levels';
import { UNLIT } from './light';
import { evaluateGradients, evaluateLosses, read } from './objective';
import { movePose } from './parameters';
import { renderTarget } from './renderTarget';
import { DEFAULT_POSE_SETTINGS } from './settings';
import { BACKGROUND, fixedTranslation } from './target';
import { patternedBox } from './testing/patternedBox';

const mesh = patternedBox();
const object = { id: 'box', mesh, coarser: [], diameter: 2 * Math.SQRT2, symmetry: { kind: 'none' } } as const;
const radius = objectRadius(object);
const translation = fixedTranslation(radius);
/** Looks at the white and black side, which faces the camera unturned. */
const front: Pose = { rotation: [0, 0, 0, 1], translation };
const oblique: Pose = { rotation: normalizeQuaternion([0.3, -0.4, 0.15, 0.9]), translation };

beforeAll(async () => {
  await tf.setBackend('cpu');
  await tf.ready();
});

describe('the decoder and a texture', () => {
  it('shows the picture on a side that has corners alone', async () => {
    const camera = poseCamera(radius, 96);
    const decoded = createDecoderMesh(mesh, BACKGROUND, 96);
    const values = await read(tf.tidy(() => renderBatch(decoded, { poses: [front], lights: undefined }, camera).image));
    disposeDecoderMesh(decoded);
    // The centres of the uppermost row of four fields of the side at z = 0.6, by the camera's own projection.
    const depth = -translation[2] - 0.6;
    const seen = [-0.75, -0.25, 0.25, 0.75].map((x) => {
      const column = Math.floor(camera.cx + (camera.fx * x) / depth);
      const row = Math.floor(camera.cy - (camera.fy * 0.6) / depth);
      return values[4 * (96 * row + column)] + BACKGROUND[0];
    });
    const [white, black] = [linearFromByte(240), linearFromByte(20)];
    [white, black, white, black].forEach((level, i) => expect(seen[i], `field ${i}`).toBeCloseTo(level, 1));
  });

  it.each([['flat colours', undefined], ['a light', [{ ambient: 0.4, directional: [0.2, 0.3, 0.5] as const }]]])(
    'gives the gradients that differences of the loss have, under %s', async (_, lights) => {
      const settings = { ...DEFAULT_POSE_SETTINGS, resolution: 64 as const };
      const image = await renderTarget(object, movePose(oblique, [0.03, -0.02, 0.04, 0, 0, 0]), poseCamera(radius, 64), settings);
      const [level] = createLevels(object, image, poseCamera(radius, 64), [64], { coverageKnown: true, noise: 0 });
      const loss = { kind: 'l2', saturation: undefined } as const;
      const { gradients } = await evaluateGradients(level.mesh, { poses: [oblique], lights }, level, loss);
      const length = 1e-4;
      for (let k = 0; k < 6; k++) {
        const step = (sign: number) => [0, 1, 2, 3, 4, 5].map((i) => (i === k ? sign * length : 0));
        const poses = [movePose(oblique, step(1)), movePose(oblique, step(-1))];
        const [plus, minus] = await evaluateLosses(level.mesh, { poses, lights: lights && [...lights, ...lights] }, level, loss);
        const difference = (plus - minus) / (2 * length);
        // Antialiased edges jump from pixel to pixel, and float32 sums round: differences are good to some hundredths of the largest.
        expect(Math.abs(gradients[0][k] - difference), `parameter ${k}: ${gradients[0][k]} and ${difference}`)
          .toBeLessThan(0.06 * Math.max(...gradients[0].slice(0, 6).map(Math.abs)));
      }
      disposeLevels([level]);
    },
  );

  it('keeps no tensors', async () => {
    const before = tf.memory().numTensors;
    const decoded = createDecoderMesh(mesh, BACKGROUND, 32);
    await read(tf.tidy(() => renderBatch(decoded, { poses: [front, oblique], lights: [UNLIT, UNLIT] }, poseCamera(radius, 32)).image));
    disposeDecoderMesh(decoded);
    expect(tf.memory().numTensors).toBe(before);
  });
});
