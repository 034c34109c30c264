import * as tf from '../../../graphics/tf';
import type { Camera } from '../../../scene/camera';
import { spreadRotations } from '../../../scene/so3Grid';
import type { DecoderMesh } from '../decoderMesh';
import type { PoseLight } from '../light';
import { clipMatrix, drawPoses, rotationFromColumns, windowMatrix, type PoseMatrices, type Windows } from './drawing';
import { columnsOf } from './network';
import { silhouetteWindows } from './silhouetteWindow';

// Views of the object, drawn once. A training image is compared to all of them by one matrix product; the nearest tell, from images alone,
// which hypotheses may be right.

/** Side of the pictures compared, pixels; they are drawn at twice this and averaged. */
export const COMPARED_SIZE = 10;
/** Side of the pictures in which silhouettes are measured. */
const MEASURED_SIZE = 48;
/** Views drawn at a time. */
const CHUNK = 64;

export interface ViewBank {
  readonly count: number;
  /** [M, C · C · 4] pictures within their windows. */
  readonly pictures: tf.Tensor2D;
  /** [1, M] their squared norms. */
  readonly squaredNorms: tf.Tensor2D;
  /** [M, 3] */
  readonly windows: Windows;
  /** [M, 6] */
  readonly columns: tf.Tensor2D;
  /** What to divide squared distances by so that about {@link PERPLEXITY} views count as similar to one. */
  readonly temperature: number;
  /** Mean square of the pictures' values. */
  readonly energy: number;
}

/** Draws poses within windows at twice the compared size: [B, 2C, 2C, 4]. To be called inside tf.tidy. */
export function drawWithin(mesh: DecoderMesh, poses: PoseMatrices, windows: Windows, camera: Camera, light: PoseLight | undefined): tf.Tensor4D {
  const clip = tf.matMul(clipMatrix(poses, camera), windowMatrix(windows)) as tf.Tensor3D;
  const size = { height: 2 * COMPARED_SIZE, width: 2 * COMPARED_SIZE };
  return drawPoses(mesh, clip, size, light && { light, rotationTransposed: poses.rotationTransposed });
}

/** Averages 2 × 2 pixels. */
export const halve = (image: tf.Tensor4D): tf.Tensor4D => tf.avgPool(image, 2, 2, 'valid');

export const flatten = (image: tf.Tensor4D): tf.Tensor2D => tf.reshape(image, [image.shape[0], -1]);

/** Draws the bank; the caller disposes it with {@link disposeViewBank}. */
export async function createViewBank(
  mesh: DecoderMesh, camera: Camera, depth: number, count: number, light: PoseLight | undefined, onProgress?: (fraction: number) => void,
): Promise<ViewBank> {
  const rotations = spreadRotations(count);
  const columns = tf.keep(tf.tensor2d(rotations.flatMap(columnsOf), [count, 6]));
  const chunks: Pick<ViewBank, 'pictures' | 'windows'>[] = [];
  const kept: tf.Tensor[] = [columns];
  try {
    for (let from = 0; from < count; from += CHUNK) {
      const size = Math.min(CHUNK, count - from);
      const chunk = tf.tidy(() => drawViews(mesh, camera, tf.slice(columns, [from, 0], [size, -1]), depth, light));
      chunks.push(chunk);
      if (!onProgress) continue;
      await chunk.windows.data();
      onProgress((from + size) / count);
    }
    const bank = tf.tidy(() => {
      const pictures = tf.keep(tf.concat(chunks.map((chunk) => chunk.pictures)));
      return {
        count, columns, pictures,
        windows: tf.keep(tf.concat(chunks.map((chunk) => chunk.windows))),
        squaredNorms: tf.keep(tf.reshape(tf.sum(tf.square(pictures), 1), [1, count])) as tf.Tensor2D,
      };
    });
    kept.push(bank.pictures, bank.windows, bank.squaredNorms);
    return { ...bank, ...await measureBank(bank) };
  } catch (error) {
    tf.dispose(kept);
    throw error;
  } finally {
    chunks.forEach((chunk) => tf.dispose([chunk.pictures, chunk.windows]));
  }
}

/** @param columns [N, 6] */
function drawViews(mesh: DecoderMesh, camera: Camera, columns: tf.Tensor2D, depth: number, light: PoseLight | undefined): Pick<ViewBank, 'pictures' | 'windows'> {
  const [size] = columns.shape;
  const poses: PoseMatrices = { rotationTransposed: rotationFromColumns(columns), translation: tf.tile(tf.tensor2d([0, 0, -depth], [1, 3]), [size, 1]) };
  const whole = drawPoses(mesh, clipMatrix(poses, camera), { height: MEASURED_SIZE, width: MEASURED_SIZE });
  const windows = silhouetteWindows(tf.reshape(tf.slice(whole, [0, 0, 0, 3], [-1, -1, -1, 1]), [size, MEASURED_SIZE, MEASURED_SIZE]));
  return { pictures: flatten(halve(drawWithin(mesh, poses, windows, camera, light))), windows };
}

/** Squared distances of pictures [B, C · C · 4] to all views: [B, M]. To be called inside tf.tidy. */
export function distancesToViews(pictures: tf.Tensor2D, bank: Pick<ViewBank, 'pictures' | 'squaredNorms'>): tf.Tensor2D {
  const products = tf.matMul(pictures, bank.pictures, false, true);
  return tf.add(tf.add(tf.mul(products, -2), bank.squaredNorms), tf.sum(tf.square(pictures), 1, true));
}

/** Views that a picture should be taken for: some neighbours of the right one, not the crowd of all others. */
const PERPLEXITY = 16;
/** Views from which the temperature is measured. */
const MEASURED_VIEWS = 64;
/** A squared distance larger than any. */
const FAR = 1e6;

async function measureBank(bank: Pick<ViewBank, 'count' | 'pictures' | 'squaredNorms'>): Promise<{ temperature: number; energy: number }> {
  const some = Math.min(bank.count, MEASURED_VIEWS);
  const [distances, energy] = tf.tidy(() => {
    // A training picture is never one of the bank's: each view looks for its like among the others.
    const self = tf.mul(tf.cast(tf.oneHot(tf.range(0, some, 1, 'int32'), bank.count), 'float32'), FAR);
    const others = tf.add(distancesToViews(tf.slice(bank.pictures, [0, 0], [some, -1]), bank), self);
    return [others, tf.div(tf.mean(bank.squaredNorms), bank.pictures.shape[1])];
  });
  const [values, [meanSquare]] = await Promise.all([distances.data(), energy.data()]);
  tf.dispose([distances, energy]);
  return { energy: meanSquare, temperature: temperatureFor(values, bank.count, PERPLEXITY) };
}

/**
 * The temperature at which softmax(−distance / temperature) has a given perplexity e^entropy, on average over rows.
 * Source: van der Maaten and Hinton 2008, "Visualizing Data using t-SNE", §2, with one temperature for all.
 * @param distances [N, M]
 */
export function temperatureFor(distances: ArrayLike<number>, columns: number, perplexity: number): number {
  const rows = distances.length / columns;
  const least = Array.from({ length: rows }, (_, row) => {
    let lowest = Infinity;
    for (let i = row * columns; i < (row + 1) * columns; i++) lowest = Math.min(lowest, distances[i]);
    return lowest;
  });
  const meanEntropy = (temperature: number): number => {
    let total = 0;
    for (let row = 0; row < rows; row++) {
      let [sum, weighted] = [0, 0];
      for (let i = row * columns; i < (row + 1) * columns; i++) {
        const scaled = (distances[i] - least[row]) / temperature;
        const weight = Math.exp(-scaled);
        sum += weight;
        weighted += weight * scaled;
      }
      total += Math.log(sum) + weighted / sum;
    }
    return total / rows;
  };
  // Entropy rises with temperature: halve the interval of its logarithm.
  let [low, high] = [-12, 12];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (meanEntropy(Math.exp(middle)) < Math.log(perplexity)) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

export function disposeViewBank(bank: ViewBank): void {
  tf.dispose([bank.pictures, bank.squaredNorms, bank.windows, bank.columns]);
}

/** Standard deviation of a hypothesis's reach, in sides of its cell. */
const REACH = 0.22;

/**
 * How much each hypothesis is responsible for rotations, by how near its anchor is; rows sum to one.
 * The angle θ between two rotations shows in their first two columns: averaged over axes, their squared distance is (8/3)(1 − cos θ).
 *
 * @param columns [N, 6] @param anchorColumns [1, K, 6]
 * @returns [N, K]
 */
export function sharesOf(columns: tf.Tensor2D, anchorColumns: tf.Tensor3D): tf.Tensor2D {
  const width = REACH * anchorSpacing(anchorColumns.shape[1]);
  const products = tf.matMul(columns, tf.reshape(anchorColumns, [-1, 6]), false, true);
  // ‖a − b‖² = 4 − 2 a·b, and 1 − cos θ ≈ θ²/2: θ² ≈ (4 − 2 a·b) · 3/4.
  return tf.softmax(tf.mul(products, (2 * 0.75) / (2 * width * width))) as tf.Tensor2D;
}

/** Side of a cell, radians, where n rotations share SO(3), whose volume is 8π² when measured in turns' angles. */
export const anchorSpacing = (n: number): number => Math.cbrt((8 * Math.PI ** 2) / n);
