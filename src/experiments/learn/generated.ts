import { SceneError } from '../../scene/errors';
import { buildShape, findFamily, type ShapeFamily } from '../../scene/families';
import { createRandom } from '../../scene/random';
import { sampleSurface } from '../../scene/sampleSurface';
import type { ExampleSource, LearnDataset, LearnExample } from './protocol';
import type { LearnSettings } from './settings';
import { streamSeed } from './streams';

/** Points drawn of each shape for each that the network sees: batches draw among them anew. */
const POINTS_KEPT = 2;

/**
 * Shapes of our own, made when asked for: the classes are families, or, to segment, the parts of one family. No test shape is a training shape.
 * @throws SceneError for families that do not exist.
 */
export function createGeneratedDataset(settings: LearnSettings): LearnDataset {
  const families = settings.families.map((id) => {
    const family = findFamily(id);
    if (!family) throw new SceneError(`There is no family of shapes called "${id}".`, { code: 'malformed', advice: 'Choose one of the list.' });
    return family;
  });
  const needed = settings.task === 'classify' ? 2 : 1;
  if (families.length < needed || (settings.task === 'segment' && families.length > 1)) {
    throw new SceneError(settings.task === 'classify' ? 'It takes two families at least to tell apart.' : 'The parts of one family are learnt at a time.',
      { code: 'malformed', advice: 'Choose other families.' });
  }
  return {
    name: settings.task === 'classify' ? `${families.length} families of shapes` : `parts of a ${families[0].title.toLowerCase()}`,
    classNames: settings.task === 'classify' ? families.map(({ title }) => title.toLowerCase()) : families[0].parts,
    train: sourceOf(families, settings, settings.trainPerClass, 'train shape'),
    test: sourceOf(families, settings, settings.testPerClass, 'test shape'),
  };
}

function sourceOf(families: readonly ShapeFamily[], settings: LearnSettings, perFamily: number, purpose: 'train shape' | 'test shape'): ExampleSource {
  const classOf = (index: number) => index % families.length;
  return {
    count: families.length * perFamily,
    label: (index) => (settings.task === 'classify' ? classOf(index) : undefined),
    async read(index): Promise<LearnExample> {
      const [family, member] = [families[classOf(index)], Math.floor(index / families.length)];
      // Test shapes have seeds of another parity, so that they never are training shapes.
      const seed = 2 * (streamSeed(settings.seed, purpose, classOf(index), member) >>> 1) + (purpose === 'test shape' ? 1 : 0);
      const { mesh, partOfFace } = buildShape(family, seed);
      const name = `${family.title} ${member + 1}`;
      const cloud = sampleSurface(mesh, POINTS_KEPT * settings.points, createRandom(streamSeed(seed, purpose)), {
        partOfFace, noise: settings.noise * radiusOf(mesh.positions), holes: settings.holes,
      });
      return { name, cloud: { ...cloud, name }, mesh: { ...mesh, name }, partOfFace, ...(settings.task === 'classify' && { label: classOf(index) }) };
    },
  };
}

/** Families are centred on their bounding spheres. */
function radiusOf(positions: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < positions.length; i += 3) largest = Math.max(largest, Math.hypot(positions[i], positions[i + 1], positions[i + 2]));
  return largest;
}
