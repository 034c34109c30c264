import type { Mesh } from '../../scene/mesh';
import type { Pose } from '../../scene/pose';
import { spreadRotations } from '../../scene/so3Grid';
import type { Camera } from '../../scene/camera';
import * as tf from '../../graphics/tf';
import { renderBatch } from './decoder';
import { createDecoderMesh, disposeDecoderMesh } from './decoderMesh';
import type { Level } from './levels';
import type { PoseLight } from './light';
import { read } from './objective';
import { penalty, type LossSettings } from './robustLoss';

/** Poses at which it is measured. */
const VIEWS = 6;

export interface SimplificationView {
  /** Where the object stands. */
  readonly translation: Pose['translation'];
  readonly light: PoseLight | undefined;
  readonly loss: LossSettings;
  /** At which the target was drawn, from the finest mesh. */
  readonly camera: Camera;
}

/**
 * The loss that is left at the right pose because the level draws a simplified mesh and the target shows the finest: the mean over views from all around.
 * 0 where the level draws the finest itself.
 */
export async function measureSimplification(finest: Mesh, drawn: Mesh, level: Level, { translation, light, loss, camera }: SimplificationView): Promise<number> {
  if (drawn === finest) return 0;
  const poses = spreadRotations(VIEWS).map((rotation): Pose => ({ rotation, translation }));
  const batch = { poses, lights: light && poses.map(() => light) };
  const mesh = createDecoderMesh(finest, level.backdrop, camera.width);
  const losses = await read(tf.tidy(() => {
    const block = camera.width / level.camera.width;
    const shown = tf.avgPool(renderBatch(mesh, batch, camera).image, block, block, 'valid');
    const residual = tf.sub(renderBatch(level.mesh, batch, level.camera).image, shown);
    return tf.sum(tf.mul(penalty(residual, loss), level.weights), [1, 2, 3]);
  })).finally(() => disposeDecoderMesh(mesh));
  return losses.reduce((sum, value) => sum + value, 0) / losses.length;
}
