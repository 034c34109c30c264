import { registerCpuKernel, roundLike, type CpuInput, type Indices, type Reals } from '../cpuKernel';
import { ANTIALIAS, ANTIALIAS_GRAD_COLOR, ANTIALIAS_GRAD_POSITIONS } from './names';
import { forEachSilhouettePair, MIN_EXTENT, type AntialiasDims, type SilhouettePair } from './silhouettePairs';

export interface AntialiasInputs {
  /** [B, H, W, C] */ readonly color: Reals;
  /** [B, H, W, 4] */ readonly raster: Reals;
  /** [B, V, 4] */ readonly clip: Reals;
  /** [F, 3] */ readonly faces: Indices;
  /** [F, 3] */ readonly opposites: Indices;
  readonly dims: AntialiasDims & { readonly channels: number };
}

const forEachPair = ({ raster, clip, faces, opposites, dims }: AntialiasInputs, visit: (pair: Readonly<SilhouettePair>) => void) =>
  forEachSilhouettePair(raster, clip, faces, opposites, dims, visit);

/** @returns [B, H, W, C] */
export function antialiasLoops(inputs: AntialiasInputs): Reals {
  const { color, dims: { channels } } = inputs;
  const image = Float64Array.from(color);
  forEachPair(inputs, ({ pixel0, pixel1, alpha }) => {
    const written = alpha > 0 ? pixel0 : pixel1;
    for (let c = 0; c < channels; c++) {
      image[written * channels + c] += alpha * (color[pixel1 * channels + c] - color[pixel0 * channels + c]);
    }
  });
  return roundLike(color, image);
}

/** @returns [B, H, W, C] */
export function antialiasGradColorLoops(dy: Reals, inputs: AntialiasInputs): Reals {
  const { dims: { channels } } = inputs;
  const sums = Float64Array.from(dy);
  forEachPair(inputs, ({ pixel0, pixel1, alpha }) => {
    const written = alpha > 0 ? pixel0 : pixel1;
    for (let c = 0; c < channels; c++) {
      const g = alpha * dy[written * channels + c];
      sums[pixel0 * channels + c] -= g;
      sums[pixel1 * channels + c] += g;
    }
  });
  return roundLike(dy, sums);
}

/** @returns [B, V, 4]; z is 0. */
export function antialiasGradPositionsLoops(dy: Reals, inputs: AntialiasInputs): Reals {
  const { color, clip, dims: { batch, vertexCount, channels, height, width } } = inputs;
  const sums = new Float64Array(batch * vertexCount * 4);
  /** Pixel coordinates' gradient (x right, y down) to the clip vertex at `o`. */
  const add = (o: number, dx: number, dyDown: number) => {
    const w = clip[o + 3];
    const toX = dx * width / (2 * w);
    const toY = -dyDown * height / (2 * w);
    sums[o] += toX;
    sums[o + 1] += toY;
    sums[o + 3] -= (toX * clip[o] + toY * clip[o + 1]) / w;
  };
  forEachPair(inputs, ({ pixel0, pixel1, alpha, clamped, horizontal, end1, end2, along1, across1, along2, across2 }) => {
    if (clamped) return;
    const written = alpha > 0 ? pixel0 : pixel1;
    let delta = 0;
    for (let c = 0; c < channels; c++) {
      delta += dy[written * channels + c] * (color[pixel1 * channels + c] - color[pixel0 * channels + c]);
    }
    // alpha = s(½ − s·crossing), so d(alpha)/d(crossing) = −1 whichever pixel owns the pair.
    const extent = across2 - across1;
    const guarded = (extent < 0 ? -1 : 1) * Math.max(Math.abs(extent), MIN_EXTENT);
    const crossing = (along1 * across2 - along2 * across1) / extent;
    const toAlong1 = -delta * across2 / guarded;
    const toAlong2 = delta * across1 / guarded;
    const toAcross1 = -delta * (crossing - along2) / guarded;
    const toAcross2 = -delta * (along1 - crossing) / guarded;
    if (horizontal) {
      add(end1, toAlong1, toAcross1);
      add(end2, toAlong2, toAcross2);
    } else {
      add(end1, toAcross1, toAlong1);
      add(end2, toAcross2, toAlong2);
    }
  });
  return roundLike(dy, sums);
}

type InputName = 'color' | 'raster' | 'clipVertices' | 'faces' | 'opposites';
const INPUTS: readonly InputName[] = ['color', 'raster', 'clipVertices', 'faces', 'opposites'];

function loopInputs({ color, raster, clipVertices, faces, opposites }: Record<InputName, CpuInput>): AntialiasInputs {
  const [batch, height, width, channels] = color.shape;
  const dims = { batch, height, width, channels, vertexCount: clipVertices.shape[1] };
  return { color: color.reals, raster: raster.reals, clip: clipVertices.reals, faces: faces.indices, opposites: opposites.indices, dims };
}

registerCpuKernel(ANTIALIAS, INPUTS, (inputs) => ({ shape: inputs.color.shape, values: antialiasLoops(loopInputs(inputs)) }));

registerCpuKernel(ANTIALIAS_GRAD_COLOR, ['dy', ...INPUTS], (inputs) =>
  ({ shape: inputs.color.shape, values: antialiasGradColorLoops(inputs.dy.reals, loopInputs(inputs)) }));

registerCpuKernel(ANTIALIAS_GRAD_POSITIONS, ['dy', ...INPUTS], (inputs) =>
  ({ shape: inputs.clipVertices.shape, values: antialiasGradPositionsLoops(inputs.dy.reals, loopInputs(inputs)) }));
