import type { ExampleSource, LearnDataset } from '../../src/experiments/learn';

/** All examples of a data set, divided anew: fold f is tested on every folds-th example from f on, and learns from the rest. */
export function foldOf(dataset: LearnDataset, fold: number, folds: number): LearnDataset {
  const all = [dataset.train, dataset.test].flatMap((source) => Array.from({ length: source.count }, (_, index) => ({ source, index })));
  const sourceOf = (tested: boolean): ExampleSource => {
    const chosen = all.filter((_, i) => (i % folds === fold) === tested);
    return { count: chosen.length, label: (i) => chosen[i].source.label(chosen[i].index), read: (i) => chosen[i].source.read(chosen[i].index) };
  };
  return { ...dataset, train: sourceOf(false), test: sourceOf(true) };
}
