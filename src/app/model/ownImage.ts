import type { Camera } from '../../scene/camera';
import type { ImageRecord } from '../../scene/mesh';
import type { PoseTarget } from '../../experiments/pose/protocol';
import type { PoseSettings } from '../../experiments/pose/settings';
import { FileTroubleError } from './meshLink';

/** What somebody's own image comes with. */
export interface OwnImage {
  readonly name: string;
  /** As decoded, before it is made smaller. */
  readonly width: number;
  readonly height: number;
  readonly image: ImageRecord;
  readonly mask?: Uint8ClampedArray;
  readonly maskName?: string;
  /** Focal length in pixels of the image as decoded. */
  readonly focal: number;
}

/** What a picture decides of the settings. */
export type InAPicture = Pick<PoseSettings, 'unknowns' | 'unknownLight' | 'target'>;

/** The light in a picture: nobody knows it, or there is none and colours are flat, as in an icon or a flat rendering. */
export type PictureLight = 'unknown' | 'flat';

/**
 * What is sought in a picture. Nobody knows how far from the object it was taken: held fixed, the two could never agree. The light is sought
 * too unless colours are said to be flat: a shaded picture taken for a flat one fails nearly always, a flat one taken for a shaded one only
 * where few faces are seen, whose brightness then passes for a light.
 */
export function inAPicture({ target }: PoseSettings, light: PictureLight): InAPicture {
  const unknownLight = light === 'unknown';
  return {
    unknowns: 'rotation+translation', unknownLight,
    target: unknownLight ? target : { ...target, light: { ...target.light, ambient: 1 } },
  };
}

/** What the settings say of a picture's light. */
export const pictureLightOf = ({ unknownLight }: PoseSettings): PictureLight => (unknownLight ? 'unknown' : 'flat');

/** Larger than any camera's picture that helps here, small enough to decode without harm. */
const MAX_PIXELS = 50e6;

async function decode(file: File): Promise<ImageBitmap> {
  const trouble = (reason: string, advice: string) => new FileTroubleError({ code: 'not-an-image', file: file.name, reason, advice });
  const head = new Uint8Array(await file.slice(0, 8).arrayBuffer());
  const isPng = [0x89, 0x50, 0x4e, 0x47].every((byte, i) => head[i] === byte);
  const isJpeg = head[0] === 0xff && head[1] === 0xd8;
  if (!isPng && !isJpeg) throw trouble('This is neither a PNG nor a JPEG image.', 'Save the picture as PNG or JPEG and choose it again.');
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw trouble('The image is damaged or cut short; the browser cannot decode it.', 'Open it in another program and save it again.');
  }
  if (bitmap.width * bitmap.height > MAX_PIXELS) {
    throw new FileTroubleError({
      code: 'too-large', file: file.name, reason: `The image has ${bitmap.width} × ${bitmap.height} pixels.`, advice: 'Make it smaller than 50 megapixels.',
    });
  }
  return bitmap;
}

/** Kept at most this large a side; the engine averages down to its own sizes. */
const KEPT_SIDE = 512;

function pixelsOf(bitmap: ImageBitmap, { width, height }: { width: number; height: number }): ImageRecord {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new FileTroubleError({ code: 'out-of-memory', reason: 'The browser gave no canvas to read the image with.', advice: 'Close other tabs and try again.' });
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

/** Decodes a picture and, where given, a mask that is white where the object is. */
export async function readOwnImage(file: File, maskFile: File | undefined, focalOf: (size: { width: number; height: number }) => number): Promise<OwnImage> {
  const bitmap = await decode(file);
  const { width, height } = bitmap;
  const scale = Math.min(1, KEPT_SIDE / Math.max(width, height));
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const image = pixelsOf(bitmap, size);
  let mask: Uint8ClampedArray | undefined;
  if (maskFile) {
    const drawn = await decode(maskFile);
    if (Math.abs(drawn.width / drawn.height - width / height) > 0.01) {
      throw new FileTroubleError({
        code: 'malformed', file: maskFile.name, reason: `The mask has ${drawn.width} × ${drawn.height} pixels, the picture ${width} × ${height}.`,
        advice: 'Give a mask of the picture’s own shape.',
      });
    }
    const { data } = pixelsOf(drawn, size);
    mask = new Uint8ClampedArray(size.width * size.height).map((_, i) => (data[4 * i] * data[4 * i + 3] > 127 * 255 ? 255 : 0));
  }
  return { name: file.name, width, height, image, mask, maskName: maskFile?.name, focal: focalOf({ width, height }) };
}

/** A phone's main camera sees about this much across the picture's longer side. */
export const USUAL_VIEW_DEG = 60;

/** Focal length in pixels from a field of view across the width, and back. */
export const focalFromFieldOfView = (degrees: number, width: number): number => width / 2 / Math.tan((degrees * Math.PI) / 360);
export const fieldOfViewFromFocal = (focal: number, width: number): number => (360 / Math.PI) * Math.atan(width / 2 / focal);

/** The image as the engine takes it. The camera's axis is taken to go through the picture's middle; clip planes follow the object's size. */
export function ownImageTarget({ image, mask, width, focal }: OwnImage, diameter: number): PoseTarget {
  const f = (focal * image.width) / width;
  // Where the object fills the picture, about; it may stand much nearer or farther.
  const distance = (diameter * f) / Math.max(image.width, image.height);
  const camera: Camera = {
    height: image.height, width: image.width, fx: f, fy: f, cx: image.width / 2, cy: image.height / 2, near: distance / 20, far: distance * 50,
  };
  return { kind: 'image', image, camera, mask };
}
