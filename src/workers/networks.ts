import type { LearnArtifacts, LearnProvenance } from '../experiments/learn/protocol';
import { networkName } from '../experiments/learn/networkName';
import { fromFiles } from '../experiments/pose/encoder/artifacts';
import type { LearnRequest } from './learnApi';
import type { OnProgress } from './poseApi';
import { SHIPPED_NETWORKS } from './shippedNetworks';

export interface FoundNetwork {
  readonly artifacts: LearnArtifacts;
  /** What a person should know of it. */
  readonly description: string;
}

/**
 * The weights that a training begins with; undefined where it begins from scratch.
 * @throws Error where those that ship were asked for and none does.
 */
export async function findNetwork({ settings, weights, baseUrl }: Pick<LearnRequest, 'settings' | 'weights' | 'baseUrl'>, onProgress: OnProgress): Promise<FoundNetwork | undefined> {
  if (weights === undefined) return undefined;
  if (weights !== 'shipped') return { artifacts: weights, description: 'trained on this page' };
  const name = networkName(settings);
  if (!SHIPPED_NETWORKS.includes(name)) throw new Error(`No trained network ships for this task and model. Those that do: ${SHIPPED_NETWORKS.join(', ') || 'none'}.`);
  onProgress({ label: 'Loading the network' });
  const folder = `${baseUrl}networks/${name}`;
  const [model, data] = await Promise.all(['model.json', 'weights.bin'].map((file) => fetch(`${folder}/${file}`)));
  if (!model.ok || !data.ok) throw new Error(`The network could not be fetched: the server answered ${model.ok ? data.status : model.status}.`);
  const artifacts = fromFiles(await model.text(), await data.arrayBuffer());
  const { steps } = { ...artifacts.userDefinedMetadata } as Partial<LearnProvenance>;
  return { artifacts, description: steps ? `shipped, trained in ${steps.toLocaleString('en')} steps` : 'shipped' };
}
