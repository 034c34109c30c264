import { objectRadius, poseCamera } from '../experiments/pose/camera';
import { renderBatch } from '../experiments/pose/decoder';
import { createDecoderMesh, disposeDecoderMesh } from '../experiments/pose/decoderMesh';
import type { HeldBackResult } from '../experiments/pose/encoder/evaluation';
import { chooseMesh } from '../experiments/pose/levels';
import type { PoseObject } from '../experiments/pose/protocol';
import { BACKGROUND } from '../experiments/pose/target';
import * as tf from '../graphics/tf';
import type { ImageRecord } from '../scene/mesh';
import { byteFromLinear } from '../scene/srgb';
import type { HeldBackPicture } from './trainerApi';

/** Pixels a side. */
const SIZE = 64;

export interface HeldBackPainter {
  paint(results: readonly HeldBackResult[]): Promise<HeldBackPicture[]>;
  dispose(): void;
}

/** Draws held-back poses beside the encoder's likeliest guesses of them. */
export function createHeldBackPainter(object: PoseObject): HeldBackPainter {
  const camera = poseCamera(objectRadius(object), SIZE);
  const mesh = createDecoderMesh(chooseMesh(object, SIZE), BACKGROUND, SIZE);
  return {
    async paint(results) {
      if (!results.length) return [];
      const poses = [...results.map(({ sample }) => sample.pose), ...results.map(({ guesses }) => guesses[0].pose)];
      const light = results[0].sample.light && results.map(({ sample }) => sample.light ?? { ambient: 1, directional: [0, 0, 0] as const });
      const pixels = tf.tidy(() => renderBatch(mesh, { poses, lights: light && [...light, ...light] }, camera).image);
      const values = await pixels.data();
      pixels.dispose();
      return results.map(({ errorDeg }, i) => ({ truth: toRecord(values, i), guess: toRecord(values, results.length + i), errorDeg }));
    },
    dispose: () => disposeDecoderMesh(mesh),
  };
}

/** Image `index` of [B, SIZE, SIZE, 4] linear colours less the backdrop's, as bytes. */
function toRecord(values: ArrayLike<number>, index: number): ImageRecord {
  const data = new Uint8ClampedArray(4 * SIZE * SIZE);
  const start = index * data.length;
  for (let i = 0; i < data.length; i++) data[i] = i % 4 === 3 ? 255 : byteFromLinear(values[start + i] + BACKGROUND[i % 4]);
  return { height: SIZE, width: SIZE, data };
}
