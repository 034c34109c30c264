import { lookUpRows, sumRows } from '../../math/lookUpRows';
import * as tf from '../../tf';
import { registerComposedGradient } from '../composedGradient';
import { ANTIALIAS_GRAD_COLOR, ANTIALIAS_GRAD_POSITIONS } from './names';
import { forEachSilhouettePair, MIN_EXTENT } from './silhouettePairs';

// The gradients of the gradients: the blend in ordinary operations. Which pixels are blended over which edges is read back and constant.

interface Surface { readonly raster: tf.Tensor; readonly clipVertices: tf.Tensor; readonly faces: tf.Tensor; readonly opposites: tf.Tensor }

/** The pairs of a view by column. */
interface Pairs {
  readonly pixels: readonly [tf.Tensor1D, tf.Tensor1D];
  readonly written: tf.Tensor1D;
  readonly ends: readonly [tf.Tensor1D, tf.Tensor1D];
  /** [N, 2]: the owner's centre, in pixels. */ readonly centre: tf.Tensor;
  /** [N, 2]: (1, 0) where the pair is horizontal, else (0, 1): what the along axis is made of. */ readonly along: tf.Tensor;
  /** [N, 1]: ½ or −½, where pixel 0 or 1 owns the pair. */ readonly half: tf.Tensor;
  /** [N, 1]: alpha where the crossing was clamped, else 0. */ readonly fixed: tf.Tensor;
  /** [N, 1]: 0 where the crossing was clamped, else 1. */ readonly free: tf.Tensor;
}

function readPairs({ raster, clipVertices, faces, opposites }: Surface): Pairs | undefined {
  const [batch, height, width] = raster.shape as number[];
  const dims = { batch, height, width, vertexCount: clipVertices.shape[1]! };
  const columns: number[][] = Array.from({ length: 5 }, () => []);
  const [centre, along, half, fixed, free]: number[][][] = [[], [], [], [], []];
  const read = (tensor: tf.Tensor) => tensor.dataSync();
  forEachSilhouettePair(read(raster) as Float32Array, read(clipVertices) as Float32Array, read(faces) as Int32Array, read(opposites) as Int32Array, dims, (pair) => {
    const owner = pair.owner;
    const row = [pair.pixel0, pair.pixel1, pair.alpha > 0 ? pair.pixel0 : pair.pixel1, pair.end1 / 4, pair.end2 / 4];
    row.forEach((value, k) => columns[k].push(value));
    centre.push([(owner % width) + 0.5, (Math.floor(owner / width) % height) + 0.5]);
    along.push(pair.horizontal ? [1, 0] : [0, 1]);
    half.push([owner === pair.pixel0 ? 0.5 : -0.5]);
    fixed.push([pair.clamped ? pair.alpha : 0]);
    free.push([pair.clamped ? 0 : 1]);
  });
  if (half.length === 0) return undefined;
  const [pixel0, pixel1, written, end1, end2] = columns.map((column) => tf.tensor1d(column, 'int32'));
  const [centres, alongs, halves, fixeds, frees] = [centre, along, half, fixed, free].map((rows) => tf.tensor2d(rows));
  return { pixels: [pixel0, pixel1], written, ends: [end1, end2], centre: centres, along: alongs, half: halves, fixed: fixeds, free: frees };
}

/** How much of the other pixel each pair's written one receives, [N, 1]: half the pair less where the edge crosses it. */
function blends(clipVertices: tf.Tensor, pairs: Pairs, [, height, width]: readonly number[]): tf.Tensor {
  const clip = tf.reshape(clipVertices, [-1, 4]) as tf.Tensor2D;
  const [[along1, across1], [along2, across2]] = pairs.ends.map((rows) => {
    const [xy, , w] = tf.split(lookUpRows(clip, rows), [2, 1, 1], 1);
    const place = tf.sub(tf.mul(tf.add(tf.mul(tf.div(xy, w), tf.tensor1d([1, -1])), 1), tf.tensor1d([width / 2, height / 2])), pairs.centre);
    return [tf.sum(tf.mul(place, pairs.along), 1, true), tf.sum(tf.mul(place, tf.sub(1, pairs.along)), 1, true)];
  });
  const extent = tf.sub(across2, across1);
  const guarded = tf.mul(tf.sub(tf.mul(2, tf.step(extent, 0)), 1), tf.maximum(tf.abs(extent), MIN_EXTENT));
  const crossing = tf.div(tf.sub(tf.mul(along1, across2), tf.mul(along2, across1)), guarded);
  return tf.add(pairs.fixed, tf.mul(pairs.free, tf.sub(pairs.half, crossing)));
}

/** What the kernel `antialias` gives, differentiable to any order in colour and clip vertices. */
function antialiasComposed(color: tf.Tensor, surface: Surface): tf.Tensor {
  // So that either input is connected to the result where nothing is blended.
  const image = tf.add(color, tf.mul(tf.sum(surface.clipVertices), 0));
  const pairs = readPairs(surface);
  if (!pairs) return image;
  const channels = color.shape[3]!;
  const rows = tf.reshape(color, [-1, channels]) as tf.Tensor2D;
  const [color0, color1] = pairs.pixels.map((pixels) => lookUpRows(rows, pixels));
  const added = tf.mul(blends(surface.clipVertices, pairs, surface.raster.shape), tf.sub(color1, color0));
  return tf.add(image, tf.reshape(sumRows(added, pairs.written, rows.shape[0]), color.shape));
}

const INPUTS = ['dy', 'color', 'raster', 'clipVertices', 'faces', 'opposites'] as const;
const DIFFERENTIABLE = ['dy', 'color', 'clipVertices'] as const;

registerComposedGradient(ANTIALIAS_GRAD_COLOR, INPUTS, DIFFERENTIABLE, ({ dy, color, ...surface }) =>
  tf.grad((x) => antialiasComposed(x, surface))(color, dy));

registerComposedGradient(ANTIALIAS_GRAD_POSITIONS, INPUTS, DIFFERENTIABLE, ({ dy, color, ...surface }) =>
  tf.grad((clipVertices) => antialiasComposed(color, { ...surface, clipVertices }))(surface.clipVertices, dy));
