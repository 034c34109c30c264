import type { LearnArtifacts, LearnModelId } from '../../src/experiments/learn';
import { fromFiles } from '../../src/experiments/pose/encoder';
import { readPublicFile } from '../publicFile';
import type { BenchContext } from '../types';

/** The weights that --from names: of the classifier that ships, or of one that was trained into a folder with --out. */
export async function startWeights(context: BenchContext, model: LearnModelId): Promise<LearnArtifacts | undefined> {
  const from = context.text('from');
  if (from === undefined) return undefined;
  const read = from === 'shipped' ? (file: string) => readPublicFile(`networks/classify-${model}/${file}`)
    : (file: string) => context.readFile(`${from}/classify-${model}/${file}`);
  const [json, weights] = await Promise.all([read('model.json'), read('weights.bin')]);
  return fromFiles(new TextDecoder().decode(json), weights.buffer, `${from}: model.json`);
}
