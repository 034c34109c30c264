import type { Camera } from '../../scene/camera';
import type { Pose } from '../../scene/pose';
import * as tf from '../../graphics/tf';
import { renderBatch } from './decoder';
import { createDecoderMesh, disposeDecoderMesh } from './decoderMesh';
import { lightFromSettings } from './light';
import { read } from './objective';
import type { PoseObject, PoseTarget } from './protocol';
import type { PoseSettings } from './settings';
import { BACKGROUND, disturbTarget, type LinearImage } from './target';

/** Draws the image to explain: the object at its finest, in the settings' light, with their noise, clutter and occlusion. */
export async function renderTarget(object: PoseObject, pose: Pose, camera: Camera, settings: PoseSettings): Promise<LinearImage> {
  const { light } = settings.target;
  const mesh = createDecoderMesh(object.mesh);
  const lights = light.ambient === 1 ? undefined : [lightFromSettings(light)];
  const image = await read(tf.tidy(() => {
    const rendered = renderBatch(mesh, { poses: [pose], lights }, camera).image;
    return tf.clipByValue(tf.add(rendered, tf.tensor1d([...BACKGROUND, 0])), 0, 1);
  }));
  disposeDecoderMesh(mesh);
  return disturbTarget({ height: camera.height, width: camera.width, data: image }, settings.target, settings.seed);
}

/** sRGB's decoding, 8 bits → linear. */
export function linearFromByte(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Linear → 8 bits of sRGB. */
export function byteFromLinear(value: number): number {
  const v = Math.min(1, Math.max(0, value));
  return Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
}

/** Somebody's image in the middle of a square of this size, averaged down; the backdrop fills the margins and, with a mask, all around the object. */
export function targetFromImage({ image, mask }: PoseTarget & { kind: 'image' }, resolution: number): LinearImage {
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
        for (let c = 0; c < 3; c++) sum[c] += seen ? linearFromByte(image.data[4 * pixel + c]) : BACKGROUND[c];
        sum[3] += seen && mask ? 1 : 0;
      }
      data.set(sum.map((v) => v / (samples * samples)), 4 * (y * resolution + x));
    }
  }
  return { height: resolution, width: resolution, data };
}
