import type { Augmentation, LearnModelId, LearnSettings } from '../../src/experiments/learn';
import type { BenchContext } from '../types';

/** The settings named on the command line over those given. */
export function settingsFrom(context: BenchContext, defaults: LearnSettings): LearnSettings {
  const number = (name: string, fallback: number) => context.number(name, fallback);
  const { augmentation } = defaults;
  const mixing = number('mixing', augmentation.mixing ?? 0);
  return {
    ...defaults,
    model: context.text('model', defaults.model) as LearnModelId,
    points: number('points', defaults.points), width: number('width', defaults.width), epochs: number('epochs', defaults.epochs),
    batchSize: number('batch', defaults.batchSize), learningRate: number('rate', defaults.learningRate), labelSmoothing: number('smoothing', defaults.labelSmoothing),
    ...(context.flag('places') && { normals: false, size: false }), ...(context.flag('transforms') && { transforms: true }),
    trainPerClass: number('shapes', defaults.trainPerClass), testPerClass: number('test-shapes', defaults.testPerClass),
    augmentation: {
      ...augmentation,
      rotation: context.text('rotation', augmentation.rotation) as Augmentation['rotation'],
      jitter: number('jitter', augmentation.jitter), scale: number('scale', augmentation.scale), dropout: number('dropout', augmentation.dropout),
      mirror: context.flag('mirror') || (augmentation.mirror ?? false), ...(mixing > 0 && { mixing }),
    },
    seed: context.seed,
  };
}
