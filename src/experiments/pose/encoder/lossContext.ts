import * as tf from '../../../graphics/tf';
import type { Camera } from '../../../scene/camera';
import { geodesicAngle } from '../../../scene/rotation';
import type { Quaternion } from '../../../scene/pose';
import { fittingDistance, objectRadius } from '../camera';
import { createDecoderMesh, disposeDecoderMesh } from '../decoderMesh';
import { chooseMesh } from '../levels';
import { HEADLIGHT } from '../light';
import type { PoseObject } from '../protocol';
import { BACKGROUND } from '../target';
import { columnsOf } from './network';
import { encoderTangent } from './poseEncoder';
import type { EncoderSettings } from './settings';
import type { LossContext } from './trainingLoss';
import { anchorSpacing, COMPARED_SIZE, createViewBank, disposeViewBank, sharesOf } from './viewBank';

/** Where the bank's views are drawn, in standard depths: in the middle of where targets stand. */
const BANK_DEPTH = 1.15;
/** Anchors nearer than this many sides of a cell are neighbours. */
const NEIGHBOUR = 1.1;

/** Draws the views to compare with; the caller disposes the result with {@link disposeLossContext}. */
export async function createLossContext(
  object: PoseObject, camera: Camera, settings: EncoderSettings, anchors: readonly Quaternion[], onProgress?: (fraction: number) => void,
): Promise<LossContext> {
  const standardDepth = fittingDistance(objectRadius(object));
  const bankDepth = BANK_DEPTH * standardDepth;
  const light = settings.target.light.ambient === 1 ? undefined : HEADLIGHT;
  // Pictures of the object within its window show it as large as a picture of twice their size does.
  const mesh = createDecoderMesh(chooseMesh(object, 4 * COMPARED_SIZE), BACKGROUND, 4 * COMPARED_SIZE);
  const reach = NEIGHBOUR * anchorSpacing(anchors.length);
  const neighbours = anchors.flatMap((a) => anchors.map((b) => (geodesicAngle(a, b) < reach ? 1 : 0)));
  const bank = await createViewBank(mesh, camera, bankDepth, settings.views, light, onProgress).catch((error: unknown) => {
    disposeDecoderMesh(mesh);
    throw error;
  });
  const anchorColumns = tf.keep(tf.tensor3d(anchors.flatMap(columnsOf), [1, anchors.length, 6]));
  return {
    mesh, camera, standardDepth, bankDepth, light,
    tangent: encoderTangent(),
    bank, anchorColumns,
    shares: tf.keep(tf.tidy(() => sharesOf(bank.columns, anchorColumns))),
    neighbours: tf.keep(tf.tensor2d(neighbours, [anchors.length, anchors.length])),
    candidates: settings.candidates,
  };
}

export function disposeLossContext(context: LossContext): void {
  disposeDecoderMesh(context.mesh);
  disposeViewBank(context.bank);
  tf.dispose([context.shares, context.anchorColumns, context.neighbours]);
}
