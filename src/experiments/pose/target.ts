import { createRandom, type Random } from '../../scene/random';
import { randomRotation } from '../../scene/so3Grid';
import type { Pose } from '../../scene/pose';
import { FIELD_OF_VIEW, fittingDistance } from './camera';
import { placeAt } from './parameters';
import type { PoseSettings, TargetSettings } from './settings';

/** An image as the engine compares it: linear RGB and coverage, [height, width, 4], row 0 at the top. */
export interface LinearImage {
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

/** Colour behind the object, in the target's values. */
export type Backdrop = readonly [number, number, number];

/** The plain backdrop of rendered pictures, linear. */
export const BACKGROUND: Backdrop = [0.05, 0.05, 0.06];

/** Where the object stands when only its rotation is sought. */
export const fixedTranslation = (radius: number): readonly [number, number, number] => [0, 0, -fittingDistance(radius)];

/**
 * A pose drawn from the seed: rotation uniform over SO(3); where the translation is sought too, a distance of 1 to 1.4 times the one at
 * which the object just fills the picture, and the object anywhere that keeps it in the picture.
 */
export function randomTargetPose(settings: Pick<PoseSettings, 'seed' | 'unknowns'>, radius: number): Pose {
  const random = createRandom(settings.seed);
  const rotation = randomRotation(random);
  const translation = fixedTranslation(radius);
  if (settings.unknowns === 'rotation') return { rotation, translation };
  const stretch = 1 + 0.4 * random.uniform();
  const room = Math.tan(FIELD_OF_VIEW / 2) * (stretch - 1) * 0.8;
  const depth = -translation[2] * stretch;
  const [u, v] = [(2 * random.uniform() - 1) * room, (2 * random.uniform() - 1) * room];
  return placeAt({ rotation, translation }, [(u * depth) / stretch, (v * depth) / stretch, -depth]);
}

/** A rendered picture made harder: shapes behind the object, a bar before it, noise on all. Seeded; returns a new image. */
export function disturbTarget(image: LinearImage, settings: TargetSettings, seed: number): LinearImage {
  const random = createRandom(seed ^ 0x5eed);
  const data = image.data.slice();
  const result = { ...image, data };
  if (settings.clutter > 0) addClutter(result, settings.clutter, random);
  if (settings.occlusion > 0) addBar(result, settings.occlusion, random);
  if (settings.noise > 0) {
    for (let i = 0; i < data.length; i++) if (i % 4 < 3) data[i] += settings.noise * random.normal();
  }
  return result;
}

/** Discs and boxes of random colours behind the object, until they cover the share asked for of the background. */
function addClutter({ height, width, data }: LinearImage, share: number, random: Random): void {
  const covered = new Uint8Array(height * width);
  const open = Array.from({ length: height * width }, (_, i) => i).filter((i) => data[4 * i + 3] < 1).length;
  const colors = new Float32Array(3 * height * width);
  let count = 0;
  // The cap ends the loop where shapes keep falling onto the object.
  for (let shape = 0; shape < 2000 && count < share * open; shape++) {
    const [cx, cy] = [random.uniform() * width, random.uniform() * height];
    const [rx, ry] = [width * (0.03 + 0.1 * random.uniform()), height * (0.03 + 0.1 * random.uniform())];
    const round = random.uniform() < 0.5;
    const color = [random.uniform(), random.uniform(), random.uniform()];
    for (let y = Math.max(0, Math.floor(cy - ry)); y < Math.min(height, cy + ry); y++) {
      for (let x = Math.max(0, Math.floor(cx - rx)); x < Math.min(width, cx + rx); x++) {
        const pixel = y * width + x;
        if (round && ((x + 0.5 - cx) / rx) ** 2 + ((y + 0.5 - cy) / ry) ** 2 > 1) continue;
        if (!covered[pixel] && data[4 * pixel + 3] < 1) count++;
        covered[pixel] = 1;
        colors.set(color, 3 * pixel);
      }
    }
  }
  for (let pixel = 0; pixel < covered.length; pixel++) {
    if (!covered[pixel]) continue;
    const behind = 1 - data[4 * pixel + 3];
    for (let c = 0; c < 3; c++) data[4 * pixel + c] += behind * (colors[3 * pixel + c] - BACKGROUND[c]);
  }
}

const BAR = 0.25;

/** A grey bar, upright or lying, over a share of the box around the object. */
function addBar({ height, width, data }: LinearImage, share: number, random: Random): void {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let pixel = 0; pixel < height * width; pixel++) {
    if (data[4 * pixel + 3] < 0.5) continue;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  const upright = random.uniform() < 0.5;
  const [from, to] = upright ? [left, right] : [top, bottom];
  const size = (to - from) * share;
  const start = from + (to - from - size) * random.uniform();
  for (let pixel = 0; pixel < height * width; pixel++) {
    const along = (upright ? pixel % width : Math.floor(pixel / width)) + 0.5;
    if (along > start && along < start + size) data.set([BAR, BAR, BAR, 0], 4 * pixel);
  }
}

/** A smaller image by averaging blocks; sizes must divide. */
export function shrinkImage({ height, width, data }: LinearImage, size: number): LinearImage {
  const block = height / size;
  const out = new Float32Array(size * size * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = 4 * (Math.floor(y / block) * size + Math.floor(x / block));
      for (let c = 0; c < 4; c++) out[to + c] += data[4 * (y * width + x) + c];
    }
  }
  const area = (height / size) * (width / size);
  return { height: size, width: size, data: out.map((v) => v / area) };
}
