import { createGeneratedDataset, createLearnExperiment, type ExampleSource, type LearnArtifacts, type LearnDataset, type LearnSettings } from '../../src/experiments/learn';
import { SHAPE_FAMILIES } from '../../src/scene/families';
import { percent } from './trainOnce';

/** Inches in a metre: our furniture is in metres, the CAD models of ModelNet10 mostly in inches. */
const SCALE = 39.37;

/** Clouds as the ones that will be learnt from: bare points, in their unit of length. */
function bare(source: ExampleSource): ExampleSource {
  return {
    count: source.count, label: (i) => source.label(i),
    read: async (i) => {
      const { name, label, cloud } = await source.read(i);
      return { name, label, cloud: { name, positions: cloud.positions.map((x) => SCALE * x) } };
    },
  };
}

/** Our own families of the data set's classes; all of them where some class has none. */
function familiesOf(classNames: readonly string[]): readonly string[] {
  const all = SHAPE_FAMILIES.map(({ id }) => id);
  const named = classNames.map((name) => name.toLowerCase().replaceAll(/[_ ]/g, '-'));
  return named.every((id) => all.includes(id)) ? named : all;
}

/**
 * A network that has learnt our own shapes apart, by the same settings, before it sees the data set. Where there is a family of each class it
 * knows the classes by then.
 */
export async function pretrain(settings: LearnSettings, classNames: readonly string[], perFamily: number, epochs: number, log: (line: string) => void): Promise<LearnArtifacts> {
  const own: LearnSettings = { ...settings, families: familiesOf(classNames), trainPerClass: perFamily, testPerClass: 4, epochs, noise: 0.005, evaluateEvery: 500 };
  const generated = createGeneratedDataset(own);
  const dataset: LearnDataset = { ...generated, train: bare(generated.train), test: bare(generated.test) };
  const experiment = await createLearnExperiment({ settings: own, dataset });
  while (!experiment.current.done) {
    const { evaluation, epoch } = await experiment.step();
    if (evaluation) log(`  our own families, epoch ${epoch.toFixed(1)}: ${percent(evaluation.accuracy)} right`);
  }
  const artifacts = await experiment.artifacts();
  experiment.dispose();
  return artifacts;
}
