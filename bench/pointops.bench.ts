// Operations on points, forward and with gradients, beside the same composed of stock TensorFlow.js ops in the same run, and a training step of PointNet.
//
// Both start from tensors on the backend and end with a number read back. Neighbourhoods are given to both, as int32 [N, k] to the stock ops. For these the
// cpu backend's matrix product is TensorFlow.js's own (flag DIORAMA_FAST_CPU). Memory is the most that tensors held at once (tf.profile).
import { CASES, createScene, type Case, type Way } from './pointops/cases';
import { ourTrainer, stockTrainer } from './pointops/step';
import * as tf from '../src/graphics/tf';
import { short } from './numberText';
import { median } from './statistics';
import type { BenchContext, BenchOption, BenchResult } from './types';

export const description = 'operations on points, and a training step of PointNet, beside stock TensorFlow.js ops';

export const options: readonly BenchOption[] = [
  { name: 'sizes', value: 'N,N,…', description: 'numbers of points (1024,4096,16384,65536)' },
  { name: 'cases', value: 'NAME,…', description: 'parts of the names of those to run (all; "step" is the training step)' },
  { name: 'k', value: 'N', description: 'neighbours of each point (16)' },
  { name: 'channels', value: 'N', description: 'features of each point, in and out (64)' },
  { name: 'seconds', value: 'N', description: 'what a way may be expected to take, or it is left out (60)' },
  { name: 'budget', value: 'MIB', description: 'least memory of the stock ops above which they are left out (1024)' },
  { name: 'batch', value: 'N', description: 'clouds of the training step (16)' },
  { name: 'points', value: 'N', description: 'points of each of them (1024)' },
];

const DEFAULT_TRIALS = 3;
const PROBE_POINTS = 256;
const MIB = 2 ** 20;

type Mode = 'forward' | 'gradient';
interface Measured { readonly milliseconds?: number; readonly mebibytes?: number; readonly leftOut?: string }
interface OpTrial { readonly name: string; readonly mode: Mode; readonly points: number; readonly ours: Measured; readonly stock: Measured; readonly ratio?: number }

const withFastCpu = <T>(isOn: boolean, run: () => T): T => {
  tf.env().set('DIORAMA_FAST_CPU', isOn);
  try {
    return run();
  } finally {
    tf.env().set('DIORAMA_FAST_CPU', true);
  }
};

/** Ends with a number read back, so that the device has done its work. */
function work({ run, gradient }: Way, mode: Mode, x: tf.Tensor): void {
  tf.tidy(() => {
    const result = mode === 'forward' ? run() : tf.grad((input) => tf.sum(gradient!(input)))(x);
    tf.slice(tf.reshape(result, [-1]), 0, 1).dataSync();
  });
}

const now = () => performance.now();
function timed(task: () => void): number {
  const start = now();
  task();
  return now() - start;
}

/** Once to warm up, whose time tells how often more within the limit. */
function measure(task: () => void, trials: number, seconds: number): number {
  const first = timed(task);
  const count = Math.max(first > 1000 * seconds / 4 ? 0 : 1, Math.min(trials, Math.floor(1000 * seconds / 2 / first)));
  return count === 0 ? first : median(Array.from({ length: count }, () => timed(task)));
}

async function peakMiB(task: () => void): Promise<number> {
  const { peakBytes } = await tf.profile(() => {
    task();
    return tf.scalar(0);
  });
  return peakBytes / MIB;
}

export async function run(context: BenchContext): Promise<BenchResult> {
  const sizes = context.numbers('sizes', [1024, 4096, 16_384, 65_536]);
  const [k, channels] = [context.number('k', 16), context.number('channels', 64)];
  const [seconds, budget] = [context.number('seconds', 60), context.number('budget', 1024)];
  const [batch, points] = [context.number('batch', 16), context.number('points', 1024)];
  const wanted = context.text('cases', '').split(',').filter(Boolean);
  const wants = (name: string) => wanted.length === 0 || wanted.some((part) => name.includes(part));
  const trials = context.trials ?? DEFAULT_TRIALS;
  const results: OpTrial[] = [];
  /** Milliseconds of the stock ops on PROBE_POINTS points. */
  const probes = new Map<string, number>();
  const result = (): BenchResult => ({
    settings: { sizes, k, channels, seconds, budgetMiB: budget, batch, points, trials }, trials: results, summary: summarize(results), table: [HEADING, ...results.map(tableRow)],
  });
  const note = async (trial: OpTrial) => {
    results.push(trial);
    context.log(tableRow(trial).join('  '));
    await context.partial(result());
  };
  for (const [name, make] of Object.entries(CASES)) {
    if (!wants(name)) continue;
    probe(name, make);
    for (const count of sizes) await measureCase(name, make, count);
  }
  if (wants('step')) await measureStep();
  return result();

  /** Times the stock ops on few points, so that it is known before the first size whether they would take too long. */
  function probe(name: string, make: (typeof CASES)[string]): void {
    const scene = createScene(PROBE_POINTS, { k, channels, seed: context.seed });
    const { theirs } = make(scene);
    for (const mode of theirs.gradient ? ['forward', 'gradient'] as const : ['forward'] as const) {
      const task = () => withFastCpu(false, () => work(theirs, mode, scene.features));
      const first = timed(task);
      probes.set(`${name} ${mode}`, first > 1000 ? first : timed(task));
    }
    scene.dispose();
  }

  /** What a way takes if it grows from the last size as it says, in seconds; ours are tried at the first size in any case. */
  function expected(name: string, mode: Mode, who: 'ours' | 'stock', count: number, growth: number): number {
    const last = results.findLast((trial) => trial.name === name && trial.mode === mode);
    const milliseconds = last ? last[who].milliseconds : who === 'ours' ? 0 : probes.get(`${name} ${mode}`);
    return milliseconds === undefined ? Infinity : (milliseconds / 1000) * (count / (last?.points ?? PROBE_POINTS)) ** growth;
  }

  async function measureWay(way: Way, mode: Mode, x: tf.Tensor, isOurs: boolean): Promise<Measured> {
    const task = () => withFastCpu(isOurs, () => work(way, mode, x));
    const milliseconds = measure(task, trials, seconds);
    return { milliseconds, mebibytes: await peakMiB(task) };
  }

  async function measureCase(name: string, make: (typeof CASES)[string], count: number): Promise<void> {
    const scene = createScene(count, { k, channels, seed: context.seed });
    const made: Case = make(scene);
    const { ours, theirs, stockBytes, stockGrowth, growth = 1 } = made;
    try {
      for (const mode of ours.gradient ? ['forward', 'gradient'] as const : ['forward'] as const) {
        const mine: Measured = expected(name, mode, 'ours', count, growth) > seconds ? { leftOut: 'too long' } : await measureWay(ours, mode, scene.features, true);
        let stock: Measured;
        if (stockBytes > budget * MIB) stock = { leftOut: `needs ${short(stockBytes / MIB)} MiB` };
        else if (expected(name, mode, 'stock', count, stockGrowth[mode]) > seconds) stock = { leftOut: `over ${seconds} s` };
        else stock = await measureWay(theirs, mode, scene.features, false);
        const ratio = mine.milliseconds && stock.milliseconds ? stock.milliseconds / mine.milliseconds : undefined;
        await note({ name, mode, points: count, ours: mine, stock, ratio });
      }
    } finally {
      scene.dispose();
    }
  }

  async function measureStep(): Promise<void> {
    const size = { batch, points, classes: 10, seed: context.seed };
    const measureTrainer = async (make: typeof ourTrainer, isOurs: boolean): Promise<Measured> => {
      const trainer = make(size);
      const task = () => void withFastCpu(isOurs, () => trainer.step());
      const milliseconds = measure(task, trials, seconds);
      const mebibytes = await peakMiB(task);
      trainer.dispose();
      return { milliseconds, mebibytes };
    };
    const [ours, stock] = [await measureTrainer(ourTrainer, true), await measureTrainer(stockTrainer, false)];
    await note({ name: `PointNet training step, batch ${batch}`, mode: 'gradient', points, ours, stock, ratio: stock.milliseconds! / ours.milliseconds! });
  }
}

const HEADING = ['operation', 'points', 'what', 'ours ms', 'stock ms', 'times faster', 'ours MiB', 'stock MiB'];

const timeText = ({ milliseconds, leftOut }: Measured): string => (milliseconds === undefined ? leftOut ?? '–' : short(milliseconds));
const memoryText = ({ mebibytes }: Measured): string => (mebibytes === undefined ? '–' : short(mebibytes));

const tableRow = ({ name, points, mode, ours, stock, ratio }: OpTrial): string[] => [
  name, String(points), mode === 'forward' ? 'forward' : 'with gradients', timeText(ours), timeText(stock), ratio === undefined ? '–' : `${short(ratio)} ×`,
  memoryText(ours), memoryText(stock),
];

const summarize = (trials: readonly OpTrial[]): Record<string, unknown> =>
  Object.fromEntries(trials.map(({ name, mode, points, ours, stock, ratio }) => [`${name}, ${mode}, ${points}`, { ours, stock, ratio }]));
