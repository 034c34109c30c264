import { realsLike, registerCpuKernel, type Reals } from '../cpuKernel';
import { rowShape, windowCount, type WindowAttrs } from './im2col';
import { COL2IM, IM2COL } from './names';

/** Calls `visit` with every element of the rows and the element of the image it stands for; windows' padding is passed over. */
function forEachElement(attrs: WindowAttrs, visit: (inRows: number, inImage: number) => void): void {
  const { batch, height, width, channels, size, stride, padding } = attrs;
  const [down, across] = [windowCount(height, attrs), windowCount(width, attrs)];
  let inRows = 0;
  for (let window = 0; window < batch * down * across; window++) {
    const top = (Math.floor(window / across) % down) * stride - padding;
    const left = (window % across) * stride - padding;
    const image = Math.floor(window / (down * across));
    for (let i = 0; i < size * size; i++) {
      const [y, x] = [top + Math.floor(i / size), left + (i % size)];
      const inside = y >= 0 && y < height && x >= 0 && x < width;
      for (let c = 0; c < channels; c++, inRows++) {
        if (inside) visit(inRows, ((image * height + y) * width + x) * channels + c);
      }
    }
  }
}

/** @param x [B, H, W, C] @returns [B · H′ · W′, size · size · C] */
export function im2colLoops(x: Reals, attrs: WindowAttrs): Reals {
  const [rows, columns] = rowShape(attrs);
  const values = realsLike(x, rows * columns);
  forEachElement(attrs, (inRows, inImage) => { values[inRows] = x[inImage]; });
  return values;
}

/** The transpose: every element of the image is the sum of what stands for it. @returns [B, H, W, C] */
export function col2imLoops(dy: Reals, attrs: WindowAttrs): Reals {
  const values = realsLike(dy, attrs.batch * attrs.height * attrs.width * attrs.channels);
  forEachElement(attrs, (inRows, inImage) => { values[inImage] += dy[inRows]; });
  return values;
}

registerCpuKernel<'x', WindowAttrs>(IM2COL, ['x'], ({ x }, attrs) => ({ shape: rowShape(attrs), values: im2colLoops(x.reals, attrs) }));

registerCpuKernel<'dy', WindowAttrs>(COL2IM, ['dy'], ({ dy }, attrs) =>
  ({ shape: [attrs.batch, attrs.height, attrs.width, attrs.channels], values: col2imLoops(dy.reals, attrs) }));
