import type { Camera } from '../../scene/camera';
import type { Pose } from '../../scene/pose';
import * as tf from '../../graphics/tf';
import { renderBatch } from './decoder';
import { createDecoderMesh, disposeDecoderMesh } from './decoderMesh';
import { lightFromSettings } from './light';
import { read } from './objective';
import type { PoseObject, PoseTarget } from './protocol';
import type { PoseSettings } from './settings';
import { BACKGROUND, disturbTarget, type Backdrop, type LinearImage } from './target';
import type { ImageRecord } from '../../scene/mesh';
import { linearFromByte } from '../../scene/srgb';

/** Draws the image to explain: the object at its finest, in the settings' light, with their noise, clutter and occlusion. */
export async function renderTarget(object: PoseObject, pose: Pose, camera: Camera, settings: PoseSettings): Promise<LinearImage> {
  const { light } = settings.target;
  const mesh = createDecoderMesh(object.mesh, BACKGROUND, camera.width);
  const lights = light.ambient === 1 ? undefined : [lightFromSettings(light)];
  const image = await read(tf.tidy(() => {
    const rendered = renderBatch(mesh, { poses: [pose], lights }, camera).image;
    return tf.clipByValue(tf.add(rendered, tf.tensor1d([...BACKGROUND, 0])), 0, 1);
  }));
  disposeDecoderMesh(mesh);
  return disturbTarget({ height: camera.height, width: camera.width, data: image }, settings.target, settings.seed);
}

/** How 8-bit values are taken: as light, where the object's lighting is modelled, or as they look. */
export type Encoding = 'linear' | 'display';

const decode = (byte: number, encoding: Encoding): number => (encoding === 'linear' ? linearFromByte(byte) : byte / 255);

/** The commonest colour along an image's border: what a plain backdrop shows. */
export function estimateBackdrop({ height, width, data }: ImageRecord, encoding: Encoding): Backdrop {
  const border = Array.from({ length: height * width }, (_, i) => i)
    .filter((i) => i < width || i >= (height - 1) * width || i % width === 0 || i % width === width - 1);
  const [r, g, b] = [0, 1, 2].map((c) => {
    const values = border.map((i) => data[4 * i + c]).sort((a, z) => a - z);
    return decode(values[Math.floor(values.length / 2)], encoding);
  });
  return [r, g, b];
}

/** Somebody's image in the middle of a square of this size, averaged down; the backdrop fills the margins and, with a mask, all around the object. */
export function targetFromImage(
  { image, mask }: PoseTarget & { kind: 'image' }, resolution: number, backdrop: Backdrop, encoding: Encoding,
): LinearImage {
  const side = Math.max(image.width, image.height);
  const [left, top] = [(side - image.width) / 2, (side - image.height) / 2];
  const data = new Float32Array(4 * resolution * resolution);
  const step = side / resolution;
  const samples = Math.max(1, Math.ceil(step));
  for (let y = 0; y < resolution; y++) {
    for (let x = 0; x < resolution; x++) {
      const sum = [0, 0, 0, 0];
      for (let s = 0; s < samples * samples; s++) {
        const column = Math.floor((x + ((s % samples) + 0.5) / samples) * step - left);
        const row = Math.floor((y + (Math.floor(s / samples) + 0.5) / samples) * step - top);
        const inside = column >= 0 && row >= 0 && column < image.width && row < image.height;
        const pixel = row * image.width + column;
        const seen = inside && (!mask || mask[pixel] > 127);
        for (let c = 0; c < 3; c++) sum[c] += seen ? decode(image.data[4 * pixel + c], encoding) : backdrop[c];
        sum[3] += seen && mask ? 1 : 0;
      }
      data.set(sum.map((v) => v / (samples * samples)), 4 * (y * resolution + x));
    }
  }
  return { height: resolution, width: resolution, data };
}
