import type { EncodedImage } from '../io/index';
import type { ImageRecord } from '../scene/mesh';

/** Larger textures are drawn smaller: the pictures that poses are found in have 256 pixels a side at most. */
const MAX_TEXTURE_SIDE = 1024;

/** Pixels of an encoded image, row 0 at the top, at most 1024 a side. @throws where the browser cannot decode it. */
export async function decodeImage({ bytes, mime }: EncodedImage): Promise<ImageRecord> {
  const bitmap = await createImageBitmap(new Blob([bytes.slice()], { type: mime }), { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  const scale = Math.min(1, MAX_TEXTURE_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = createContext(width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

function createContext(width: number, height: number): OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D {
  const canvas = typeof OffscreenCanvas === 'undefined' ? Object.assign(document.createElement('canvas'), { width, height }) : new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D | null;
  if (!context) throw new Error('The browser gave no canvas to decode an image with.');
  return context;
}
