import * as tf from '../../../graphics/tf';
import { poseMatrix } from '../camera';
import { renderBatch } from '../decoder';
import type { DecoderMesh } from '../decoderMesh';
import type { PoseMatrices } from './drawing';
import { disturbImages, type Sample } from './samples';
import type { EncoderSettings } from './settings';
import { silhouetteWindows } from './silhouetteWindow';
import { compareWithBank, type Comparison, type LossContext } from './trainingLoss';
import { drawWithin } from './viewBank';

/**
 * Draws a batch twice: as the network sees it, with lights, clutter and noise; and plainly within the silhouette's window, as it is compared.
 * The poses go no further than into these pictures. To be called inside tf.tidy.
 */
export function drawTraining(
  samples: readonly Sample[], mesh: DecoderMesh, context: LossContext, settings: EncoderSettings, seed: number,
): { readonly image: tf.Tensor4D; readonly comparison: Comparison } {
  const lights = samples[0].light ? samples.map((sample) => sample.light as NonNullable<Sample['light']>) : undefined;
  const { image } = renderBatch(mesh, { poses: samples.map((sample) => sample.pose), lights }, context.camera);
  const [batch, size] = image.shape;
  const windows = silhouetteWindows(tf.reshape(tf.slice(image, [0, 0, 0, 3], [-1, -1, -1, 1]), [batch, size, size]));
  const clean = drawWithin(context.mesh, matricesOf(samples), windows, context.camera, context.light);
  return { image: disturbImages(image, settings, seed), comparison: compareWithBank(clean, windows, context) };
}

function matricesOf(samples: readonly Sample[]): PoseMatrices {
  const matrices = samples.map((sample) => poseMatrix(sample.pose));
  return {
    rotationTransposed: tf.tensor3d(matrices.flatMap((m) => [m[0], m[4], m[8], m[1], m[5], m[9], m[2], m[6], m[10]]), [samples.length, 3, 3]),
    translation: tf.tensor2d(matrices.flatMap((m) => [m[3], m[7], m[11]]), [samples.length, 3]),
  };
}
