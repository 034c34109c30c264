// Parts of our own shapes as meshes, bent and triangulated anew: FeaStNet, which convolves over the surface, and a PointNet on the same vertices.
//
// One network learns the parts of all families at once, and is told neither the family nor which way a shape faces. Test shapes are other members, in
// other poses, with other triangles. Every trial is a seed, with shapes of its own.
import { settingsOf, summarize, tableOf, type MeshTrial } from './meshconv/report';
import { classNames, drawExamples, familiesOf } from './meshconv/meshShapes';
import { NETWORKS, trainSegmenter, type NetworkName } from './meshconv/trainSegmenter';
import type { BenchContext, BenchOption, BenchResult } from './types';

export const description = 'parts of our own meshes, bent and triangulated anew: FeaStNet, or other convolutions on meshes, beside a PointNet';

/** A software GPU is the slower of the two. */
export const backend = 'cpu';

export const options: readonly BenchOption[] = [
  { name: 'families', value: 'A,B', description: 'whose parts are learnt, together (chair,airplane,lamp,mug)' },
  { name: 'networks', value: 'A,B', description: 'feastnet (three scales), feastnet-flat (one), graphconv, meshedgeconv, pointnet (feastnet,pointnet)' },
  { name: 'model', value: 'A,B', description: 'the same by the name that the other benches have for it' },
  { name: 'vertices', value: 'N', description: 'of each mesh (300)' },
  { name: 'bend', value: 'RADIANS', description: 'how far shapes are bent at most (1.2)' },
  { name: 'shapes', value: 'N', description: 'members of a family to learn from (60)' },
  { name: 'test-shapes', value: 'N', description: 'members of a family to test (20)' },
  { name: 'epochs', value: 'N', description: 'times that every shape is seen (12)' },
  { name: 'width', value: 'F', description: 'of the layers, 1 for the papers\' (0.5)' },
  { name: 'batch', value: 'N', description: 'shapes a step (8)' },
  { name: 'rate', value: 'F', description: 'learning rate at its height (0.01)' },
];

/** Some seven minutes on one quiet core, most of them for PointNet. */
const DEFAULT_TRIALS = 2;

export async function run(context: BenchContext): Promise<BenchResult<MeshTrial>> {
  const families = familiesOf(context.text('families', 'chair,airplane,lamp,mug'));
  const networks = namesOf(context.text('model') ?? context.text('networks', 'feastnet,pointnet'));
  const shape = { families, vertices: context.number('vertices', 300), bend: context.number('bend', 1.2) };
  const trials: MeshTrial[] = [];
  const names = classNames(families);
  const settings = settingsOf(context);
  const result = (): BenchResult<MeshTrial> => ({
    object: families.map(({ id }) => id).join(', '), settings: { ...settings, ...shape, families: families.map(({ id }) => id) },
    trials, summary: summarize(trials), table: tableOf(trials, names),
  });
  for (let i = 0; i < (context.trials ?? DEFAULT_TRIALS); i++) {
    const seed = context.seed + i;
    context.log(`seed ${seed}: making ${families.length * (settings.trainPerClass + settings.testPerClass)} shapes`);
    const train = await drawExamples(shape, settings.trainPerClass, 2 * seed);
    const test = await drawExamples(shape, settings.testPerClass, 2 * seed + 1);
    for (const network of networks) {
      const trained = await trainSegmenter({
        network, settings: { ...settings, model: NETWORKS[network].model, seed }, classCount: names.length, train, test, log: context.log,
      });
      trials.push({ seed, network, ...trained });
      await context.partial(result());
    }
  }
  return result();
}

function namesOf(text: string): readonly NetworkName[] {
  return text.split(',').map((name) => {
    if (!(name in NETWORKS)) throw new Error(`--networks takes ${Object.keys(NETWORKS).join(', ')}, not "${name}".`);
    return name as NetworkName;
  });
}
