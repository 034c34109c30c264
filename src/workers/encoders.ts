import { loadEncoder, type LoadedEncoder } from '../experiments/pose/encoder/poseEncoder';
import type { OnProgress, OpenRequest } from './poseApi';
import { SHIPPED_ENCODERS } from './shippedEncoders';

export interface FoundEncoder {
  readonly encoder: LoadedEncoder;
  /** What a person should know of it. */
  readonly description: string;
}

/** The encoder that looks at this object: the one trained on the page, else the one that ships; undefined where there is none. */
export async function findEncoder({ object, encoder, baseUrl }: OpenRequest, onProgress: OnProgress): Promise<FoundEncoder | undefined> {
  if (encoder) {
    return { encoder: await loadEncoder({ load: async () => encoder }), description: 'trained on this page' };
  }
  if (!SHIPPED_ENCODERS.includes(object.id)) return undefined;
  onProgress({ label: 'Loading the encoder' });
  const loaded = await loadEncoder(`${baseUrl}encoders/${object.id}/model.json`);
  const images = loaded.provenance?.images;
  return { encoder: loaded, description: images ? `shipped, trained on ${images.toLocaleString('en')} images` : 'shipped' };
}
