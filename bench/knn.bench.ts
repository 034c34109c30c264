// k nearest neighbours beside the same by stock TensorFlow.js ops in the same run: the distance matrix by a matrix product, and topk.
//
// Both start with the points as a tensor on the backend and end with the indices as an array. Trials alternate; the first two of each are not counted.
// Memory is, for the stock ops, the most that tensors held at once (tf.profile), and for the search, which runs no ops, the arrays that it makes.
import { kNearestNeighbors } from '../src/graphics/geometry/neighborhood';
import * as tf from '../src/graphics/tf';
import { buildKdTree } from '../src/scene/kdTree';
import { createRandom } from '../src/scene/random';
import { short } from './numberText';
import { interleave } from './render/interleave';
import type { BenchContext, BenchOption, BenchResult } from './types';

export const description = 'k nearest neighbours, beside a distance matrix and topk by stock TensorFlow.js ops';

export const options: readonly BenchOption[] = [
  { name: 'sizes', value: 'N,N,…', description: 'numbers of points (1024,4096,16384,65536)' },
  { name: 'k', value: 'N', description: 'neighbours of each point (16)' },
  { name: 'dimension', value: 'N', description: 'coordinates of each point (3)' },
  { name: 'seconds', value: 'N', description: 'time after which a size begins no further round (30)' },
  { name: 'budget', value: 'MIB', description: 'distance matrix above which the stock ops are left out (1536)' },
];

const DEFAULT_TRIALS = 5;
const MIB = 2 ** 20;

interface Times { readonly trials: readonly number[]; readonly median: number }
interface KnnTrial {
  readonly points: number;
  /** Milliseconds. */
  readonly ours: Times;
  readonly stock?: Times;
  readonly ratio?: number;
  /** Share of the indices in which both agree. */
  readonly agreement?: number;
  readonly oursMiB: number;
  readonly stockMiB?: number;
  readonly matrixMiB: number;
  /** What the stock ops threw. */
  readonly refused?: string;
}

/** |a|² + |b|² − 2 a·b, then the k smallest of each row. */
function stockNeighbors(points: tf.Tensor2D, k: number): Int32Array {
  return tf.tidy(() => {
    const squares = tf.sum(tf.square(points), 1, true);
    const negated = tf.sub(tf.mul(2, tf.matMul(points, points, false, true)), tf.add(squares, tf.transpose(squares)));
    return tf.topk(negated, k).indices.dataSync() as Int32Array;
  });
}

function ourNeighbors(points: tf.Tensor2D, k: number): Int32Array {
  return tf.tidy(() => kNearestNeighbors(points, k).indices.dataSync() as Int32Array);
}

async function peakMiB(work: () => void): Promise<number> {
  const { peakBytes } = await tf.profile(() => {
    work();
    return tf.scalar(0);
  });
  return peakBytes / MIB;
}

/** Indices, distances and mask of each neighbour: as tables of each cloud and then as tensors, and once in passing. */
const BYTES_A_NEIGHBOR = 24;

/** What the tree, the points and the tables of neighbours take. */
function searchMiB(points: Float32Array, dimension: number, k: number): number {
  const { coordinates, points: order, leafStarts, axes, leftEnds, rightStarts } = buildKdTree(points, dimension);
  const tree = [coordinates, order, leafStarts, axes, leftEnds, rightStarts].reduce((sum, array) => sum + array.byteLength, 0);
  return (tree + points.byteLength + BYTES_A_NEIGHBOR * k * (points.length / dimension)) / MIB;
}

export async function run(context: BenchContext): Promise<BenchResult> {
  const sizes = context.numbers('sizes', [1024, 4096, 16_384, 65_536]);
  const [k, dimension, budget] = [context.number('k', 16), context.number('dimension', 3), context.number('budget', 1536)];
  const limits = { trials: context.trials ?? DEFAULT_TRIALS, seconds: context.number('seconds', 30) };
  const trials: KnnTrial[] = [];
  const result = (): BenchResult => ({ settings: { sizes, k, dimension, budgetMiB: budget, ...limits }, trials, summary: summarize(trials), table: reportTable(trials) });
  for (const count of sizes) {
    trials.push(await measure(count));
    context.log(tableRow(trials[trials.length - 1]).join('  '));
    await context.partial(result());
  }
  return result();

  async function measure(count: number): Promise<KnnTrial> {
    const random = createRandom(context.seed);
    const values = Float32Array.from({ length: count * dimension }, () => random.uniform());
    const points = tf.tensor2d(values, [count, dimension]);
    const matrixMiB = count * count * 4 / MIB;
    const ours = () => void ourNeighbors(points, k);
    const oursMiB = searchMiB(values, dimension, k);
    try {
      if (matrixMiB > budget) return { points: count, ours: interleave({ ours }, limits).ours, oursMiB, matrixMiB };
      const stock = () => void stockNeighbors(points, k);
      let stockMiB: number;
      try {
        stockMiB = await peakMiB(stock);
      } catch (error) {
        // The device may hold fewer texels than the budget allows.
        return { points: count, ours: interleave({ ours }, limits).ours, oursMiB, matrixMiB, refused: error instanceof Error ? error.message : String(error) };
      }
      const [mine, theirs] = [ourNeighbors(points, k), stockNeighbors(points, k)];
      const agreement = mine.filter((index, i) => index === theirs[i]).length / mine.length;
      const times = interleave({ ours, stock }, limits);
      return { points: count, ...times, ratio: times.stock.median / times.ours.median, agreement, oursMiB, stockMiB, matrixMiB };
    } finally {
      points.dispose();
    }
  }
}

const HEADING = ['points', 'ours ms', 'stock ms', 'times faster', 'ours MiB', 'stock MiB', 'a distance matrix, MiB', 'same indices'];

const tableRow = ({ points, ours, stock, ratio, oursMiB, stockMiB, matrixMiB, agreement, refused }: KnnTrial): string[] => [
  String(points), short(ours.median), stock ? short(stock.median) : refused ? `failed: ${refused.slice(0, 60)}` : 'left out', ratio === undefined ? '–' : `${short(ratio)} ×`,
  short(oursMiB), stockMiB === undefined ? '–' : short(stockMiB), short(matrixMiB), agreement === undefined ? '–' : `${(100 * agreement).toFixed(2)} %`,
];

const reportTable = (trials: readonly KnnTrial[]): string[][] => [HEADING, ...trials.map(tableRow)];

const summarize = (trials: readonly KnnTrial[]): Record<string, unknown> => Object.fromEntries(trials.map(({ points, ours, stock, ratio, oursMiB, stockMiB }) =>
  [points, { oursMilliseconds: ours.median, stockMilliseconds: stock?.median, ratio, oursMiB, stockMiB }]));
