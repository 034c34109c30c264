import { learnSettingsFor, type LearnSettings } from '../../src/experiments/learn';
import type { BenchContext } from '../types';
import { NETWORKS, type NetworkName, type TestedShape, type Trained } from './trainSegmenter';

export interface MeshTrial extends Trained {
  readonly seed: number;
  readonly network: NetworkName;
}

/** The training's settings, by the command line. */
export function settingsOf(context: BenchContext): LearnSettings {
  return {
    ...learnSettingsFor('segment'), normals: true, classWeights: false, labelSmoothing: 0,
    trainPerClass: context.number('shapes', 60), testPerClass: context.number('test-shapes', 20), epochs: context.number('epochs', 12),
    width: context.number('width', 0.5), batchSize: context.number('batch', 8), learningRate: context.number('rate', 0.01),
    points: context.number('vertices', 300), seed: context.seed,
  };
}

/** Standard normal quantile of a two-sided 95 % interval. */
const Z_95 = 1.96;

/** The mean of numbers and half the width of its 95 % interval. */
export function meanWithin(values: readonly number[]): { readonly mean: number; readonly within: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return { mean, within: Z_95 * Math.sqrt(variance / values.length) };
}

const networksOf = (trials: readonly MeshTrial[]): readonly NetworkName[] => [...new Set(trials.map(({ network }) => network))];
const shapesOf = (trials: readonly MeshTrial[], network: NetworkName): readonly TestedShape[] =>
  trials.filter((trial) => trial.network === network).flatMap(({ shapes }) => shapes);

/** Vertices of one shape are not independent, so intervals are over shapes. */
export function summarize(trials: readonly MeshTrial[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(networksOf(trials).map((network) => {
    const shapes = shapesOf(trials, network);
    return [network, { vertexAccuracy: meanWithin(shapes.map(({ accuracy }) => accuracy)), meanIou: meanWithin(shapes.map(({ meanIou }) => meanIou)), shapes: shapes.length }];
  }));
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const spread = (values: readonly number[]): string => {
  const { mean, within } = meanWithin(values);
  return `${(100 * mean).toFixed(1)} ± ${(100 * within).toFixed(1)} %`;
};

/** @param classNames whose worst three are named. */
export function tableOf(trials: readonly MeshTrial[], classNames: readonly string[]): readonly (readonly string[])[] {
  return [['', 'vertices right', 'mIoU', 'by family', 'hardest parts (IoU)', 'seeds', 'parameters', 'seconds'], ...networksOf(trials).map((network) => {
    const own = trials.filter((trial) => trial.network === network);
    const shapes = shapesOf(trials, network);
    const families = [...new Set(shapes.map(({ family }) => family))];
    const ious = classNames.map((name, k) => ({ name, iou: own.reduce((sum, { perClassIou }) => sum + perClassIou[k], 0) / own.length }));
    return [
      NETWORKS[network].title, spread(shapes.map(({ accuracy }) => accuracy)), spread(shapes.map(({ meanIou }) => meanIou)),
      families.map((id) => `${id} ${percent(meanWithin(shapes.filter(({ family }) => family === id).map(({ accuracy }) => accuracy)).mean)}`).join(', '),
      ious.sort((a, b) => a.iou - b.iou).slice(0, 3).map(({ name, iou }) => `${name} ${percent(iou)}`).join(', '),
      String(own.length), String(own[0].parameters), own.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(0),
    ];
  })];
}
