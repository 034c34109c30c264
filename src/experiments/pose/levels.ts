import type { Camera } from '../../scene/camera';
import { resizeCamera } from '../../scene/camera';
import { faceCount, type Mesh } from '../../scene/mesh';
import * as tf from '../../graphics/tf';
import { createDecoderMesh, disposeDecoderMesh, type DecoderMesh } from './decoderMesh';
import { measureSilhouette, type SilhouetteMoments } from './candidates';
import type { TargetLevel } from './objective';
import type { PoseObject } from './protocol';
import { isTextured } from './texture';
import { BACKGROUND, shrinkImage, type Backdrop, type LinearImage } from './target';

/** One image size of a run: the target there, and the object with faces to match. */
export interface Level extends TargetLevel {
  readonly mesh: DecoderMesh;
  readonly backdrop: Backdrop;
  /** Σ weight · target²: the loss of an empty rendering. */
  readonly energy: number;
  /** The part of the loss that the target's noise makes, whatever the pose. */
  readonly noiseLoss: number;
  /** The part that a simplified mesh makes at the right pose; see simplification.ts. */
  readonly simplificationLoss: number;
  /** Undefined where the target's silhouette is not known. */
  readonly silhouette: SilhouetteMoments | undefined;
}

/** Faces per pixel up to which a mesh is fine for an image: with more, most are smaller than a pixel and the gradients turn to noise. */
const FACES_PER_PIXEL = 0.5;
/** What coverage counts beside each colour channel. */
const COVERAGE_WEIGHT = 1;

/** The finest mesh whose faces are not too small for a picture of this size. */
export function chooseMesh(object: Pick<PoseObject, 'mesh' | 'coarser'>, size: number): Mesh {
  const meshes = [object.mesh, ...object.coarser];
  return meshes.find((mesh) => faceCount(mesh) <= FACES_PER_PIXEL * size * size) ?? meshes[meshes.length - 1];
}

/**
 * Uploads the target and the object for each size.
 * @param coverageKnown false where the background may hold anything: then coverage says nothing.
 */
export function createLevels(
  object: Pick<PoseObject, 'mesh' | 'coarser'>, target: LinearImage, camera: Camera, sizes: readonly number[],
  options: { readonly coverageKnown: boolean; readonly noise: number; readonly backdrop?: Backdrop },
): Level[] {
  const backdrop = options.backdrop ?? BACKGROUND;
  const uploaded = new Map<Mesh, DecoderMesh>();
  return sizes.map((size) => {
    const image = shrinkImage(target, size);
    const levelCamera = resizeCamera(camera, { height: size, width: size });
    const mesh = chooseMesh(object, size);
    // A texture is averaged down for each size.
    if (isTextured(mesh) || !uploaded.has(mesh)) uploaded.set(mesh, createDecoderMesh(mesh, backdrop, size));
    const channel = 1 / (size * size);
    const weights = [channel, channel, channel, options.coverageKnown ? COVERAGE_WEIGHT * channel : 0];
    const values = image.data.map((v, i) => (i % 4 < 3 ? v - backdrop[i % 4] : v));
    const energy = values.reduce((sum, v, i) => sum + weights[i % 4] * v * v, 0);
    const deviation = (options.noise * size) / camera.width;
    return {
      camera: levelCamera, backdrop, mesh: uploaded.get(mesh) as DecoderMesh, energy,
      noiseLoss: 3 * deviation * deviation, simplificationLoss: 0,
      image: tf.keep(tf.tensor4d(values, [1, size, size, 4])),
      values, channelWeights: weights, weights: tf.keep(tf.tensor1d(weights)),
      silhouette: options.coverageKnown ? measureSilhouette(image, levelCamera) : undefined,
    };
  });
}

export function disposeLevels(levels: readonly Level[]): void {
  new Set(levels.map((level) => level.mesh)).forEach(disposeDecoderMesh);
  levels.forEach((level) => tf.dispose([level.image, level.weights]));
}

/** The share of the picture that a loss leaves explained, of what can be. */
export function explainedByLoss(loss: number, { noiseLoss, simplificationLoss, energy }: Level): number {
  const least = noiseLoss + simplificationLoss;
  return 1 - Math.max(0, loss - least) / Math.max(energy - least, 1e-9);
}
